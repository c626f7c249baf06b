#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/invert.hpp>
#include <ldif/reader.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tests/fuzz/invariant.hpp>
#include <vector>

using namespace dsplan::ldif;

namespace {

std::map<std::string, entry> all_of(directory_tree const& tree) {
    std::map<std::string, entry> all;
    tree.for_each([&](std::string_view key, entry const& it) { all.emplace(key, it); });
    return all;
}

bool same(std::map<std::string, entry> const& left, std::map<std::string, entry> const& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](auto const& one, auto const& other) {
                          return one.first == other.first && compare(one.second, other.second).empty();
                      });
}

// Little memory, so that the tables are on disk.
result<directory_tree> load(std::string_view text, change_reach const& reach,
                            std::set<std::string, std::less<>>& seen) {
    auto base = reader::from_text(text);
    directory_tree tree({.memory = 1});
    if (auto loaded = load_reach(base, reach, tree, &seen); !loaded)
        return tl::unexpected(loaded.error());
    return tree;
}

} // namespace

// The input is an export and a change file with a line "----" between them. No changes break the tree, a
// refused one changes nothing, and a rollback restores what was there.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    auto const cut = text.find("\n----\n");
    if (cut == std::string_view::npos)
        return 0;
    auto source = reader::from_text(text.substr(cut + 6));
    auto const changes = read_changes(source);
    if (!changes)
        return 0;
    change_reach const reach(*changes);
    std::set<std::string, std::less<>> seen;
    auto changed = load(text.substr(0, cut + 1), reach, seen);
    if (!changed)
        return 0;
    auto const before = all_of(*changed);
    for (auto const& it : *changes) {
        auto const unchanged = all_of(*changed);
        if (!changed->apply(it))
            DSPLAN_INVARIANT(same(unchanged, all_of(*changed)));
    }
    auto tree = load(text.substr(0, cut + 1), reach, seen);
    std::vector<record> rollback;
    auto const undone = invert(
        changes_in_memory(*changes), *tree, seen, [&](record const& it) { rollback.push_back(it); },
        [](lost_state const&) {});
    if (!undone)
        return 0;
    DSPLAN_INVARIANT(same(before, all_of(*tree)));
    for (auto const& it : rollback)
        DSPLAN_INVARIANT(changed->apply(it).has_value());
    DSPLAN_INVARIANT(same(before, all_of(*changed)));
    return 0;
}
