#include <ldif/changes/name_resolver.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::ldif {
namespace {

constexpr std::string_view builtin_domain("\1\2\0\0\0\0\0\5\40\0\0\0", 12); // S-1-5-32-…
constexpr std::string_view some_domain("\1\5\0\0\0\0\0\5\25\0\0\0", 12);    // S-1-5-21-… of an account

bool has_alternative_name(record const& change) {
    auto const is_one = [](std::string const& text) {
        return looks_like_alternative_name(text);
    };
    auto const& renamed = change.renamed;
    return is_one(change.dn) || (renamed && renamed->superior && is_one(*renamed->superior)) ||
           std::any_of(change.attributes.begin(), change.attributes.end(),
                       [&](auto const& it) { return is_one(it.value); }) ||
           std::any_of(change.modifications.begin(), change.modifications.end(), [&](auto const& it) {
               return std::any_of(it.values.begin(), it.values.end(), is_one);
           });
}

apply_error unresolved(record const& change, apply_fault fault, std::string_view name, std::string hint) {
    apply_error error;
    error.fault = fault;
    error.dn = change.dn;
    error.line = change.line;
    error.expected = fmt::format("an object that {} names", printable(name));
    error.found = "none in the export";
    error.hint = std::move(hint);
    return error;
}

} // namespace

namespace {

apply_error ambiguous(apply_error error, std::string_view name, std::string found) {
    error.expected = fmt::format("one object that {} names", printable(name));
    error.found = std::move(found);
    error.hint = "it stands for an object of each domain: write the distinguished name";
    return error;
}

} // namespace

std::string foreign_principal_name(std::string_view sid_text, std::string_view domain) {
    return fmt::format("CN={},CN=ForeignSecurityPrincipals,{}", sid_text, domain);
}

tl::expected<std::optional<record>, apply_error> name_resolver::resolve(record const& change) {
    if (!has_alternative_name(change))
        return std::nullopt;
    auto resolved = change;
    if (auto done = resolve_name(change, resolved.dn); !done)
        return tl::unexpected(std::move(done.error()));
    if (resolved.renamed && resolved.renamed->superior)
        if (auto done = resolve_name(change, *resolved.renamed->superior); !done)
            return tl::unexpected(std::move(done.error()));
    for (auto& it : resolved.attributes)
        resolve_value(resolved, it.description, it.value);
    for (auto& it : resolved.modifications)
        for (auto& value : it.values)
            resolve_value(resolved, it.description, value);
    return resolved;
}

void name_resolver::take_back() {
    for (auto const& [key, id] : made_)
        store_.erase(key, id);
    made_.clear();
}

std::vector<std::string> name_resolver::made() const {
    std::vector<std::string> names;
    for (auto const& [key, id] : made_)
        names.push_back(store_.head_of(id).dn);
    return names;
}

tl::expected<void, apply_error> name_resolver::resolve_name(record const& change, std::string& name) {
    if (!looks_like_alternative_name(name))
        return {};
    auto const parsed = parse_alternative_name(name);
    if (!parsed) {
        auto error = unresolved(change, apply_fault::invalid_name, name, parsed.error().hint);
        error.expected = parsed.error().expected;
        error.found = parsed.error().found;
        return tl::unexpected(std::move(error));
    }
    auto found = find(*parsed, {});
    auto error = unresolved(change, apply_fault::unknown_name, name,
                            "export objectSid, objectGUID and wellKnownObjects too");
    if (!found)
        return tl::unexpected(ambiguous(std::move(error), name, std::move(found.error())));
    if (!*found)
        return tl::unexpected(std::move(error));
    name = std::move(**found);
    return {};
}

