#include <ldif/attribute_description.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/changes/inversion/tree_snapshot.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

// What an account that is made again, or whose password was changed, does not get back.
constexpr std::array<std::string_view, 4> restored_apart{"useraccountcontrol", "pwdlastset", "primarygroupid",
                                                         "sidhistory"};

bool is_equal(entry const& before, entry const& now, attribute_schema const& schema, bool is_restored) {
    auto const changes = compare(before, now, schema);
    return std::all_of(changes.begin(), changes.end(), [&](modification const& it) {
        return is_restored && std::any_of(restored_apart.begin(), restored_apart.end(),
                                          [&it](auto name) { return equals_keyword(it.description, name); });
    });
}

} // namespace

tree_snapshot::tree_snapshot(directory_tree const& tree) : sorter_(tree.options().memory / 4) {
    std::string octets;
    tree.for_each([&](std::string_view key, entry const& it) {
        octets.clear();
        append_stored(octets, {}, it.dn);
        for (auto const& attribute : it.attributes)
            for (auto const& value : attribute.values)
                append_stored_value(octets, written_description(attribute), value);
        sorter_.add(key, octets);
    });
}

std::optional<std::string>
tree_snapshot::difference(directory_tree const& tree,
                          std::function<bool(std::string_view)> const& is_restored,
                          std::function<bool(std::string_view)> const& is_deleted) {
    sorter_.rewind();
    std::string_view old_key;
    std::string_view octets;
    auto const next_left = [&] {
        bool has_next = sorter_.next(old_key, octets);
        while (has_next && is_deleted(old_key))
            has_next = sorter_.next(old_key, octets);
        return has_next;
    };
    bool has_old = next_left();
    std::optional<std::string> found;
    tree.for_each([&](std::string_view key, entry const& it) {
        if (found)
            return;
        if (!has_old || old_key != key ||
            !is_equal(load_stored(octets), it, *tree.options().schema, is_restored(key)))
            found = has_old && old_key < key ? std::string(stored_dn(octets)) : it.dn;
        has_old = next_left();
    });
    return found || !has_old ? found : std::optional(std::string(stored_dn(octets)));
}

} // namespace dsplan::ldif
