#include <ldif/attribute_description.hpp>
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/restoration.hpp>
#include <ldif/changes/storage/attribute_choice.hpp>
#include <ldif/changes/storage/entry_cursor.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/key_filter.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/changes/storage/primary_group_plan.hpp>
#include <ldif/changes/storage/rename_plan.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>

namespace dsplan::ldif {
namespace {

parse_error fail(record_view const& record, std::string expected, std::string found, std::string hint = {}) {
    parse_error error;
    error.line = record.line;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

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

// Two exports side by side.
class comparison {
public:
    comparison(std::function<void(record const&)> const& emit, compare_options const& options)
        : emit_(emit)
        , options_(options)
        , choice_(options.ignored, *options.schema)
        , before_(options.memory)
        , after_(options.memory)
        , gone_(options.memory / 8)
        , come_(options.memory / 8)
        , moved_(options.memory / 8)
        , deleted_(options.memory / 8)
        , added_(options.memory / 8)
        , late_(options.memory / 8)
        , respelled_(options.memory / 8)
        , remade_(options.memory / 8)
        , matches_by_name_(std::any_of(options.ignored.begin(), options.ignored.end(),
                                       [](auto const& it) { return equals_keyword(it, "objectguid"); }))
        , primary_groups_(options.memory / 8)
        , plan_(options.memory / 2) {}

    result<compare_summary> run(reader& before, reader& after) {
        for (auto const& [source, target] : {std::pair(&before, &before_), std::pair(&after, &after_)})
            if (auto done = load(*source, *target); !done)
                return tl::unexpected(std::move(done.error()));
        for_each_pair([this](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
            match(key, old_entry, new_entry);
        });
        pair_by_mark();
        find_left_behind();
        count_remade();
        plan_renames();
        find_primary_groups();
        if (auto done = emit_all(); !done)
            return tl::unexpected(std::move(done.error()));
        summary_.left_out = choice_.left_out();
        summary_.renamed = plan_.count();
        return summary_;
    }

private:
    result<void> load(reader& source, external_sorter& target) {
        std::string octets;
        std::size_t count = 0;
        for (;;) {
            auto const next = source.next_view();
            if (!next)
                return tl::unexpected(next.error());
            if (*next == nullptr)
                break;
            if (auto done = store(**next, octets, target); !done)
                return done;
            if (options_.progress && ++count % 1024 == 0)
                options_.progress(source.position());
        }
        size_ += source.position();
        target.rewind();
        return {};
    }

    result<void> store(record_view const& record, std::string& octets, external_sorter& target) {
        auto const type = record.changetype.value_or(change_type::add);
        if (type != change_type::add && type != change_type::ntds_schema_add)
            return tl::unexpected(fail(record, "an entry", "a change", "only exports can be compared"));
        auto const key = normalize(record.dn);
        if (!key)
            return tl::unexpected(fail(record, key.error().expected, key.error().found, key.error().hint));
        octets.clear();
        append_stored(octets, matches_by_name_ ? std::string() : object_mark(record), record.dn);
        for (auto const& it : record.attributes)
            if (choice_.takes_part(it.description) && !is_left_out(it)) {
                append_stored_value(octets, it.description, it.value);
                has_ranges_ = has_ranges_ || range_of(it.description).has_value();
            }
        if (key->empty()) // what the rootDSE says is no object
            return {};
        auto const place = tree_order(*key);
        if (&target == &after_)
            primary_groups_.add_group(place, record);
        target.add(place, octets);
        return {};
    }

    // Times of passwords, which no client can write.
    bool is_left_out(attribute_value_view const& it) {
        bool const is_time = is_password_time(it.description, it.value);
        if (is_time)
            choice_.leave_out(it.description);
        return is_time;
    }

    // Goes over both exports in tree order; an entry that one of them lacks is empty.
    template <class Function>
    void for_each_pair(Function function) {
        before_.rewind();
        after_.rewind();
        entry_cursor left{before_};
        entry_cursor right{after_};
        std::uint64_t const all = before_.size() + after_.size();
        for (std::uint64_t done = 0; left.valid || right.valid; ++done) {
            if (options_.progress && done % 1024 == 0)
                options_.progress(size_ / all * std::min(2 * done, all));
            int const order = !left.valid ? 1 : !right.valid ? -1 : left.key.compare(right.key);
            function(order <= 0 ? left.key : right.key,
                     order <= 0 ? std::string_view(left.value) : std::string_view(),
                     order >= 0 ? std::string_view(right.value) : std::string_view());
            bool const both = order == 0;
            if (order <= 0)
                left.advance();
            if (order > 0 || both)
                right.advance();
        }
    }

    // Sends what has no partner of its name on to be paired by its mark.
    void match(std::string_view key, std::string_view old_entry, std::string_view new_entry) {
        bool const both = !old_entry.empty() && !new_entry.empty();
        if (both && may_be_one(stored_mark(old_entry), stored_mark(new_entry))) {
            if (is_respelled(first_rdn_text(stored_dn(old_entry)), first_rdn_text(stored_dn(new_entry))))
                respelled_.add(key, with_key(stored_dn(old_entry), stored_dn(new_entry)));
            return;
        }
        if (!old_entry.empty())
            gone_.add(stored_mark(old_entry), with_key(key, old_entry));
        if (!new_entry.empty())
            come_.add(stored_mark(new_entry), with_key(key, new_entry));
    }

    static std::string with_key(std::string_view key, std::string_view octets) {
        std::string joined;
        append_stored(joined, key, octets);
        return joined;
    }

    void pair_by_mark() {
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
                left_.insert(stored_mark(old_item));
                moved_.add(stored_mark(old_item), with_key(old_item, new_item));
            } else if (order <= 0)
                add_deleted(old_item);
            else
                add_added(new_item);
            if (!pair)
                summary_.unmarked += (order <= 0 ? old_mark : new_mark).empty();
            if (order <= 0)
                has_old = gone_.next(old_mark, old_item);
            if (pair || order > 0)
                has_new = come_.next(new_mark, new_item);
        }
    }

