#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <span>

namespace dsplan::review {

/// Gains of the computed effect that take over an account, a group, a container, a policy or the domain,
/// whatever record causes them. What administrators of the base gain, and rights on objects that the change
/// itself makes, are no findings.
void find_in_effect(effect::effect const& computed, std::span<ldif::record const> changes,
                    words::name_context const& names, finding_list const& findings);

} // namespace dsplan::review