void name_resolver::resolve_value(record const& change, std::string_view description, std::string& value) {
    if (!looks_like_alternative_name(value) || !store_.schema().rules_of(description).is_name_valued)
        return;
    auto const parsed = parse_alternative_name(value);
    if (!parsed)
        return; // the rules of values say it
    auto const domain = domain_text(change.dn);
    auto found = find(*parsed, domain);
    auto error = unresolved(change, apply_fault::missing_target, value,
                            "export objectSid, objectGUID and wellKnownObjects too");
    if (!found)
        return doubts_.push_back(ambiguous(std::move(error), value, std::move(found.error())));
    if (!*found && makes_principals_ && parsed->type == alternative_name::kind::sid)
        *found = foreign_principal(*parsed, domain);
    if (*found)
        value = std::move(**found);
    else
        doubts_.push_back(std::move(error));
}

// Built-in groups have one SID in several domains: in a value that of `domain` is meant. What stands in
// another domain for an account of elsewhere is not meant there.
name_resolver::found_name name_resolver::find(alternative_name const& name, std::string_view domain) {
    if (name.type == alternative_name::kind::well_known)
        return find_well_known(name);
    auto const description = name.type == alternative_name::kind::guid ? "objectGUID" : "objectSid";
    auto& unique = store_.unique();
    auto const wanted = tree_key(domain);
    auto const dn_of = [this](auto id) {
        return store_.head_of(id).dn;
    };
    auto const of_domain = unique.other_holder(
        description, name.octets, 0, [&](auto id) { return domain_key(tree_key(dn_of(id))) == wanted; });
    if (of_domain)
        return dn_of(*of_domain);
    auto const counts = [&](auto id) {
        return domain.empty() || !is_foreign(id);
    };
    auto const one = unique.other_holder(description, name.octets, 0, counts);
    if (!one)
        return std::nullopt;
    auto const other = unique.other_holder(description, name.octets, *one, counts);
    if (!other)
        return dn_of(*one);
    return tl::unexpected(fmt::format("{} and {}", ldif::quoted(dn_of(*one)), ldif::quoted(dn_of(*other))));
}

bool name_resolver::is_foreign(object_store::object_id id) {
    auto const held = store_.load_contents(id, {"objectclass"});
    auto const* const classes = held.find("objectClass");
    return classes != nullptr &&
           std::any_of(classes->values.begin(), classes->values.end(),
                       [](auto const& it) { return equals_keyword(it, "foreignsecurityprincipal"); });
}

std::optional<std::string> name_resolver::find_well_known(alternative_name const& name) {
    auto const holder = store_.find(tree_key(name.dn));
    for (auto const* description : {"wellKnownObjects", "otherWellKnownObjects"}) {
        if (!holder)
            return std::nullopt;
        for (auto const& it : store_.links_of(*holder, description)) {
            auto const value = parse_name_with_data(it.value);
            if (value && value->data == name.octets)
                return value->dn;
        }
    }
    return std::nullopt;
}

std::optional<std::string> name_resolver::foreign_principal(alternative_name const& name,
                                                            std::string_view domain) {
    auto const root = store_.find(tree_key(domain));
    auto const contents = root ? store_.load_contents(*root) : entry();
    auto const* const sid = contents.find("objectSid");
    auto const own = sid != nullptr && !sid->values.empty() ? sid_mark(sid->values[0]) : std::string();
    bool const is_of_domain = name.octets.starts_with(some_domain);
    bool const is_own = own.size() > 8 && name.octets.size() == own.size() + size_of_rid &&
                        std::string_view(name.octets).substr(8).starts_with(std::string_view(own).substr(8));
    if (name.octets.starts_with(builtin_domain) || is_own || (is_of_domain && own.empty()))
        return std::nullopt;
    auto const text = *sid_text(name.octets);
    auto dn = foreign_principal_name(text, domain);
    auto const key = tree_key(dn);
    if (!store_.find(key)) {
        entry made{.dn = dn, .attributes = {}, .is_changed = true};
        made.attributes = {{"objectClass", {"top", "foreignSecurityPrincipal"}},
                           {"cn", {text}},
                           {"objectSid", {name.octets}}};
        made_.emplace_back(key, store_.create(key, made));
    }
    return dn;
}

} // namespace dsplan::ldif