    // What keeps its name while another object takes that of its container: it moves, too.
    void find_left_behind() {
        if (left_.is_empty())
            return;
        for_each_pair([this](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
            if (old_entry.empty() || new_entry.empty() ||
                !may_be_one(stored_mark(old_entry), stored_mark(new_entry)))
                return;
            for (auto above = parent_key(key); !above.empty(); above = parent_key(above))
                if (left_.may_contain(above))
                    return moved_.add(key, with_key(with_key(key, old_entry), with_key(key, new_entry)));
        });
    }

    // Names whose object is deleted while another one of that name is made.
    void count_remade() {
        std::string_view key;
        std::string_view none;
        std::string last;
        remade_.rewind();
        while (remade_.next(key, none)) {
            summary_.remade += key == last ? 1U : 0U;
            last = key;
        }
    }

    void add_deleted(std::string_view item) {
        auto const key = stored_mark(item);
        left_.insert(key);
        remade_.add(key, {});
        deleted_.add(leaf_first(key), with_key(key, stored_dn(stored_dn(item))));
    }

    void add_added(std::string_view item) {
        remade_.add(stored_mark(item), {});
        added_.add(stored_mark(item), stored_dn(item));
    }

    // By old key, so that a container comes before what it takes along.
    void plan_renames() {
        tell_deletions();
        moved_.rewind();
        respelled_.rewind();
        std::string_view key;
        std::string_view items;
        std::string_view respelled_key;
        std::string_view names;
        bool has_respelled = respelled_.next(respelled_key, names);
        bool has_moved = moved_.next(key, items);
        while (has_moved || has_respelled) {
            if (has_respelled && has_moved && respelled_key == key) {
                has_respelled = respelled_.next(respelled_key, names);
            } else if (has_respelled && (!has_moved || respelled_key < key)) {
                plan_.add({std::string(respelled_key), std::string(respelled_key),
                           std::string(stored_mark(names)), std::string(stored_dn(names))});
                has_respelled = respelled_.next(respelled_key, names);
            } else {
                add_moved(key, items);
                has_moved = moved_.next(key, items);
            }
        }
        tell_additions();
    }

