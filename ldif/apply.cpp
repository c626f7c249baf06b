#include <ldif/apply.hpp>
#include <ldif/attribute_description.hpp>
#include <ldif/attribute_rules.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/references.hpp>
#include <ldif/text/printable.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::ldif {
namespace {

using status = tl::expected<void, apply_error>;

apply_error fault_of(record const& change, apply_fault fault, std::string expected, std::string found,
                     std::string hint = {}) {
    apply_error error;
    error.fault = fault;
    error.dn = change.dn;
    error.line = change.line;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

tl::unexpected<apply_error> refuse(record const& change, apply_fault fault, std::string expected,
                                   std::string found, std::string hint = {}) {
    return tl::unexpected(fault_of(change, fault, std::move(expected), std::move(found), std::move(hint)));
}

// The change types of schema files go over what is done already.
bool is_swallowed(change_type type, apply_fault fault) {
    if (type == change_type::ntds_schema_add)
        return fault == apply_fault::entry_exists;
    return fault == apply_fault::no_such_entry &&
           (type == change_type::ntds_schema_modify || type == change_type::ntds_schema_delete ||
            type == change_type::ntds_schema_modrdn);
}

// "cn" and "Ruth" of the name's first RDN become values; those of the old one go where asked.
void update_naming_values(entry& target, distinguished_name const& old_name,
                          distinguished_name const& new_name, bool delete_old) {
    for (auto const& part : delete_old ? old_name.rdns[0] : relative_distinguished_name()) {
        if (auto* const it = target.find(part.type))
            std::erase_if(it->values,
                          [&](auto const& value) { return same_value(part.type, value, part.value); });
    }
    for (auto const& part : new_name.rdns[0]) {
        auto* const it = target.find(part.type);
        if (it == nullptr)
            continue; // an export that leaves the attribute out
        std::erase_if(it->values,
                      [&](auto const& value) { return same_value(part.type, value, part.value); });
        if (rules_of(part.type).is_single_valued)
            it->values.clear();
        it->values.push_back(part.value);
    }
    std::erase_if(target.attributes, [](attribute const& it) { return it.values.empty(); });
    if (auto* const name = target.find("name"))
        name->values = {new_name.rdns[0][0].value};
}

} // namespace

std::string message(apply_error const& error) {
    return fmt::format("expected {}, found {}", error.expected, error.found);
}

bool is_ignored_by_ldifde_k(apply_fault fault) {
    return fault == apply_fault::entry_exists || fault == apply_fault::value_exists ||
           fault == apply_fault::single_valued || fault == apply_fault::no_such_entry ||
           fault == apply_fault::no_parent || fault == apply_fault::no_number;
}

tl::expected<void, apply_error> directory_tree::put(entry loaded) {
    auto const key = normalize(loaded.dn);
    if (!key) {
        apply_error error{apply_fault::invalid_name, loaded.dn,         0,
                          key.error().expected,      key.error().found, {}};
        return tl::unexpected(std::move(error));
    }
    auto [place, is_new] = entries_.try_emplace(tree_order(*key));
    if (is_new)
        place->second = std::move(loaded);
    else
        merge(place->second, loaded);
    return {};
}

entry const* directory_tree::find(std::string_view dn) const {
    auto const found = entries_.find(tree_key(dn));
    return found == entries_.end() ? nullptr : &found->second;
}

tl::expected<void, apply_error> directory_tree::apply(record const& change) {
    auto const type = change.changetype.value_or(change_type::add);
    auto const key = normalize(change.dn);
    if (!key)
        return refuse(change, apply_fault::invalid_name, key.error().expected, key.error().found,
                      key.error().hint);
    if (key->empty())
        return {};
    auto const place = tree_order(*key);
    auto const done = [&]() -> status {
        switch (type) {
        case change_type::add:
        case change_type::ntds_schema_add:
            return add(change, place);
        case change_type::delete_entry:
        case change_type::ntds_schema_delete:
            return remove(change, place);
        case change_type::modify:
        case change_type::ntds_schema_modify:
            return modify(change, place);
        default:
            return rename(change, place);
        }
    }();
    return done || is_swallowed(type, done.error().fault) ? status() : done;
}

status directory_tree::check_new_attributes(record const& change) const {
    entry described = to_entry(change);
    for (auto const& it : described.attributes) {
        auto const rules = rules_of(it.description);
        if (rules.is_single_valued && it.values.size() > 1)
            return refuse(change, apply_fault::single_valued, fmt::format("one value of {}", it.description),
                          fmt::format("{}", it.values.size()));
        bool const names_it = same_description(it.description, "name") ||
                              same_description(it.description, "distinguishedName") ||
                              same_description(it.description, "instanceType");
        bool const is_schema = change.changetype == change_type::ntds_schema_add;
        if (options_.protects_system_owned && !is_schema && !names_it &&
            (rules.is_system_owned || rules.is_back_link || rules.is_constructed))
            return refuse(change, apply_fault::system_owned, "attributes that may be written",
                          quoted(it.description), "leave it out: Active Directory maintains it itself");
    }
    return {};
}

status directory_tree::add(record const& change, std::string key) {
    if (entries_.contains(key))
        return refuse(change, apply_fault::entry_exists, "a name that is free", "an object with it");
    auto const superior = std::string(parent_text(change.dn));
    if (options_.requires_parents && !superior.empty() && !entries_.contains(tree_key(superior)))
        return refuse(change, apply_fault::no_parent, fmt::format("the container {}", quoted(superior)),
                      "none", "create it first, or export it too");
    if (auto checked = check_new_attributes(change); !checked)
        return checked;
    auto& made = entries_.emplace(std::move(key), to_entry(change)).first->second;
    made.origin = 0;
    made.is_changed = true;
    return {};
}

status directory_tree::remove(record const& change, std::string const& key) {
    auto const found = entries_.find(key);
    if (found == entries_.end())
        return refuse(change, apply_fault::no_such_entry, "an object with this name", "none");
    auto const next = std::next(found);
    if (next != entries_.end() && is_within(next->first, key))
        return refuse(change, apply_fault::has_children, "an object without others below it",
                      quoted(next->second.dn) + " below it", "delete what is below it first");
    entries_.erase(found);
    for (auto& [place, it] : entries_)
        if (ldif::remove_references(it, key))
            it.is_changed = true;
    return {};
}

status directory_tree::modify(record const& change, std::string const& key) {
    auto const found = entries_.find(key);
    if (found == entries_.end())
        return refuse(change, apply_fault::no_such_entry, "an object with this name", "none");
    entry changed = found->second;
    for (auto const& it : change.modifications)
        if (auto done = ldif::apply(changed, it, options_); !done) {
            done.error().dn = change.dn;
            done.error().line = change.line;
            return done;
        }
    changed.is_changed = true;
    found->second = std::move(changed);
    return {};
}

status directory_tree::rename(record const& change, std::string const& key) {
    if (!entries_.contains(key))
        return refuse(change, apply_fault::no_such_entry, "an object with this name", "none");
    auto const& renamed = *change.renamed;
    auto const superior = renamed.superior && !renamed.superior->empty()
                              ? *renamed.superior
                              : std::string(parent_text(change.dn));
    auto const new_dn = superior.empty() ? renamed.relative_distinguished_name
                                         : renamed.relative_distinguished_name + "," + superior;
    auto const name = parse_distinguished_name(new_dn);
    if (!name || name->rdns.empty())
        return refuse(change, apply_fault::invalid_name, "a new name that is a distinguished name",
                      quoted(new_dn));
    auto const superior_key = tree_key(superior);
    if (is_within(superior_key, key))
        return refuse(change, apply_fault::moved_below_itself, "a container elsewhere", quoted(superior));
    if (options_.requires_parents && !superior.empty() && !entries_.contains(superior_key))
        return refuse(change, apply_fault::no_parent, fmt::format("the container {}", quoted(superior)),
                      "none", "create it first, or export it too");
    return move(change, key, new_dn);
}

status directory_tree::move(record const& change, std::string const& key, std::string const& new_dn) {
    auto const new_key = tree_key(new_dn);
    if (new_key != key && entries_.contains(new_key))
        return refuse(change, apply_fault::entry_exists, "a new name that is free", "an object with it");
    std::vector<entries::node_type> moved;
    for (auto it = entries_.find(key); it != entries_.end() && is_within(it->first, key);)
        moved.push_back(entries_.extract(it++));
    update_naming_values(moved.front().mapped(), *parse_distinguished_name(change.dn),
                         *parse_distinguished_name(new_dn), change.renamed->delete_old);
    for (auto& node : moved) {
        node.mapped().dn = moved_name(node.mapped().dn, node.key(), key, new_dn);
        node.mapped().is_changed = true;
        node.key() = new_key + node.key().substr(key.size());
        entries_.insert(std::move(node));
    }
    for (auto& [place, it] : entries_)
        if (ldif::rename_references(it, key, new_dn))
            it.is_changed = true;
    return {};
}

} // namespace dsplan::ldif
