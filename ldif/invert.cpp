#include <ldif/attribute_description.hpp>
#include <ldif/attribute_rules.hpp>
#include <ldif/compare.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/invert.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/references.hpp>
#include <ldif/text/name_folding.hpp>
#include <ldif/text/printable.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

// Undoes changes one by one while it does them.
class inverter {
public:
    inverter(directory_tree base, std::set<std::string, std::less<>> const& seen)
        : base_(base)
        , tree_(std::move(base))
        , seen_(seen) {}

    tl::expected<inversion, invert_error> run(std::span<record const> changes) {
        for (auto const& change : changes)
            if (auto done = undo(change); !done)
                return tl::unexpected(std::move(done.error()));
        std::reverse(undone_.begin(), undone_.end());
        for (auto& group : undone_)
            for (auto& it : group)
                result_.rollback.push_back(std::move(it));
        if (auto proven = prove(); !proven)
            return tl::unexpected(std::move(proven.error()));
        return std::move(result_);
    }

private:
    // Does one change and puts what undoes it in front.
    status undo(record const& change) {
        if (normalize(change.dn).value_or("x").empty())
            return undo_root_dse(change);
        if (auto known = check_known(change); !known)
            return known;
        auto const* const found = tree_.find(change.dn);
        bool const existed = found != nullptr;
        entry const before = existed ? *found : entry();
        auto links = is_deletion(change) && existed ? restored_links(change) : std::vector<record>();
        if (auto done = tree_.apply(change); !done)
            return refuse(change, done.error().expected, done.error().found,
                          "a rollback is made for changes that can be applied to the export");
        undone_.emplace_back();
        if (is_deletion(change))
            return existed ? undo_deletion(change, before, std::move(links)) : status();
        if (change.renamed)
            return existed ? undo_rename(change, before) : status();
        auto const* const after = tree_.find(change.dn);
        if (!existed)
            return after != nullptr ? undo_addition(change) : status();
        return undo_modification(change, before, *after);
    }

    // An operation of the rootDSE changes no object; reading the schema again is wanted after the rollback
    // too.
    status undo_root_dse(record const& change) {
        undone_.push_back({change});
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

    // What puts the links to an object back that will be deleted.
    std::vector<record> restored_links(record const& change) const {
        auto const key = tree_key(change.dn);
        std::vector<record> links;
        for (auto const& [place, holder] : tree_.all()) {
            record link;
            for (auto const& it : holder.attributes) {
                if (place == key || !rules_of(it.description).is_forward_link)
                    continue;
                modification added{modification_operation::add, it.description, {}};
                for (auto const& value : it.values)
                    if (tree_key(name_part(value)) == key)
                        added.values.push_back(value);
                if (!added.values.empty())
                    link.modifications.push_back(std::move(added));
            }
            if (link.modifications.empty())
                continue;
            link.dn = holder.dn;
            link.changetype = change_type::modify;
            links.push_back(std::move(link));
        }
        return links;
    }

    status undo_deletion(record const& change, entry const& before, std::vector<record> links) {
        record addition;
        addition.dn = before.dn;
        addition.changetype = change_type::add;
        std::string left_out;
        for (auto const& it : before.attributes) {
            if (is_outside_change_files(it.description)) {
                left_out += left_out.empty() ? it.description : ", " + it.description;
                continue;
            }
            for (auto const& value : it.values)
                addition.attributes.push_back({it.description, value});
        }
        result_.lost.push_back(
            {change.line, before.dn,
             fmt::format("the object itself: another one is made, with a new objectGUID and "
                         "objectSid and without a password{}{}",
                         left_out.empty() ? "" : "; not set again: ", left_out)});
        undone_.back().push_back(std::move(addition));
        for (auto& it : links)
            undone_.back().push_back(std::move(it));
        return {};
    }

    status undo_addition(record const& change) {
        bool const is_schema = change.changetype == change_type::ntds_schema_add;
        if (is_schema)
            result_.lost.push_back(
                {change.line, change.dn,
                 "an addition to the schema: Active Directory never deletes it; it can only be "
                 "made defunct"});
        record deletion;
        deletion.dn = change.dn;
        deletion.changetype = is_schema ? change_type::ntds_schema_delete : change_type::delete_entry;
        undone_.back().push_back(std::move(deletion));
        return {};
    }

    status undo_rename(record const& change, entry const& before) {
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
        undone_.back().push_back(std::move(back));
        return {};
    }

    status undo_modification(record const& change, entry const& before, entry const& after) {
        record back;
        back.dn = change.dn;
        back.changetype = change.changetype;
        back.modifications = compare(after, before);
        if (!back.modifications.empty())
            undone_.back().push_back(std::move(back));
        return {};
    }

    // Applies the rollback and looks at every entry.
    status prove() {
        for (auto const& it : result_.rollback)
            if (auto done = tree_.apply(it); !done)
                return tl::unexpected(invert_error{0, it.dn, done.error().expected, done.error().found,
                                                   "the rollback was tried and failed"});
        auto const& left = base_.all();
        auto const& right = tree_.all();
        for (auto const& [key, it] : left)
            if (auto const found = right.find(key);
                found == right.end() || !compare(found->second, it).empty())
                return tl::unexpected(invert_error{0, it.dn, "the object as it is in the export",
                                                   "it changed",
                                                   "the rollback was tried and did not restore it"});
        if (left.size() == right.size())
            return {};
        return tl::unexpected(
            invert_error{0, {}, fmt::format("{} objects", left.size()), fmt::format("{}", right.size()), {}});
    }

    directory_tree base_;
    directory_tree tree_;
    std::set<std::string, std::less<>> const& seen_;
    std::vector<std::vector<record>> undone_; // by change
    inversion result_;
};

} // namespace

std::string message(invert_error const& error) {
    return fmt::format("expected {}, found {}", error.expected, error.found);
}

tl::expected<inversion, invert_error> invert(std::span<record const> changes, directory_tree base,
                                             std::set<std::string, std::less<>> const& seen) {
    return inverter(std::move(base), seen).run(changes);
}

} // namespace dsplan::ldif
