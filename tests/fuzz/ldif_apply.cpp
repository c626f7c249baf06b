#include <ldif/apply.hpp>
#include <ldif/change_reach.hpp>
#include <ldif/compare.hpp>
#include <ldif/invert.hpp>
#include <ldif/reader.hpp>

#include <cstdint>
#include <string_view>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::ldif;

namespace {

bool same(directory_tree const& left, directory_tree const& right) {
    if (left.all().size() != right.all().size())
        return false;
    for (auto const& [key, it] : left.all()) {
        auto const found = right.all().find(key);
        if (found == right.all().end() || !compare(found->second, it).empty())
            return false;
    }
    return true;
}

} // namespace

// The input is an export and a change file with a line "----" between them. No changes break the tree, a
// refused one changes nothing, and a rollback restores what was there.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    auto const cut = text.find("\n----\n");
    if (cut == std::string_view::npos)
        return 0;
    auto base = reader::from_text(text.substr(0, cut + 1));
    auto source = reader::from_text(text.substr(cut + 6));
    auto const changes = read_changes(source);
    if (!changes)
        return 0;
    change_reach const reach(*changes);
    directory_tree tree;
    std::set<std::string, std::less<>> seen;
    if (!load_reach(base, reach, tree, &seen))
        return 0;
    directory_tree changed = tree;
    for (auto const& it : *changes) {
        auto const before = changed;
        if (!changed.apply(it))
            DSPLAN_INVARIANT(same(before, changed));
    }
    auto const undone = invert(*changes, tree, seen);
    if (!undone)
        return 0;
    for (auto const& it : undone->rollback)
        DSPLAN_INVARIANT(changed.apply(it).has_value());
    DSPLAN_INVARIANT(same(tree, changed));
    return 0;
}
