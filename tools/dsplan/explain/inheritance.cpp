#include <sddl/inherit.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/explain/inheritance.hpp>

#include <array>
#include <string_view>

namespace dsplan::explain {
namespace {

child_aces received(sddl::ace const& from, std::string_view class_name, sddl::domain_sids const& sids) {
    child_aces made{.class_name = std::string(class_name), .effective = {}, .passed_on = {}};
    auto const classes = directory::schema::built_in().resolve(std::array{class_name});
    sddl::inheriting_object const child{
        .classes = directory::inheriting_classes(classes), .owner = std::nullopt, .group = std::nullopt};
    for (auto const& value : sddl::inherited_aces({.aces = {from}, .slack = {}}, child))
        (value.has(sddl::ace_flag::inherit_only) ? made.passed_on : made.effective)
            .push_back(sddl::write_ace(value, sids));
    return made;
}

} // namespace

std::vector<ace_inheritance> inheritance_of(sddl::security_descriptor const& descriptor,
                                            sddl::domain_sids const& sids) {
    std::vector<ace_inheritance> made;
    if (!descriptor.dacl)
        return made;
    auto const& aces = descriptor.dacl->aces;
    for (std::size_t index = 0; index < aces.size(); ++index) {
        if (!aces[index].has(sddl::ace_flag::container_inherit) &&
            !aces[index].has(sddl::ace_flag::object_inherit))
            continue;
        auto& one = made.emplace_back();
        one.ace = index;
        one.names_creator = sddl::names_creator(aces[index]);
        for (std::string_view const class_name : {"user", "computer", "organizationalUnit"})
            one.children.push_back(received(aces[index], class_name, sids));
    }
    return made;
}

} // namespace dsplan::explain
