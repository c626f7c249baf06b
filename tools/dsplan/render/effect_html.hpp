#pragma once
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/page_foot.hpp>
#include <tools/dsplan/render/page_top.hpp>

#include <string>

namespace dsplan::render {

/// The section "Effect" of a page: who gains and loses what, where it does not arrive and why, what is not
/// known. `summary` says what was done, or is empty.
[[nodiscard]] std::string effect_section(effect::effect const& shown, effect_style const& style,
                                         std::string const& summary);

/// The same where there is no effect to show: why not.
[[nodiscard]] std::string missing_effect_section(std::string const& why);

/// "Gains access: alice, Helpdesk", if anybody does.
void add_gains(verdict_box& made, effect::effect const& shown);

/// The effect of a change as a page of its own.
[[nodiscard]] std::string effect_page(effect::effect const& shown, effect_style const& style,
                                      page_provenance const& from);

} // namespace dsplan::render
