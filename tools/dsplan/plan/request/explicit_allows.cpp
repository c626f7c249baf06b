#include <sddl/permission.hpp>
#include <tools/dsplan/plan/request/explicit_allows.hpp>

namespace dsplan::plan {
namespace {

bool reaches(sddl::objects_below const& wanted, directory::entry const& object,
             directory::schema const& known) {
    if (wanted.which != sddl::objects_below::kind::of_class)
        return wanted.which == sddl::objects_below::kind::all;
    auto const* const own = known.find_class(object.structural_class());
    return own != nullptr && own->id == wanted.class_type;
}

} // namespace

explicit_allows::explicit_allows(directory::snapshot const& exported) {
    for (auto const& object : exported.entries()) {
        if (object.descriptor == nullptr || !object.descriptor->value || !object.descriptor->value->dacl)
            continue;
        for (auto const& ace : object.descriptor->value->dacl->aces)
            if (!ace.has(sddl::ace_flag::inherited) && !sddl::is_deny(ace.type))
                by_trustee_[ace.trustee].push_back({&object, &ace});
    }
}

std::vector<explicit_allow> explicit_allows::against(sddl::permission const& denied,
                                                     directory::entry const& object,
                                                     request_context const& context) const {
    std::vector<explicit_allow> made;
    auto const known = by_trustee_.find(denied.trustee);
    if (known == by_trustee_.end())
        return made;
    auto on_the_object = denied;
    on_the_object.denies = false; // what the two are about is compared, not whether they agree
    on_the_object.where = {.self = true};
    for (auto const& each : known->second) {
        auto const& below = *each.object;
        bool const is_child = below.parent == &object;
        if (&below == &object || !directory::is_at_or_below(below.key, object.key) ||
            !reaches(is_child ? denied.where.children : denied.where.deeper, below, context.known))
            continue;
        auto const allowed = sddl::permission_of(*each.value);
        bool const is_allowed = allowed && !allowed->denies &&
                                sddl::overlaps(*allowed, on_the_object, [&](sddl::guid const& type) {
                                    return context.property_set_of(type);
                                });
        if (is_allowed)
            made.push_back(each);
    }
    return made;
}

} // namespace dsplan::plan
