#include <tools/dsplan/effect/concerned_objects.hpp>
#include <tools/dsplan/review/review_plan.hpp>

namespace dsplan::review {

void name_planned_group(words::name_context& names, plan::plan const& drawn) {
    for (auto const& domain : drawn.domains)
        if (domain.group) {
            names.planned_group = domain.group->sam_account_name;
            names.planned_group_dn = domain.group->dn;
        }
}

result<review> review_plan(plan::plan const& drawn, directory::snapshot const& exported,
                           directory::schema const& known, std::span<change_source const> sources) {
    directory::membership const members(exported);
    base_directory const base{
        {exported, known, nullptr}, members, [&exported](std::span<ldif::record const> changes) {
            return effect::concerned_objects(exported, changes, {.requires_parents = false});
        }};
    words::name_context names{known, drawn.sids(), &exported};
    name_planned_group(names, drawn);
    return review_changes({.changes = sources,
                           .names = names,
                           .base = &base,
                           .is_wanted = [](rule const&) { return true; },
                           .drawn = &drawn,
                           .predicted = drawn.predicted ? &*drawn.predicted : nullptr,
                           .ways = drawn.ways ? &*drawn.ways : nullptr});
}

} // namespace dsplan::review
