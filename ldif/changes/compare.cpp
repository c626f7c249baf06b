#include <ldif/attribute_description.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/changes/comparison/export_pair.hpp>
#include <ldif/changes/comparison/object_pairs.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/restoration.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/primary_group_plan.hpp>
#include <ldif/changes/storage/rename_plan.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/changes/storage_failure.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>

namespace dsplan::ldif {
namespace {

std::string primary_group_of(std::string_view stored) {
    (void)take_text(stored);
    (void)take_text(stored);
    while (!stored.empty()) {
        auto const description = take_text(stored);
        auto const value = take_text(stored);
        if (equals_keyword(description, "primarygroupid"))
            return std::string(value);
    }
    return {};
}

// Two exports and what became of their objects.
struct compared_exports {
    explicit compared_exports(compare_options const& options)
        : exports(options)
        , objects(options.memory / 8)
        , primary_groups(options.memory / 8)
        , renames(options.memory / 2) {}

    result<void> read(reader& before, reader& after) {
        auto const see_group = [this](std::string_view key, record_view const& record) {
            primary_groups.add_group(key, record);
        };
        if (auto done = exports.load(before, after, see_group); !done)
            return done;
        objects.find(exports);
        plan_renames();
        find_primary_groups();
        return {};
    }

    // By old key, so that a container comes before what it takes along.
    void plan_renames() {
        objects.for_each_deleted(
            [this](std::string_view key, std::string_view) { renames.add_deleted(key); });
        objects.for_each_renamed([this](rename_plan::rename const& renamed) { renames.add(renamed); });
        if (renames.count() == 0)
            return;
        objects.for_each_added([this](std::string_view key, std::string_view) { renames.add_new(key); });
        renames.find_needed_containers();
    }

    // Accounts that get another primary group than they have, or than the server gives them.
    void find_primary_groups() {
        auto const note = [this](std::string_view key, std::string_view old_entry,
                                 std::string_view new_entry) {
            auto const before = primary_group_of(old_entry);
            auto const now = primary_group_of(new_entry);
            if (!before.empty() && !now.empty() && before != now)
                primary_groups.add(key, stored_dn(new_entry), before, now);
        };
        exports.for_each_kept(
            [&](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
                if (old_entry != new_entry)
                    note(key, old_entry, new_entry);
            });
        objects.for_each_moved([&](moved_object const& moved) {
            if (moved.old_key != moved.new_key)
                note(moved.new_key, moved.old_entry, moved.new_entry);
        });
        objects.for_each_added([this](std::string_view key, std::string_view stored) {
            auto const now = primary_group_of(stored);
            auto const given = now.empty() ? std::string() : default_primary_group(load_stored(stored));
            if (!given.empty() && now != given)
                primary_groups.add(key, stored_dn(stored), given, now);
        });
    }

    export_pair exports;
    object_pairs objects;
    primary_group_plan primary_groups;
    rename_plan renames;
};

// Gives the changes in an order in which they can be applied.
class change_writer {
public:
    change_writer(compared_exports& from, std::function<void(record const&)> const& emit,
                  compare_options const& options)
        : from_(from)
        , emit_(emit)
        , options_(options)
        , late_(options.memory / 8) {}

    result<compare_summary> write_all() {
        collect_containers();
        from_.renames.emit_first(emit_);
        write_deletions();
        if (!from_.renames.emit_rest(emit_)) {
            parse_error error;
            error.expected = "renames that can be done one after the other";
            error.found = "names that stand in each other's way";
            return tl::unexpected(std::move(error));
        }
        write_additions();
        write_modifications();
        write_late_links();
        from_.primary_groups.emit(emit_);
        summary_.unmarked = from_.objects.unmarked();
        summary_.remade = from_.objects.count_remade();
        summary_.renamed = from_.renames.count();
        summary_.left_out = from_.exports.left_out();
        return summary_;
    }

private:
    void collect_containers() {
        if (from_.renames.count() == 0)
            return;
        from_.objects.for_each_added([this](std::string_view key, std::string_view stored) {
            if (from_.renames.needs_container(key))
                from_.renames.add_container(key, addition(key, stored));
        });
    }

    void write_deletions() {
        from_.objects.for_each_deleted([this](std::string_view key, std::string_view dn) {
            record change;
            change.dn = from_.renames.current_name(key, dn);
            change.changetype = change_type::delete_entry;
            emit_(change);
            ++summary_.deleted;
        });
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
        bool const is_early = from_.renames.needs_container(key);
        for (auto const& it : described.attributes)
            for (auto const& value : it.values)
                if (is_refused_in_additions(it.description, value))
                    from_.exports.leave_out(it.description);
                else if (options_.schema->rules_of(it.description).is_forward_link &&
                         (is_early || tree_key(value) > key))
                    append_stored_value(waiting, it.description, value);
                else
                    change.attributes.push_back({it.description, value});
        if (waiting.size() != empty)
            late_.add(key, waiting);
        return change;
    }

    void write_additions() {
        from_.objects.for_each_added([this](std::string_view key, std::string_view stored) {
            if (!from_.renames.needs_container(key))
                emit_(addition(key, stored));
        });
    }

    void write_modifications() {
        from_.exports.for_each_kept(
            [this](std::string_view key, std::string_view old_entry, std::string_view new_entry) {
                write_modification(key, old_entry, new_entry);
            });
        from_.objects.for_each_moved([this](moved_object const& moved) {
            if (moved.old_key != moved.new_key) // the others have been met by their name
                write_modification(moved.new_key, moved.old_entry, moved.new_entry);
        });
    }

    void tell(std::vector<partial_values> const& found) {
        summary_.partial += found.size();
        for (auto const& it : found)
            if (options_.tell_partial)
                options_.tell_partial(it);
    }

    void write_modification(std::string_view key, std::string_view old_octets, std::string_view new_octets) {
        if (old_octets == new_octets && from_.renames.is_empty() && !from_.primary_groups.concerns(key) &&
            !from_.exports.has_ranges()) {
            ++summary_.unchanged;
            return;
        }
        auto old_entry = load_stored(old_octets);
        auto new_entry = load_stored(new_octets);
        from_.renames.follow(old_entry, *options_.schema);
        from_.primary_groups.adjust(key, old_entry, new_entry);
        tell(leave_out_unknown(old_entry, new_entry, *options_.schema));
        record change;
        change.modifications = compare(old_entry, new_entry, *options_.schema);
        if (from_.primary_groups.moves(key))
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

    void write_late_links() {
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

    compared_exports& from_;
    std::function<void(record const&)> const& emit_;
    compare_options const& options_;
    external_sorter late_; // links of new objects to what comes after them
    compare_summary summary_;
};

} // namespace

result<compare_summary> compare(reader& before, reader& after, std::function<void(record const&)> const& emit,
                                compare_options const& options) {
    return with_storage<parse_error>([&]() -> result<compare_summary> {
        compared_exports compared(options);
        if (auto done = compared.read(before, after); !done)
            return tl::unexpected(std::move(done.error()));
        return change_writer(compared, emit, options).write_all();
    });
}

} // namespace dsplan::ldif
