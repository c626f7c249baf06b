#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/references.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>
#include <tools/dsplan/effect/concerned_objects.hpp>

#include <vector>

namespace dsplan::effect {
namespace {

// The object as a record of an export.
class record_of_object {
public:
    explicit record_of_object(directory::entry const& object) {
        attributes_.reserve(object.values.size() + 1);
        for (auto const& it : object.values)
            attributes_.push_back({directory::name_of(it.name), it.value});
        if (object.descriptor != nullptr)
            attributes_.push_back({"nTSecurityDescriptor", object.descriptor->octets});
        view_.dn = object.dn;
        view_.attributes = attributes_;
    }
    record_of_object(record_of_object const&) = delete;
    record_of_object& operator=(record_of_object const&) = delete;

    [[nodiscard]] ldif::record_view const& view() const { return view_; }

private:
    std::vector<ldif::attribute_value_view> attributes_;
    ldif::record_view view_;
};

} // namespace

ldif::directory_tree concerned_objects(directory::snapshot const& exported,
                                       std::span<ldif::record const> changes, ldif::apply_options rules) {
    rules.fault_of_descriptor = directory::fault_of_descriptor;
    ldif::directory_tree tree(rules);
    ldif::change_reach const reach(changes, *rules.schema);
    for (auto const& object : exported.entries()) {
        record_of_object const record(object);
        auto const key = ldif::tree_key(object.dn);
        if (auto const container = ldif::parent_key(key); reach.asks_for_contents(container))
            tree.note_contents(container);
        if (object.first(directory::attribute::primary_group_id))
            tree.carry("primaryGroupID");
        if (!reach.concerns(record.view(), key))
            continue;
        auto concerned = ldif::to_entry(record.view());
        concerned.origin = static_cast<std::uint64_t>(&object - exported.entries().data()) + 1;
        (void)tree.put(concerned); // the snapshot holds only names that are names
    }
    return tree;
}

} // namespace dsplan::effect
