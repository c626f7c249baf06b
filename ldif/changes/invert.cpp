#include <ldif/attribute_description.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/changes/former_names.hpp>
#include <ldif/changes/invert.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/restoration.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/changes/storage/stored_record.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
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

bool is_tree_deletion(record const& change) {
    return is_deletion(change) &&
           std::any_of(change.controls.begin(), change.controls.end(), [](auto const& it) {
               return it.oid == "1.2.840.113556.1.4.805"; // MS-ADTS 3.1.1.3.4.1.15
           });
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

// What an account that is made again, or whose password was changed, does not get back.
constexpr std::array<std::string_view, 4> restored_apart{"useraccountcontrol", "pwdlastset", "primarygroupid",
                                                         "sidhistory"};

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
                    append_stored_value(octets, written_description(attribute), value);
            sorter_.add(key, octets);
        });
    }

    // The name of the first object that is not as it was; nothing where all are.
    // `is_restored` objects may differ in what no import sets again, `is_deleted` ones are gone.
    std::optional<std::string> difference(directory_tree const& tree,
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

private:
    static bool is_equal(entry const& before, entry const& now, attribute_schema const& schema,
                         bool is_restored) {
        auto const changes = compare(before, now, schema);
        return std::all_of(changes.begin(), changes.end(), [&](modification const& it) {
            return is_restored && std::any_of(restored_apart.begin(), restored_apart.end(), [&it](auto name) {
                       return equals_keyword(it.description, name);
                   });
        });
    }

    external_sorter sorter_; // by tree key
};

// Undoes changes one by one while it does them.
class inverter {
public:
    using failure = std::variant<parse_error, invert_error>;

