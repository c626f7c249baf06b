#include <ldif/changes/change_reach.hpp>
#include <ldif/reader.hpp>
#include <tools/dsplan/directory/attribute.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/review/base_objects.hpp>

namespace dsplan::review {
namespace {

ldif::entry to_entry(directory::entry const& object) {
    ldif::entry made{.dn = std::string(object.dn), .attributes = {}};
    for (auto const& each : object.values) {
        auto const name = directory::name_of(each.name);
        auto* held = made.find(name);
        if (held == nullptr)
            held = &made.attributes.emplace_back(ldif::attribute{std::string(name), {}});
        held->values.emplace_back(each.value);
    }
    if (object.descriptor != nullptr)
        made.attributes.push_back({"nTSecurityDescriptor", {std::string(object.descriptor->octets)}});
    return made;
}

} // namespace

result<ldif::directory_tree> load_objects(std::span<std::filesystem::path const> exports,
                                          std::span<ldif::record const> changes, bool is_partial,
                                          ldif::reader_options const& input_options) {
    ldif::directory_tree tree({.requires_parents = !is_partial});
    ldif::change_reach const reach(changes);
    for (auto const& file : exports) {
        auto input = ldif::reader::open(file, input_options);
        if (!input)
            return tl::unexpected(to_failure(input.error()));
        if (auto const loaded = ldif::load_reach(*input, reach, tree); !loaded)
            return tl::unexpected(to_failure(loaded.error()));
    }
    return tree;
}

ldif::directory_tree objects_of(directory::snapshot const& exported, std::span<ldif::record const> changes) {
    ldif::directory_tree tree({.requires_parents = false});
    for (auto const& change : changes)
        if (auto const* const object = exported.find(change.dn);
            object != nullptr && !tree.contains(object->dn))
            (void)tree.put(to_entry(*object)); // the snapshot holds only names that are names
    return tree;
}

} // namespace dsplan::review
