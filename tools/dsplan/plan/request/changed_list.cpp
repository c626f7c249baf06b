#include <sddl/permission.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/plan/request/changed_list.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <algorithm>

namespace dsplan::plan {
namespace {

using places = std::vector<std::size_t>;

// The places of explicit ACEs of `list` that `other` lacks; one that stands there twice needs two.
places only_in(sddl::acl const& list, sddl::acl const& other) {
    std::vector<bool> used(other.aces.size());
    places made;
    for (std::size_t index = 0; index < list.aces.size(); ++index) {
        auto const& ace = list.aces[index];
        std::size_t match = 0;
        while (match < other.aces.size() && (used[match] || other.aces[match] != ace))
            ++match;
        if (match < other.aces.size())
            used[match] = true;
        else if (!ace.has(sddl::ace_flag::inherited))
            made.push_back(index);
    }
    return made;
}

// A name of a domain account; the built-in ones have other names on every server, and dsacls takes SIDs.
void name_trustee(grant& made, sddl::sid const& trustee, request_context const& context) {
    made.trustee = trustee;
    made.trustee_name = directory::account_name(context.exported, trustee);
    auto const domain_sid = sddl::domain_of(trustee);
    for (auto const& domain : context.forest.domains)
        if (domain_sid && domain.sid == *domain_sid && context.exported.find(trustee) != nullptr) {
            made.trustee_netbios_domain = domain.netbios_name;
            made.trustee_dns_domain = domain.dns_name;
        }
}

grant grant_of(sddl::ace const& ace, std::size_t place, request_context const& context) {
    grant made;
    made.denies = sddl::is_deny(ace.type);
    name_trustee(made, ace.trustee, context);
    made.mask = ace.mask;
    made.flags = ace.flags;
    made.property_guid = ace.object_type;
    if (ace.object_type)
        made.property =
            words::subject_name(words::describe(ace.mask, ace.object_type, context.known).subject);
    made.inherited_class_guid = ace.inherited_object_type;
    if (ace.inherited_object_type)
        if (auto const* const found = context.known.find_class(*ace.inherited_object_type))
            made.inherited_class = found->name;
    made.position = place;
    if (made.ace() != ace)
        made.whole = ace;
    return made;
}

bool is_left_of(sddl::ace const& added, std::vector<removed_ace> const& removed,
                request_context const& context) {
    auto const said = sddl::permission_of(added);
    return said && std::any_of(removed.begin(), removed.end(), [&](removed_ace const& each) {
               auto const was = sddl::permission_of(each.value);
               return was && sddl::covers(*was, *said, [&context](sddl::guid const& type) {
                          return context.property_set_of(type);
                      });
           });
}

// An ACE that differs from one of the list before by having been inherited there.
bool was_inherited(sddl::ace copy, sddl::acl const& before, sddl::acl const& after) {
    copy.flags |= sddl::ace_flag::inherited;
    auto const is_it = [&copy](sddl::ace const& each) {
        return each == copy;
    };
    return std::any_of(before.aces.begin(), before.aces.end(), is_it) &&
           std::none_of(after.aces.begin(), after.aces.end(), is_it);
}

} // namespace

void note_changed_aces(permission_change& change, sddl::acl const& before, sddl::acl const& after,
                       request_context const& context) {
    for (auto const place : only_in(before, after))
        change.removed.push_back({before.aces[place],
                                  directory::account_name(context.exported, before.aces[place].trustee),
                                  place});
    for (auto const place : only_in(after, before)) {
        auto& made = change.grants.emplace_back(grant_of(after.aces[place], place, context));
        made.is_left_over = is_left_of(after.aces[place], change.removed, context);
        made.is_copy = was_inherited(after.aces[place], before, after);
    }
    change.other_aces_of_trustee = other_aces_of_trustees(change);
}

} // namespace dsplan::plan