    inverter(directory_tree& tree, std::set<std::string, std::less<>> const& seen,
             std::function<void(lost_state const&)> const& lose,
             std::function<void(std::size_t, std::size_t)> const& progress, bool is_complete)
        : tree_(tree)
        , schema_(*tree.options().schema)
        , seen_(seen)
        , lose_(lose)
        , progress_(progress)
        , is_complete_(is_complete)
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
        summary_.lost += lost.kind == lost_kind::unknown_values ? 0U : 1U;
        lose_(lost);
    }

    // Does one change and keeps what undoes it.
    status undo(record const& given) {
        auto const change = tree_.meant(given);
        if (normalize(change.dn).value_or("x").empty()) {
            keep(change); // the rootDSE: reading the schema again is wanted after the rollback too
            return {};
        }
        if (auto known = check_known(change); !known)
            return known;
        bool const existed = tree_.contains(change.dn);
        bool const is_tree = existed && is_tree_deletion(change);
        if (is_tree)
            undo_tree_deletion(change);
        auto const before = !existed                  ? std::nullopt
                            : is_deletion(change)     ? tree_.find(change.dn)
                            : is_modification(change) ? tree_.find(change.dn, compared(change))
                                                      : tree_.find(change.dn, {});
        auto const links = is_deletion(change) && existed ? tree_.links_to(change.dn) : std::vector<record>();
        if (auto done = tree_.apply(change); !done)
            return refuse(change, done.error().expected, done.error().found,
                          "a rollback is made for changes that can be applied to the export");
        for (auto const& it : tree_.doubts())
            if (it.fault == apply_fault::no_such_attribute)
                lose({lost_kind::unknown_values, change.line, change.dn,
                      it.expected + ": the export holds " + it.found});
        if (is_tree)
            return {};
        if (existed && is_modification(change) && !tree_.contains(change.dn))
            undo_undelete(change);
        else if (existed && is_deletion(change))
            undo_deletion(change, *before, links);
        else if (existed && change.renamed)
            undo_rename(change, *before);
        else if (existed && is_modification(change))
            undo_modification(change, *before);
        else if (!existed && tree_.contains(change.dn))
            undo_addition(change);
        for (auto const& it : tree_.made_principals())
            keep_deletion(it);
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
            auto const name = lower_case(attribute_name(it.description));
            // Of any other change the tree refuses them.
            bool const is_of_undelete = name == "distinguishedname" || name == "isdeleted";
            if (needs_old && !seen_.contains(name) && !is_complete_ && !is_of_undelete)
                return refuse(
                    change, fmt::format("the old values of {}", it.description),
                    "an export without that attribute",
                    "export it too (ldifde -l); if it was asked for and no object has it, say --complete");
            if (needs_old && tree_.is_open(change.dn, it.description))
                return refuse(change, fmt::format("all values of {}", it.description), "a range of them",
                              "the rollback would lose those after it: export the attribute whole");
        }
        return {};
    }

    // In lower case: the attributes whose old and new values are compared to undo a modification.
    [[nodiscard]] std::set<std::string, std::less<>> compared(record const& change) const {
        std::set<std::string, std::less<>> names;
        for (auto const& it : change.modifications)
            if (!is_undone_by_value(it, schema_))
                names.insert(lower_case(it.description));
        return names;
    }

    // All objects are made again before the links between them and to them.
    void undo_tree_deletion(record const& change) {
        auto const top = tree_key(change.dn);
        tree_.for_each_below(change.dn, [&](entry const& it) {
            auto const made = restore(without_links_into(top, it), {}, tree_);
            tell_deletion(change, it.dn, made);
            keep(made.records.front());
        });
        tree_.for_each_below(change.dn, [&](entry const& it) {
            auto const made = restore(without_links_into(top, it), tree_.links_to(it.dn), tree_);
            for (auto place = made.records.begin() + 1; place != made.records.end(); ++place)
                keep(*place);
        });
    }

    entry without_links_into(std::string const& top, entry whole) const {
        auto const self = tree_key(whole.dn);
        for (auto& it : whole.attributes)
            if (schema_.rules_of(it.description).is_forward_link)
                std::erase_if(it.values, [&](auto const& value) {
                    auto const named = tree_key(name_part(value));
                    return named != self && is_within(named, top);
                });
        return whole;
    }

    // The object goes where it was, to be found there under a name that the server makes.
    void undo_undelete(record const& change) {
        lose({lost_kind::revived_object, change.line, change.dn,
              "the deleted object as it was: it is deleted again, with the values and the time of then"});
        deleted_.put(key_in_export(change.dn), {});
        for (auto const& it : change.modifications)
            if (equals_keyword(it.description, "distinguishedname") && !it.values.empty())
                keep_deletion(it.values.front());
    }

    void undo_deletion(record const& change, entry const& before, std::vector<record> const& links) {
        auto const made = restore(before, links, tree_);
        tell_deletion(change, before.dn, made);
        for (auto const& it : made.records)
            keep(it);
    }

    void tell_deletion(record const& change, std::string const& dn, restoration const& made) {
        std::string left_out;
        for (auto const& it : made.left_out)
            left_out += left_out.empty() ? it : ", " + it;
        lose({lost_kind::deleted_object, change.line, dn,
              fmt::format("the object itself: another one is made, with a new objectGUID and "
                          "objectSid and without a password{}{}{}",
                          made.is_disabled ? ", disabled, with pwdLastSet 0" : "",
                          left_out.empty() ? "" : "; not set again: ", left_out)});
        restored_.put(key_in_export(dn), {});
    }

    // Under the name that the object had before all changes.
    [[nodiscard]] std::string key_in_export(std::string_view dn) const {
        return names_.original(tree_key(dn));
    }

    void keep_deletion(std::string const& dn) {
        record deletion;
        deletion.dn = dn;
        deletion.changetype = change_type::delete_entry;
        keep(deletion);
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
        names_.rename(tree_key(change.dn), tree_key(back.dn), key_in_export(change.dn));
        keep(back);
    }

    // Attributes that are compared first; the others value by value, the last modification first.
    void undo_modification(record const& change, entry const& before) {
        auto const names = compared(change);
        record back;
        back.dn = change.dn;
        back.changetype = change.changetype;
        back.modifications = compare(*tree_.find(change.dn, names), before, schema_);
        for (auto it = change.modifications.rbegin(); it != change.modifications.rend(); ++it)
            if (!names.contains(lower_case(it->description)))
                back.modifications.push_back(opposite(*it));
        set_password_times(change, back);
        if (!back.modifications.empty())
            keep(back);
    }

    // No client can write the time of a password again.
    void set_password_times(record const& change, record& back) {
        for (auto& it : back.modifications) {
            if (!equals_keyword(it.description, "pwdlastset"))
                continue;
            if (!it.values.empty() && !is_password_time(it.description, it.values.front()))
                continue;
            it = {modification_operation::replace, it.description, {"-1"}};
            restored_.put(key_in_export(change.dn), {});
            lose({lost_kind::password_time, change.line, change.dn,
                  "the time in pwdLastSet: -1 sets it to that of the rollback"});
        }
    }

    // Applies the rollback and looks at every entry.
    status prove() {
        std::string_view key;
        std::string_view octets;
        tree_.trust_names();
        for (std::size_t tried = 0; undone_.next(key, octets);) {
            if (progress_)
                progress_(++tried, summary_.records);
            auto const undoing = load_record(octets);
            if (auto done = tree_.apply(undoing); !done)
                return tl::unexpected(invert_error{0, undoing.dn, done.error().expected, done.error().found,
                                                   "the rollback was tried and failed"});
        }
        auto const different = before_.difference(
            tree_, [this](std::string_view it) { return restored_.contains(it); },
            [this](std::string_view it) { return deleted_.contains(it); });
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
    bool is_complete_;
    former_names names_;
    ordered_store restored_{std::size_t{1} << 20}; // tree keys of what comes back but in part
    ordered_store deleted_{std::size_t{1} << 20};  // of deleted objects that were revived
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
       std::function<void(std::size_t tried, std::size_t all)> const& progress, bool is_complete) {
    return with_storage<inverter::failure>(
        [&] { return inverter(base, seen, lose, progress, is_complete).run(changes, emit); });
}

} // namespace dsplan::ldif
