#include <sddl/inherit.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/explain/exported_object.hpp>

#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace dsplan::explain {
namespace {

std::string origin_text(directory::ace_origin const& origin) {
    std::string text(directory::name_of(origin.source));
    switch (origin.source) {
    case directory::ace_source::inherited:
    case directory::ace_source::admin_sd_holder:
        return text + " from " + std::string(origin.from->dn);
    case directory::ace_source::inherited_unseen:
        return text + ", but no ancestor in the export has it";
    case directory::ace_source::own:
    case directory::ace_source::class_default:
        break;
    }
    return text;
}

// Where an ACE of the SACL comes from, its flag alone says.
std::string flag_origin_text(sddl::ace const& value) {
    return value.has(sddl::ace_flag::inherited) ? "inherited" : "explicit";
}

void name(words::explained_ace& ace, sddl::sid const& trustee, words::name_context const& names) {
    ace.who = names.account(trustee);
    ace.dn = names.dn_of(trustee);
}

void add_names(words::explained_list& list, std::optional<sddl::acl> const& aces,
               words::name_context const& names) {
    for (std::size_t index = 0; index < list.aces.size(); ++index)
        if (sddl::is_known_type(aces->aces[index].type))
            name(list.aces[index], aces->aces[index].trustee, names);
}

void add_origins(words::explanation& made, sddl::security_descriptor const& descriptor,
                 directory::origin_context const& context, directory::entry const& object) {
    for (std::size_t index = 0; index < made.dacl.aces.size(); ++index)
        made.dacl.aces[index].origin = origin_text(directory::find_origin(context, object, index));
    for (std::size_t index = 0; index < made.sacl.aces.size(); ++index)
        made.sacl.aces[index].origin = flag_origin_text(descriptor.sacl->aces[index]);
}

std::map<std::string, std::size_t, std::less<>> classes_below(directory::snapshot const& exported,
                                                              directory::entry const& object) {
    std::map<std::string, std::size_t, std::less<>> counts;
    for (directory::entry const& one : exported.entries())
        if (one.parent == &object)
            ++counts[std::string(one.structural_class())];
    return counts;
}

arriving_aces arriving_at(std::string_view class_name, sddl::acl const& list,
                          directory::origin_context const& context) {
    arriving_aces made{.class_name = std::string(class_name), .effective = {}, .passed_on = {}};
    auto const classes = context.known.resolve(std::array{class_name});
    sddl::inheriting_object const child{
        .classes = directory::inheriting_classes(classes), .owner = std::nullopt, .group = std::nullopt};
    for (auto const& value : sddl::inherited_aces(list, child))
        (value.has(sddl::ace_flag::inherit_only) ? made.passed_on : made.effective)
            .push_back(sddl::write_ace(value, context.sids));
    return made;
}

} // namespace

exported_object explain_object(directory::origin_context const& context, words::name_context const& names,
                               directory::entry const& object) {
    auto const& descriptor = *object.descriptor->value;
    exported_object made{.dn = std::string(object.dn),
                         .sid = object.sid ? fmt::format("{}", *object.sid) : std::string(),
                         .object_class = std::string(object.structural_class()),
                         .explanation = words::explain_in_depth(descriptor, context.sids, context.known),
                         .below = {}};
    auto& explanation = made.explanation;
    explanation.is_kind_given = true;
    if (descriptor.owner) {
        explanation.owner = names.account(*descriptor.owner);
        explanation.owner_dn = names.dn_of(*descriptor.owner);
    }
    if (descriptor.group) {
        explanation.group = names.account(*descriptor.group);
        explanation.group_dn = names.dn_of(*descriptor.group);
    }
    add_names(explanation.dacl, descriptor.dacl, names);
    add_names(explanation.sacl, descriptor.sacl, names);
    add_origins(explanation, descriptor, context, object);
    if (!descriptor.dacl)
        return made;
    auto counts = classes_below(context.exported, object);
    if (counts.empty())
        counts = {{"computer", 0}, {"group", 0}, {"organizationalUnit", 0}, {"user", 0}};
    for (auto const& [name, count] : counts) {
        auto arriving = arriving_at(name, *descriptor.dacl, context);
        arriving.existing = count;
        made.below.push_back(std::move(arriving));
    }
    return made;
}

} // namespace dsplan::explain
