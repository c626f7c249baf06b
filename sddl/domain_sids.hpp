#pragma once
#include <sddl/sid.hpp>

#include <optional>

namespace dsplan::sddl {

/// What the aliases that are relative to a domain are relative to. Two inputs, because they differ in a child
/// domain: DA is domain-512, EA is forest_root-519.
struct domain_sids {
    std::optional<sid> domain;
    std::optional<sid> forest_root;
};

} // namespace dsplan::sddl
