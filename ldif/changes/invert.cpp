#include <ldif/attribute_description.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/changes/invert.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/changes/storage/stored_record.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace dsplan::ldif {
namespace {

using status = tl::expected<void, invert_error>;

constexpr std::array<std::string_view, 6> secrets{"unicodepwd",   "userpassword", "dbcspwd",
                                                  "ntpwdhistory", "lmpwdhistory", "supplementalcredentials"};

bool is_secret(std::string_view description) {
    return std::any_of(secrets.begin(), secrets.end(),
                       [&](auto name) { return equals_keyword(attribute_name(description), name); });
}

tl::unexpected<invert_error> refuse(record const& change, std::string expected, std::string found,
                                    std::string hint) {
    return tl::unexpected(
        invert_error{change.line, change.dn, std::move(expected), std::move(found), std::move(hint)});
}

bool is_deletion(record const& change) {
    return change.changetype == change_type::delete_entry ||
           change.changetype == change_type::ntds_schema_delete;
}

bool is_modification(record const& change) {
    return change.changetype == change_type::modify || change.changetype == change_type::ntds_schema_modify;
}

// Values that lie one by one are undone one by one, whatever else the attribute holds.
bool is_undone_by_value(modification const& change, attribute_schema const& schema) {
    return schema.rules_of(change.description).is_name_valued && !change.values.empty() &&
           (change.operation == modification_operation::add ||
            change.operation == modification_operation::delete_values);
}

modification opposite(modification const& change) {
    bool const was_added = change.operation == modification_operation::add;
    return {was_added ? modification_operation::delete_values : modification_operation::add,
            change.description, change.values};
}

// All entries of a tree, to be compared with it later.
class snapshot {
public:
    explicit snapshot(directory_tree const& tree) : sorter_(tree.options().memory / 4) {
        std::string octets;
        tree.for_each([&](std::string_view key, entry const& it) {
            octets.clear();
            append_stored(octets, {}, it.dn);
            for (auto const& attribute : it.attributes)
                for (auto const& value : attribute.values)
                    append_stored_value(octets, attribute.description, value);
            sorter_.add(key, octets);
        });
    }

    // The name of the first object that is not as it was; nothing where all are.
    std::optional<std::string> difference(directory_tree const& tree) {
        sorter_.rewind();
        std::string_view old_key;
        std::string_view octets;
        bool has_old = sorter_.next(old_key, octets);
        std::optional<std::string> found;
        tree.for_each([&](std::string_view key, entry const& it) {
            if (found)
                return;
            if (!has_old || old_key != key ||
                !compare(load_stored(octets), it, *tree.options().schema).empty())
                found = has_old && old_key < key ? std::string(stored_dn(octets)) : it.dn;
            has_old = sorter_.next(old_key, octets);
        });
        return found || !has_old ? found : std::optional(std::string(stored_dn(octets)));
    }

private:
    external_sorter sorter_; // by tree key
};

// Undoes changes one by one while it does them.
class inverter {
public:
    using failure = std::variant<parse_error, invert_error>;

    inverter(directory_tree& tree, std::set<std::string, std::less<>> const& seen,
             std::function<void(lost_state const&)> const& lose,
             std::function<void(std::size_t, std::size_t)> const& progress)
        : tree_(tree)
        , schema_(*tree.options().schema)
        , seen_(seen)
        , lose_(lose)
        , progress_(progress)
        , before_(tree)
        , undone_(tree.options().memory / 4) {}

    tl::expected<invert_summary, failure> run(change_file const& changes,
                                              std::function<void(record const&)> const& emit) {
        auto const done = for_each_change<failure>(changes, [this](record const& change) {
            ++summary_.changes;
            return undo(change).map_error([](invert_error refused) { return failure(std::move(refused)); });
        });
        if (!done)
            return tl::unexpected(done.error());
        undone_.rewind();
        if (auto proven = prove(); !proven)
            return tl::unexpected(failure(std::move(proven.error())));
        undone_.rewind();
        std::string_view key;
        std::string_view octets;
        while (undone_.next(key, octets))
            emit(load_record(octets));
        return summary_;
    }

private:
    // Records of later changes come first, those of one change in their order.
    void keep(record const& undoing) {
        std::string key;
        append_sorted(key, ~static_cast<std::uint64_t>(summary_.changes));
        std::string octets;
        append_stored_record(octets, undoing);
        undone_.add(key, octets);
        ++summary_.records;
    }

    void lose(lost_state const& lost) {
        ++summary_.lost;
        lose_(lost);
    }

    // Does one change and keeps what undoes it.
    status undo(record const& change) {
        if (normalize(change.dn).value_or("x").empty()) {
            keep(change); // the rootDSE: reading the schema again is wanted after the rollback too
            return {};
        }
        if (auto known = check_known(change); !known)
            return known;
        bool const existed = tree_.contains(change.dn);
        auto const before = !existed                  ? std::nullopt
                            : is_deletion(change)     ? tree_.find(change.dn)
                            : is_modification(change) ? tree_.find(change.dn, compared(change))
                                                      : tree_.find(change.dn, {});
        auto const links = is_deletion(change) && existed ? tree_.links_to(change.dn) : std::vector<record>();
        if (auto done = tree_.apply(change); !done)
            return refuse(change, done.error().expected, done.error().found,
                          "a rollback is made for changes that can be applied to the export");
        if (existed && is_deletion(change))
            undo_deletion(change, *before, links);
        else if (existed && change.renamed)
            undo_rename(change, *before);
        else if (existed && is_modification(change))
            undo_modification(change, *before);
        else if (!existed && tree_.contains(change.dn))
            undo_addition(change);
        return {};
    }

