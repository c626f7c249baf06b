#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::access {
sddl::object_type_tree right_query::tree_for(directory::schema_class const& object_class) const {
    constexpr auto properties = sddl::right_read_property | sddl::right_write_property;
    sddl::object_type_tree tree(object_class.id);
    if (!type)
        return tree;
    if ((properties & rights).bits == 0) {
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
    auto read = words::parse_right(text, known);
    if (!read)
        return tl::unexpected(std::move(read).error());
    auto const* const attribute = read->subject.attribute;
    return right_query{.text = std::move(read->text),
                       .rights = read->mask,
                       .type = read->type,
                       .property_set = attribute != nullptr ? attribute->property_set : std::nullopt,
                       .attribute = attribute};
}

} // namespace dsplan::access