    void add_moved(std::string_view key, std::string_view items) {
        auto const old_item = stored_mark(items);
        auto const new_item = stored_dn(items);
        plan_.add({std::string(key), std::string(stored_mark(new_item)),
                   std::string(stored_dn(stored_dn(old_item))), std::string(stored_dn(stored_dn(new_item)))});
    }

    void tell_deletions() {
        std::string_view key;
        std::string_view item;
        deleted_.rewind();
        while (deleted_.next(key, item))
            plan_.add_deleted(stored_mark(item));
    }

    void tell_additions() {
        if (plan_.count() == 0)
            return;
        std::string_view key;
        std::string_view item;
        added_.rewind();
        while (added_.next(key, item))
            plan_.add_new(key);
        plan_.find_needed_containers();
    }

    static std::string primary_group(std::string_view octets) {
        (void)take_text(octets);
        (void)take_text(octets);
        while (!octets.empty()) {
            auto const description = take_text(octets);
            auto const value = take_text(octets);
            if (equals_keyword(description, "primarygroupid"))
                return std::string(value);
        }
        return {};
    }

    // Accounts that get another primary group than they have, or than the server gives them.
    void find_primary_groups() {
        auto const note = [this](std::string_view key, std::string_view old_entry,
                                 std::string_view new_entry) {
            auto const before = primary_group(old_entry);
            auto const now = primary_group(new_entry);
            if (!before.empty() && !now.empty() && before != now)
                primary_groups_.add(key, stored_dn(new_entry), before, now);
        };
        for_each_pair([&](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
            if (!old_entry.empty() && !new_entry.empty() && old_entry != new_entry &&
                may_be_one(stored_mark(old_entry), stored_mark(new_entry)))
                note(key, old_entry, new_entry);
        });
        std::string_view key;
        std::string_view item;
        moved_.rewind();
        while (moved_.next(key, item))
            if (key != stored_mark(stored_dn(item)))
                note(stored_mark(stored_dn(item)), stored_dn(stored_mark(item)), stored_dn(stored_dn(item)));
        added_.rewind();
        while (added_.next(key, item)) {
            auto const now = primary_group(item);
            auto const given = now.empty() ? std::string() : default_primary_group(load_stored(item));
            if (!given.empty() && now != given)
                primary_groups_.add(key, stored_dn(item), given, now);
        }
    }

    result<void> emit_all() {
        collect_containers();
        plan_.emit_first(emit_);
        emit_deletions();
        if (!plan_.emit_rest(emit_)) {
            parse_error error;
            error.expected = "renames that can be done one after the other";
            error.found = "names that stand in each other's way";
            return tl::unexpected(std::move(error));
        }
        emit_additions();
        emit_modifications();
        emit_late_links();
        primary_groups_.emit(emit_);
        return {};
    }

    void collect_containers() {
        std::string_view key;
        std::string_view item;
        added_.rewind();
        while (plan_.count() != 0 && added_.next(key, item))
            if (plan_.needs_container(key))
                plan_.add_container(key, addition(key, item));
    }

    void emit_deletions() {
        deleted_.rewind();
        std::string_view key;
        std::string_view item;
        while (deleted_.next(key, item)) {
            record change;
            change.dn = plan_.current_name(stored_mark(item), stored_dn(item));
            change.changetype = change_type::delete_entry;
            emit_(change);
            ++summary_.deleted;
        }
    }

