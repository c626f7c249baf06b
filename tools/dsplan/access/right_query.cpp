#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dsplan::access {
namespace {

struct object_right {
    std::string_view name;
    sddl::access_mask mask;
};

// Rights on the object as a whole, in the words of the Windows security editor.
constexpr std::array object_rights{
    object_right{"change permissions", sddl::right_write_dac},
    object_right{"create all child objects", sddl::right_create_child},
    object_right{"delete", sddl::right_delete},
    object_right{"delete all child objects", sddl::right_delete_child},
    object_right{"delete tree", sddl::right_delete_tree},
    object_right{"all extended rights", sddl::right_control_access},
    object_right{"all validated writes", sddl::right_self_write},
    object_right{"full control", sddl::directory_full_control},
    object_right{"list children", sddl::right_list_children},
    object_right{"list object", sddl::right_list_object},
    object_right{"read all properties", sddl::right_read_property},
    object_right{"read permissions", sddl::right_read_control},
    object_right{"take ownership", sddl::right_write_owner},
    object_right{"write all properties", sddl::right_write_property},
};

bool take_word(std::string_view& text, std::string_view word) {
    if (text.size() <= word.size() || text[word.size()] != ' ' ||
        !equal_ignoring_case(text.substr(0, word.size()), word))
        return false;
    text.remove_prefix(word.size() + 1);
    return true;
}

tl::unexpected<failure> unknown(std::string_view kind, std::string_view name) {
    return tl::unexpected(
        failure{fmt::format("expected the name of {}, found '{}'", kind, printable(name)),
                "  names are those of the schema; a forest with its own ones needs --schema\n"});
}

result<right_query> on_property(std::string_view verb, sddl::access_mask right, std::string_view name,
                                directory::schema const& known) {
    if (auto const* const attribute = known.find_attribute(name))
        return right_query{.text = fmt::format("{} {}", verb, attribute->name),
                           .rights = right,
                           .type = attribute->id,
                           .property_set = attribute->property_set,
                           .attribute = attribute};
    if (auto const* const set = known.find_right(name))
        return right_query{.text = fmt::format("{} {}", verb, set->name),
                           .rights = right,
                           .type = set->id,
                           .property_set = {}};
    return unknown("an attribute or a property set", name);
}

result<right_query> on_child(std::string_view verb, sddl::access_mask right, std::string_view name,
                             directory::schema const& known) {
    if (auto const* const child = known.find_class(name))
        return right_query{.text = fmt::format("{} {}", verb, child->name),
                           .rights = right,
                           .type = child->id,
                           .property_set = {}};
    return unknown("a class", name);
}

result<right_query> control_access(std::string_view name, sddl::access_mask right, std::string_view verb,
                                   directory::schema const& known) {
    if (auto const* const found = known.find_right(name))
        return right_query{.text = fmt::format("{}{}", verb, found->display_name),
                           .rights = right,
                           .type = found->id,
                           .property_set = {}};
    return unknown("a right", name);
}

} // namespace

sddl::object_type_tree right_query::tree_for(directory::schema_class const& object_class) const {
    constexpr auto properties = sddl::right_read_property | sddl::right_write_property;
    sddl::object_type_tree tree(object_class.id);
    if (!type)
        return tree;
    if (!properties.contains(rights)) {
        tree.add_beside(*type, rights);
        return tree;
    }
    auto parent = sddl::object_type_tree::object;
    if (property_set)
        parent = tree.add(*property_set, sddl::property_rights);
    tree.add(*type, sddl::property_rights, parent);
    return tree;
}

sddl::object_type_tree::node right_query::node() const {
    if (!type)
        return sddl::object_type_tree::object;
    return property_set ? 2 : 1;
}

bool is_meaningful(right_query const& query, directory::object_classes const& classes) {
    if (query.attribute == nullptr)
        return true;
    auto const held = directory::attributes_of(classes);
    return std::find(held.begin(), held.end(), query.attribute) != held.end();
}

sddl::access_decision decide(right_query const& query, directory::object_classes const& classes,
                             sddl::security_descriptor const& descriptor,
                             sddl::access_request const& request) {
    sddl::access_decision decision;
    auto const tree = query.tree_for(*classes.structural);
    for (std::uint32_t bit = 1; bit != 0 && bit <= query.rights.bits; bit <<= 1) {
        if (!query.rights.contains({bit}))
            continue;
        decision = sddl::decide(descriptor, tree, query.node(), {bit}, request);
        if (!decision.granted)
            break;
    }
    return decision;
}

result<right_query> parse_right(std::string_view text, directory::schema const& known) {
    for (auto const& [name, mask] : object_rights) {
        if (equal_ignoring_case(text, name))
            return right_query{.text = std::string(name), .rights = mask, .type = {}, .property_set = {}};
    }
    auto rest = text;
    if (take_word(rest, "validated write") || take_word(rest, "self write"))
        return control_access(rest, sddl::right_self_write, "validated write ", known);
    if (take_word(rest, "read"))
        return on_property("read", sddl::right_read_property, rest, known);
    if (take_word(rest, "write"))
        return on_property("write", sddl::right_write_property, rest, known);
    if (take_word(rest, "create"))
        return on_child("create", sddl::right_create_child, rest, known);
    if (take_word(rest, "delete"))
        return on_child("delete", sddl::right_delete_child, rest, known);
    return control_access(text, sddl::right_control_access, "", known);
}

} // namespace dsplan::access
