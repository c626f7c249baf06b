#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/words/object_kind.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::words {

/// Letters of SDDL and what they stand for.
struct letter_meaning {
    std::string text;  ///< "CI"
    std::string words; ///< "containers inherit it"
};

struct letter_group {
    std::string_view title; ///< "Flags of an ACE"
    std::vector<letter_meaning> letters;
};

/// The letters that occur in a descriptor's SDDL, each once; groups without any are left out.
[[nodiscard]] std::vector<letter_group> letters_of(sddl::security_descriptor const& descriptor,
                                                   sddl::domain_sids const& sids, object_kind kind);

} // namespace dsplan::words
