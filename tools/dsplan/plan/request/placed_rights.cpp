#include <sddl/parse.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/plan/request/placed_rights.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

using directory::entry;

std::vector<placed_right> right_of_ace(permission_table const& table, table_errors& errors) {
    auto const parsed = sddl::parse("D:" + table.ace, {});
    auto const said = parsed && parsed->dacl && parsed->dacl->aces.size() == 1
                          ? sddl::permission_of(parsed->dacl->aces.front())
                          : std::nullopt;
    if (said)
        return {{said->rights, said->type, said->where, printable(table.ace)}};
    errors.fail({fmt::format("expected one ACE without a condition, found '{}'", printable(table.ace)), {}});
    return {};
}

// A revocation that names no place takes the right wherever the ACE reaches.
std::vector<words::application> places_of(permission_table const& table, directory::schema const& known,
                                          table_errors& errors) {
    if (table.applies_to.empty() && table.verb == permission_verb::revoke)
        return {{sddl::ace_flag::container_inherit, {}, "this object and all below"}};
    auto const text = table.applies_to.empty() ? std::string("this object only") : table.applies_to;
    return errors.take(words::parse_application(text, known)).value_or(std::vector<words::application>{});
}

sddl::reach reach_of(words::application const& place) {
    sddl::ace carrier;
    carrier.type = sddl::ace_type::access_allowed_object;
    carrier.flags = place.flags;
    carrier.inherited_object_type = place.inherited_type;
    return sddl::permission_of(carrier)->where;
}

placed_right placed(words::right const& right, words::application const& place) {
    placed_right made{right.mask, right.type, reach_of(place),
                      fmt::format("{} on {}", right.text, place.text)};
    // Reading a confidential attribute takes control access too. [MS-ADTS] 3.1.1.4.4
    auto const* const attribute = right.subject.attribute;
    if (attribute != nullptr && attribute->is_confidential && right.mask.contains(sddl::right_read_property))
        made.mask = made.mask | sddl::right_control_access;
    return made;
}

directory::object_classes classes_of(entry const& object, directory::schema const& known) {
    std::vector<std::string_view> names;
    object.for_each(directory::attribute::object_class,
                    [&](std::string_view name) { names.push_back(name); });
    return known.resolve(names);
}

bool means_something(words::right const& right, directory::class_rights const& on_class) {
    auto const nodes = on_class.tree.find(*right.type);
    return std::any_of(nodes.begin(), nodes.end(), [&](auto const& each) {
        return (on_class.tree[each.second].concerns & right.mask).bits != 0;
    });
}

// A right that means nothing on the objects themselves and is asked for on them alone is a slip.
bool fits(words::right const& right, words::application const& place,
          std::vector<entry const*> const& objects, directory::class_rights_cache& rights,
          table_errors& errors) {
    if (place.flags != 0 || !right.type)
        return true;
    for (auto const* const object : objects) {
        auto const classes = classes_of(*object, rights.known());
        if (classes.structural == nullptr || means_something(right, rights.find(classes)))
            continue;
        errors.fail({fmt::format("{} means nothing on {}, which is of class {}", right.text,
                                 printable(object->dn), classes.structural->name),
                     "  say where it applies: applies-to = \"descendant user objects\", or another class\n"});
        return false;
    }
    return true;
}

std::vector<placed_right> joined(std::vector<placed_right> rights) {
    std::vector<placed_right> made;
    for (auto& each : rights) {
        auto const same = std::find_if(made.begin(), made.end(), [&](auto const& other) {
            return other.type == each.type && other.where == each.where;
        });
        if (same == made.end()) {
            made.push_back(std::move(each));
            continue;
        }
        same->mask = same->mask | each.mask;
        same->words += "; " + each.words;
    }
    return made;
}

} // namespace

std::vector<placed_right> rights_of(permission_table const& table, std::vector<entry const*> const& objects,
                                    directory::class_rights_cache& rights, table_errors& errors) {
    if (table.verb == permission_verb::revoke && table.all)
        return {{.words = fmt::format("every {} ACE", table.sign)}};
    if (!table.ace.empty())
        return right_of_ace(table, errors);
    if (table.rights.empty())
        errors.fail({fmt::format("{} needs 'rights' or 'ace'", table_name(table)), {}});
    std::vector<placed_right> made;
    auto const places = places_of(table, rights.known(), errors);
    for (auto const& text : table.rights)
        for (auto const& right :
             errors.take(words::parse_rights(text, rights.known())).value_or(std::vector<words::right>{})) {
            if (!right.but.empty())
                errors.fail({fmt::format("'{}': no ACE leaves something out", right.text),
                             "  name what is granted, one by one\n"});
            if (auto reason = words::why_never(right); reason && table.verb == permission_verb::grant)
                errors.fail(*std::move(reason));
            for (auto const& place : places)
                if (fits(right, place, objects, rights, errors))
                    made.push_back(placed(right, place));
        }
    return joined(std::move(made));
}

} // namespace dsplan::plan