    status check_known(record const& change) const {
        if (!is_modification(change))
            return {};
        for (auto const& it : change.modifications) {
            if (is_secret(it.description))
                return refuse(change, "an attribute that can be read", ldif::quoted(it.description),
                              "no export holds the old password: take this change out and undo it by hand");
            bool const needs_old =
                it.operation == modification_operation::replace ||
                (it.operation == modification_operation::delete_values && it.values.empty());
            std::string name(attribute_name(it.description));
            std::transform(name.begin(), name.end(), name.begin(), to_lower);
            if (needs_old && !seen_.contains(name))
                return refuse(change, fmt::format("the old values of {}", it.description),
                              "an export without that attribute", "export it too (ldifde -l)");
        }
        return {};
    }

    // The attributes whose old and new values are compared to undo a modification.
    [[nodiscard]] std::set<std::string, std::less<>> compared(record const& change) const {
        std::set<std::string, std::less<>> names;
        for (auto const& it : change.modifications)
            if (!is_undone_by_value(it, schema_))
                names.insert(it.description);
        return names;
    }

    void undo_deletion(record const& change, entry const& before, std::vector<record> const& links) {
        record addition;
        addition.dn = before.dn;
        addition.changetype = change_type::add;
        std::string left_out;
        for (auto const& it : before.attributes) {
            if (schema_.is_outside_change_files(it.description)) {
                left_out += left_out.empty() ? it.description : ", " + it.description;
                continue;
            }
            for (auto const& value : it.values)
                addition.attributes.push_back({it.description, value});
        }
        lose({lost_kind::deleted_object, change.line, before.dn,
              fmt::format("the object itself: another one is made, with a new objectGUID and "
                          "objectSid and without a password{}{}",
                          left_out.empty() ? "" : "; not set again: ", left_out)});
        keep(addition);
        for (auto const& it : links)
            keep(it);
    }

    void undo_addition(record const& change) {
        bool const is_schema = change.changetype == change_type::ntds_schema_add;
        if (is_schema)
            lose({lost_kind::schema_addition, change.line, change.dn,
                  "an addition to the schema: Active Directory never deletes it; it can only be "
                  "made defunct"});
        record deletion;
        deletion.dn = change.dn;
        deletion.changetype = is_schema ? change_type::ntds_schema_delete : change_type::delete_entry;
        keep(deletion);
    }

    void undo_rename(record const& change, entry const& before) {
        auto const superior = change.renamed->superior && !change.renamed->superior->empty()
                                  ? *change.renamed->superior
                                  : std::string(parent_text(change.dn));
        auto const& rdn = change.renamed->relative_distinguished_name;
        record back;
        back.dn = superior.empty() ? rdn : rdn + "," + superior;
        back.changetype = change.changetype;
        back.renamed = new_name{std::string(first_rdn_text(before.dn)), true, std::nullopt};
        if (change.renamed->superior && !change.renamed->superior->empty())
            back.renamed->superior = std::string(parent_text(before.dn));
        keep(back);
    }

    // Attributes that are compared first; the others value by value, the last modification first.
    void undo_modification(record const& change, entry const& before) {
        auto const names = compared(change);
        record back;
        back.dn = change.dn;
        back.changetype = change.changetype;
        back.modifications = compare(*tree_.find(change.dn, names), before, schema_);
        for (auto it = change.modifications.rbegin(); it != change.modifications.rend(); ++it) {
            bool const is_compared = std::any_of(names.begin(), names.end(), [&it](auto const& name) {
                return same_description(name, it->description);
            });
            if (!is_compared)
                back.modifications.push_back(opposite(*it));
        }
        if (!back.modifications.empty())
            keep(back);
    }

    // Applies the rollback and looks at every entry.
    status prove() {
        std::string_view key;
        std::string_view octets;
        for (std::size_t tried = 0; undone_.next(key, octets);) {
            if (progress_)
                progress_(++tried, summary_.records);
            auto const undoing = load_record(octets);
            if (auto done = tree_.apply(undoing); !done)
                return tl::unexpected(invert_error{0, undoing.dn, done.error().expected, done.error().found,
                                                   "the rollback was tried and failed"});
        }
        auto const different = before_.difference(tree_);
        if (!different)
            return {};
        return tl::unexpected(invert_error{0, *different, "the object as it is in the export", "it changed",
                                           "the rollback was tried and did not restore it"});
    }

    directory_tree& tree_;
    attribute_schema const& schema_;
    std::set<std::string, std::less<>> const& seen_;
    std::function<void(lost_state const&)> const& lose_;
    std::function<void(std::size_t, std::size_t)> const& progress_;
    snapshot before_;
    external_sorter undone_; // records by change, the last first
    invert_summary summary_;
};

} // namespace

std::string message(invert_error const& error) {
    return fmt::format("expected {}, found {}", error.expected, error.found);
}

tl::expected<invert_summary, std::variant<parse_error, invert_error>>
invert(change_file const& changes, directory_tree& base, std::set<std::string, std::less<>> const& seen,
       std::function<void(record const&)> const& emit, std::function<void(lost_state const&)> const& lose,
       std::function<void(std::size_t tried, std::size_t all)> const& progress) {
    return with_storage<inverter::failure>(
        [&] { return inverter(base, seen, lose, progress).run(changes, emit); });
}

} // namespace dsplan::ldif
