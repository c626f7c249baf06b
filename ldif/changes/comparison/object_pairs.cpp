#include <ldif/changes/comparison/object_pairs.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/distinguished_name.hpp>

#include <algorithm>
#include <string>

namespace dsplan::ldif {
namespace {

// Sorting by it puts contents before their container.
std::string leaf_first(std::string_view key) {
    std::string reversed(key.size() + 1, '\xFF');
    std::transform(key.begin(), key.end(), reversed.begin(), [](char c) { return static_cast<char>(~c); });
    return reversed;
}

// An escape written in another way is no new name.
bool is_respelled(std::string_view left, std::string_view right) {
    return left != right && parse_distinguished_name(left) != parse_distinguished_name(right);
}

// Two texts in one item of a sort.
std::string joined(std::string_view first, std::string_view second) {
    std::string both;
    append_stored(both, first, second);
    return both;
}

std::string_view first_of(std::string_view both) {
    return stored_mark(both);
}

std::string_view second_of(std::string_view both) {
    return stored_dn(both);
}

moved_object moved_in(std::string_view item) {
    auto const before = first_of(item);
    auto const after = second_of(item);
    return {first_of(before), second_of(before), first_of(after), second_of(after)};
}

} // namespace

object_pairs::object_pairs(std::size_t memory)
    : gone_(memory)
    , come_(memory)
    , moved_(memory)
    , deleted_(memory)
    , added_(memory)
    , respelled_(memory)
    , remade_(memory) {}

void object_pairs::find(export_pair& exports) {
    exports.for_each([this](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
        match(key, old_entry, new_entry);
    });
    pair_by_mark();
    find_left_behind(exports);
}

// Sends what has no partner of its name on to be paired by its mark.
void object_pairs::match(std::string_view key, std::string_view old_entry, std::string_view new_entry) {
    bool const both = !old_entry.empty() && !new_entry.empty();
    if (both && may_be_one(stored_mark(old_entry), stored_mark(new_entry))) {
        if (is_respelled(first_rdn_text(stored_dn(old_entry)), first_rdn_text(stored_dn(new_entry))))
            respelled_.add(key, joined(stored_dn(old_entry), stored_dn(new_entry)));
        return;
    }
    if (!old_entry.empty())
        gone_.add(stored_mark(old_entry), joined(key, old_entry));
    if (!new_entry.empty())
        come_.add(stored_mark(new_entry), joined(key, new_entry));
}

void object_pairs::pair_by_mark() {
    gone_.rewind();
    come_.rewind();
    std::string_view old_mark;
    std::string_view new_mark;
    std::string_view old_item;
    std::string_view new_item;
    bool has_old = gone_.next(old_mark, old_item);
    bool has_new = come_.next(new_mark, new_item);
    while (has_old || has_new) {
        int const order = !has_old ? 1 : !has_new ? -1 : old_mark.compare(new_mark);
        bool const pair = order == 0 && !old_mark.empty();
        if (pair) {
            left_.insert(first_of(old_item));
            moved_.add(first_of(old_item), joined(old_item, new_item));
        } else if (order <= 0)
            add_deleted(old_item);
        else
            add_added(new_item);
        if (!pair)
            unmarked_ += (order <= 0 ? old_mark : new_mark).empty();
        if (order <= 0)
            has_old = gone_.next(old_mark, old_item);
        if (pair || order > 0)
            has_new = come_.next(new_mark, new_item);
    }
}

// What keeps its name while another object takes that of its container: it moves, too.
void object_pairs::find_left_behind(export_pair& exports) {
    if (left_.is_empty())
        return;
    exports.for_each_kept(
        [this](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
            for (auto above = parent_key(key); !above.empty(); above = parent_key(above))
                if (left_.may_contain(above))
                    return moved_.add(key, joined(joined(key, old_entry), joined(key, new_entry)));
        });
}

void object_pairs::add_deleted(std::string_view item) {
    auto const key = first_of(item);
    left_.insert(key);
    remade_.add(key, {});
    deleted_.add(leaf_first(key), joined(key, stored_dn(second_of(item))));
}

void object_pairs::add_added(std::string_view item) {
    remade_.add(first_of(item), {});
    added_.add(first_of(item), second_of(item));
}

void object_pairs::for_each_added(key_visitor const& visit) {
    std::string_view key;
    std::string_view item;
    added_.rewind();
    while (added_.next(key, item))
        visit(key, item);
}

void object_pairs::for_each_deleted(key_visitor const& visit) {
    std::string_view sorted_by;
    std::string_view item;
    deleted_.rewind();
    while (deleted_.next(sorted_by, item))
        visit(first_of(item), second_of(item));
}

void object_pairs::for_each_moved(move_visitor const& visit) {
    std::string_view key;
    std::string_view item;
    moved_.rewind();
    while (moved_.next(key, item))
        visit(moved_in(item));
}

void object_pairs::for_each_renamed(rename_visitor const& visit) {
    moved_.rewind();
    respelled_.rewind();
    std::string_view key;
    std::string_view item;
    std::string_view respelled_key;
    std::string_view names;
    bool has_respelled = respelled_.next(respelled_key, names);
    bool has_moved = moved_.next(key, item);
    while (has_moved || has_respelled) {
        if (has_respelled && has_moved && respelled_key == key) {
            has_respelled = respelled_.next(respelled_key, names);
        } else if (has_respelled && (!has_moved || respelled_key < key)) {
            visit({std::string(respelled_key), std::string(respelled_key), std::string(first_of(names)),
                   std::string(second_of(names))});
            has_respelled = respelled_.next(respelled_key, names);
        } else {
            auto const moved = moved_in(item);
            visit({std::string(key), std::string(moved.new_key), std::string(stored_dn(moved.old_entry)),
                   std::string(stored_dn(moved.new_entry))});
            has_moved = moved_.next(key, item);
        }
    }
}

std::size_t object_pairs::count_remade() {
    std::size_t count = 0;
    std::string_view key;
    std::string_view none;
    std::string last;
    remade_.rewind();
    while (remade_.next(key, none)) {
        count += key == last ? 1U : 0U;
        last = key;
    }
    return count;
}

} // namespace dsplan::ldif
