#include <ldif/attribute_description.hpp>
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/changes/inversion/rollback.hpp>
#include <ldif/changes/inversion/tree_snapshot.hpp>
#include <ldif/changes/invert.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/restoration.hpp>
#include <ldif/changes/storage_failure.hpp>
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

using inversion = tl::expected<void, invert_error>;
using inversion_failure = std::variant<parse_error, invert_error>;

constexpr std::array<std::string_view, 6> secrets{"unicodepwd",   "userpassword", "dbcspwd",
                                                  "ntpwdhistory", "lmpwdhistory", "supplementalcredentials"};

bool is_secret(std::string_view description) {
    return std::any_of(secrets.begin(), secrets.end(),
                       [&](auto name) { return equals_keyword(attribute_name(description), name); });
}

tl::unexpected<invert_error> cannot_undo(record const& change, std::string expected, std::string found,
                                         std::string hint) {
    return tl::unexpected(
        invert_error{change.line, change.dn, std::move(expected), std::move(found), std::move(hint)});
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

// Undoes changes one by one while it does them.
class inverter {
public:
    inverter(directory_tree& tree, std::set<std::string, std::less<>> const& seen, bool is_complete,
             rollback& kept)
        : tree_(tree)
        , schema_(*tree.options().schema)
        , seen_(seen)
        , is_complete_(is_complete)
        , kept_(kept) {}

    // Does one change and keeps what undoes it.
    inversion undo(record const& given) {
        auto const change = tree_.meant(given);
        if (normalize(change.dn).value_or("x").empty()) {
            kept_.keep(change); // the rootDSE: reading the schema again is wanted after the rollback too
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
            return cannot_undo(change, done.error().expected, done.error().found,
                               "a rollback is made for changes that can be applied to the export");
        for (auto const& it : tree_.doubts())
            if (it.fault == apply_fault::no_such_attribute)
                kept_.lose({lost_kind::unknown_values, change.line, change.dn,
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
            kept_.keep_deletion(it);
        return {};
    }

private:
    inversion check_known(record const& change) const {
        if (!is_modification(change))
            return {};
        for (auto const& it : change.modifications) {
            if (is_secret(it.description))
                return cannot_undo(
                    change, "an attribute that can be read", ldif::quoted(it.description),
                    "no export holds the old password: take this change out and undo it by hand");
            bool const needs_old =
                it.operation == modification_operation::replace ||
                (it.operation == modification_operation::delete_values && it.values.empty());
            auto const name = lower_case(attribute_name(it.description));
            // Of any other change the tree refuses them.
            bool const is_of_undelete = name == "distinguishedname" || name == "isdeleted";
            if (needs_old && !seen_.contains(name) && !is_complete_ && !is_of_undelete)
                return cannot_undo(
                    change, fmt::format("the old values of {}", it.description),
                    "an export without that attribute",
                    "export it too (ldifde -l); if it was asked for and no object has it, say --complete");
            if (needs_old && tree_.is_open(change.dn, it.description))
                return cannot_undo(change, fmt::format("all values of {}", it.description), "a range of them",
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
            kept_.keep(made.records.front());
        });
        tree_.for_each_below(change.dn, [&](entry const& it) {
            auto const made = restore(without_links_into(top, it), tree_.links_to(it.dn), tree_);
            for (auto place = made.records.begin() + 1; place != made.records.end(); ++place)
                kept_.keep(*place);
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
        kept_.lose(
            {lost_kind::revived_object, change.line, change.dn,
             "the deleted object as it was: it is deleted again, with the values and the time of then"});
        kept_.note_revived(change.dn);
        for (auto const& it : change.modifications)
            if (equals_keyword(it.description, "distinguishedname") && !it.values.empty())
                kept_.keep_deletion(it.values.front());
    }

    void undo_deletion(record const& change, entry const& before, std::vector<record> const& links) {
        auto const made = restore(before, links, tree_);
        tell_deletion(change, before.dn, made);
        for (auto const& it : made.records)
            kept_.keep(it);
    }

    void tell_deletion(record const& change, std::string const& dn, restoration const& made) {
        std::string left_out;
        for (auto const& it : made.left_out)
            left_out += left_out.empty() ? it : ", " + it;
        kept_.lose({lost_kind::deleted_object, change.line, dn,
                    fmt::format("the object itself: another one is made, with a new objectGUID and "
                                "objectSid and without a password{}{}{}",
                                made.is_disabled ? ", disabled, with pwdLastSet 0" : "",
                                left_out.empty() ? "" : "; not set again: ", left_out)});
        kept_.note_restored(dn);
    }

    void undo_addition(record const& change) {
        bool const is_schema = change.changetype == change_type::ntds_schema_add;
        if (is_schema)
            kept_.lose({lost_kind::schema_addition, change.line, change.dn,
                        "an addition to the schema: Active Directory never deletes it; it can only be "
                        "made defunct"});
        record deletion;
        deletion.dn = change.dn;
        deletion.changetype = is_schema ? change_type::ntds_schema_delete : change_type::delete_entry;
        kept_.keep(deletion);
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
        kept_.note_renamed(change.dn, back.dn);
        kept_.keep(back);
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
            kept_.keep(back);
    }

    // No client can write the time of a password again.
    void set_password_times(record const& change, record& back) {
        for (auto& it : back.modifications) {
            if (!equals_keyword(it.description, "pwdlastset"))
                continue;
            if (!it.values.empty() && !is_password_time(it.description, it.values.front()))
                continue;
            it = {modification_operation::replace, it.description, {"-1"}};
            kept_.note_restored(change.dn);
            kept_.lose({lost_kind::password_time, change.line, change.dn,
                        "the time in pwdLastSet: -1 sets it to that of the rollback"});
        }
    }

    directory_tree& tree_;
    attribute_schema const& schema_;
    std::set<std::string, std::less<>> const& seen_;
    bool is_complete_;
    rollback& kept_;
};

// Applies the rollback and looks at every entry.
inversion prove(directory_tree& tree, tree_snapshot& before, rollback& kept,
                std::function<void(std::size_t tried, std::size_t all)> const& progress) {
    tree.trust_names();
    std::size_t tried = 0;
    auto const applied = kept.for_each([&](record const& undoing) -> inversion {
        if (progress)
            progress(++tried, kept.summary().records);
        auto const done = tree.apply(undoing);
        if (done)
            return {};
        return tl::unexpected(invert_error{0, undoing.dn, done.error().expected, done.error().found,
                                           "the rollback was tried and failed"});
    });
    if (!applied)
        return applied;
    auto const different = before.difference(
        tree, [&kept](std::string_view key) { return kept.is_restored(key); },
        [&kept](std::string_view key) { return kept.is_revived(key); });
    if (!different)
        return {};
    return tl::unexpected(invert_error{0, *different, "the object as it is in the export", "it changed",
                                       "the rollback was tried and did not restore it"});
}

} // namespace

std::string message(invert_error const& error) {
    return fmt::format("expected {}, found {}", error.expected, error.found);
}

tl::expected<invert_summary, std::variant<parse_error, invert_error>>
invert(change_file const& changes, directory_tree& base, std::set<std::string, std::less<>> const& seen,
       std::function<void(record const&)> const& emit, std::function<void(lost_state const&)> const& lose,
       std::function<void(std::size_t tried, std::size_t all)> const& progress, bool is_complete) {
    return with_storage<inversion_failure>([&]() -> tl::expected<invert_summary, inversion_failure> {
        tree_snapshot before(base);
        rollback kept(base.options().memory / 4, lose);
        inverter undoing(base, seen, is_complete, kept);
        auto const done = for_each_change<inversion_failure>(changes, [&](record const& change) {
            kept.begin_change();
            return undoing.undo(change).map_error(
                [](invert_error refused) { return inversion_failure(std::move(refused)); });
        });
        if (!done)
            return tl::unexpected(done.error());
        if (auto proven = prove(base, before, kept, progress); !proven)
            return tl::unexpected(inversion_failure(std::move(proven.error())));
        (void)kept.for_each([&emit](record const& each) -> inversion {
            emit(each);
            return {};
        });
        return kept.summary();
    });
}

} // namespace dsplan::ldif
