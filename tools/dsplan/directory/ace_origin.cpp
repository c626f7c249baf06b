#include <sddl/parse.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/group_scope.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace dsplan::directory {
namespace {

using sddl::ace;

entry const* find_ancestor(ace const& arrived, sddl::inheriting_object const& classes, entry const& object) {
    for (auto const* below = &object; !is_naming_context_root(*below) && below->parent != nullptr;
         below = below->parent) {
        auto const* const above = below->parent;
        if (above->descriptor == nullptr || !above->descriptor->value || !above->descriptor->value->dacl)
            return nullptr;
        for (ace const& own : above->descriptor->value->dacl->aces) {
            if (arrives_as(own, arrived, classes, above == object.parent))
                return above;
        }
    }
    return nullptr;
}

bool is_in_class_default(origin_context const& context, entry const& object, ace const& value) {
    auto const classes = classes_of(context.known, object);
    if (classes.structural == nullptr)
        return false;
    auto const text = sddl::parse(classes.structural->default_descriptor, context.sids);
    if (!text || !text->dacl)
        return false;
    auto const stored =
        sddl::stored_explicit_aces(*text->dacl, inheriting_object_of(context.known, object), false);
    return std::find(stored.begin(), stored.end(), value) != stored.end();
}

bool is_copy_of(entry const* holder, entry const& object) {
    return holder != nullptr && holder != &object && holder->descriptor != nullptr &&
           holder->descriptor->value && holder->descriptor->value->dacl &&
           object.descriptor->value->has(sddl::control_bit::dacl_protected) &&
           holder->descriptor->value->dacl->aces == object.descriptor->value->dacl->aces;
}

} // namespace

bool arrives_as(ace const& own, ace const& arrived, sddl::inheriting_object const& object, bool is_parent) {
    if (own.has(sddl::ace_flag::inherited) || (!is_parent && own.has(sddl::ace_flag::no_propagate)))
        return false;
    sddl::acl alone;
    alone.aces.push_back(own);
    auto const made = sddl::inherited_aces(alone, object);
    return std::find(made.begin(), made.end(), arrived) != made.end();
}

ace_origin find_origin(origin_context const& context, entry const& object, std::size_t index) {
    ace const& value = object.descriptor->value->dacl->aces[index];
    if (value.has(sddl::ace_flag::inherited)) {
        auto const* const from = find_ancestor(value, inheriting_object_of(context.known, object), object);
        return {from != nullptr ? ace_source::inherited : ace_source::inherited_unseen, from};
    }
    if (auto const* const holder = find_admin_sd_holder(context.exported, object); is_copy_of(holder, object))
        return {ace_source::admin_sd_holder, holder};
    if (is_in_class_default(context, object, value))
        return {ace_source::class_default, nullptr};
    return {ace_source::own, nullptr};
}

std::string_view name_of(ace_source source) {
    switch (source) {
    case ace_source::own:
        return "explicit";
    case ace_source::class_default:
        return "class default";
    case ace_source::admin_sd_holder:
        return "AdminSDHolder";
    case ace_source::inherited:
    case ace_source::inherited_unseen:
        break;
    }
    return "inherited";
}

object_classes classes_of(schema const& known, entry const& object) {
    std::vector<std::string_view> names;
    object.for_each(attribute::object_class, [&](std::string_view name) { names.push_back(name); });
    return known.resolve(names);
}

sddl::inheriting_object inheriting_object_of(schema const& known, entry const& object) {
    sddl::inheriting_object made{
        .classes = inheriting_classes(classes_of(known, object)), .owner = {}, .group = {}};
    if (object.descriptor != nullptr && object.descriptor->value) {
        made.owner = object.descriptor->value->owner;
        made.group = object.descriptor->value->group;
    }
    return made;
}

bool is_naming_context_root(entry const& object) {
    constexpr std::int64_t head_of_naming_context = 1;
    if (auto const type = object.number(attribute::instance_type))
        return (*type & head_of_naming_context) != 0;
    return object.is_a("domainDNS") || object.is_a("configuration") || object.is_a("dMD");
}

entry const* find_admin_sd_holder(snapshot const& exported, entry const& object) {
    auto const domain = domain_part(object.key); // containers in between need not be exported
    return domain.empty() ? nullptr : exported.find("cn=adminsdholder,cn=system," + std::string(domain));
}

} // namespace dsplan::directory