    // The record for a new entry; links that must wait for what comes after it are stored for later.
    record addition(std::string_view key, std::string_view stored) {
        ++summary_.added;
        record change;
        entry const described = load_stored(stored);
        tell(partial_attributes(described));
        change.dn = described.dn;
        change.changetype = change_type::add;
        std::string waiting;
        append_stored(waiting, {}, described.dn);
        std::size_t const empty = waiting.size();
        bool const is_early = plan_.needs_container(key);
        for (auto const& it : described.attributes)
            for (auto const& value : it.values)
                if (is_refused_in_additions(it.description, value))
                    choice_.leave_out(it.description);
                else if (options_.schema->rules_of(it.description).is_forward_link &&
                         (is_early || tree_key(value) > key))
                    append_stored_value(waiting, it.description, value);
                else
                    change.attributes.push_back({it.description, value});
        if (waiting.size() != empty)
            late_.add(key, waiting);
        return change;
    }

    void emit_additions() {
        added_.rewind();
        std::string_view key;
        std::string_view item;
        while (added_.next(key, item))
            if (!plan_.needs_container(key))
                emit_(addition(key, item));
    }

    void emit_modifications() {
        for_each_pair([this](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
            if (!old_entry.empty() && !new_entry.empty() &&
                may_be_one(stored_mark(old_entry), stored_mark(new_entry)))
                emit_modification(key, old_entry, new_entry);
        });
        moved_.rewind();
        std::string_view key;
        std::string_view both;
        while (moved_.next(key, both))
            if (key != stored_mark(stored_dn(both))) // the others have been met by their name
                emit_modification(stored_mark(stored_dn(both)), stored_dn(stored_mark(both)),
                                  stored_dn(stored_dn(both)));
    }

    void tell(std::vector<partial_values> const& found) {
        summary_.partial += found.size();
        for (auto const& it : found)
            if (options_.tell_partial)
                options_.tell_partial(it);
    }

    void emit_modification(std::string_view key, std::string_view old_octets, std::string_view new_octets) {
        if (old_octets == new_octets && plan_.is_empty() && !primary_groups_.concerns(key) && !has_ranges_) {
            ++summary_.unchanged;
            return;
        }
        auto old_entry = load_stored(old_octets);
        auto new_entry = load_stored(new_octets);
        plan_.follow(old_entry, *options_.schema);
        primary_groups_.adjust(key, old_entry, new_entry);
        tell(leave_out_unknown(old_entry, new_entry, *options_.schema));
        record change;
        change.modifications = compare(old_entry, new_entry, *options_.schema);
        if (primary_groups_.moves(key))
            std::erase_if(change.modifications,
                          [](auto const& it) { return equals_keyword(it.description, "primarygroupid"); });
        if (change.modifications.empty()) {
            ++summary_.unchanged;
            return;
        }
        change.dn = new_entry.dn;
        change.changetype = change_type::modify;
        emit_(change);
        ++summary_.modified;
    }

    void emit_late_links() {
        late_.rewind();
        std::string_view key;
        std::string_view item;
        while (late_.next(key, item)) {
            auto const described = load_stored(item);
            record change;
            change.dn = described.dn;
            change.changetype = change_type::modify;
            for (auto const& it : described.attributes)
                change.modifications.push_back({modification_operation::add, it.description, it.values});
            emit_(change);
        }
    }

    std::function<void(record const&)> const& emit_;
    compare_options const& options_;
    attribute_choice choice_;
    external_sorter before_; // by tree key
    external_sorter after_;
    external_sorter gone_; // by mark
    external_sorter come_;
    external_sorter moved_;   // by old tree key
    external_sorter deleted_; // by leaf_first
    external_sorter added_;   // by tree key
    external_sorter late_;
    external_sorter respelled_; // by tree key
    external_sorter remade_;    // tree keys of what is deleted and of what is added
    key_filter left_;           // old keys of what moves or goes
    bool matches_by_name_;
    bool has_ranges_ = false; // "member;range=0-1499" occurs
    primary_group_plan primary_groups_;
    rename_plan plan_;
    std::uint64_t size_ = 0; // of both exports
    compare_summary summary_;
};

} // namespace

result<compare_summary> compare(reader& before, reader& after, std::function<void(record const&)> const& emit,
                                compare_options const& options) {
    return with_storage<parse_error>([&] { return comparison(emit, options).run(before, after); });
}

} // namespace dsplan::ldif
