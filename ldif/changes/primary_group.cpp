#include <ldif/changes/first_value.hpp>
#include <ldif/changes/primary_group.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace dsplan::ldif {
namespace {

constexpr std::size_t size_of_head = 8; // of a SID, before its parts

// The octets of the SID of the account's domain; empty where it is not known.
std::string domain_sid(object_store& store, entry const& account) {
    auto sid = sid_mark(first_value(account, "objectSid"));
    if (sid.size() >= size_of_head + size_of_rid) {
        sid.resize(sid.size() - size_of_rid);
        return sid;
    }
    auto const domain = store.find(tree_key(domain_text(account.dn)));
    sid = domain ? sid_mark(first_value(store.load_contents(*domain), "objectSid")) : std::string();
    if (sid.size() < size_of_head)
        return {};
    sid[1] = static_cast<char>(sid[1] + 1); // the count of parts, with the RID
    return sid;
}

apply_error not_a_member(std::string expected, std::string found, std::string hint) {
    apply_error error;
    error.fault = apply_fault::primary_group;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

} // namespace

std::optional<object_store::object_id> find_primary_group(object_store& store, entry const& account,
                                                          std::string_view rid) {
    auto sid = domain_sid(store, account);
    std::uint32_t value = 0;
    auto const parsed = std::from_chars(rid.data(), rid.data() + rid.size(), value);
    if (sid.empty() || parsed.ec != std::errc())
        return std::nullopt;
    for (unsigned shift = 0; shift != 32; shift += 8)
        sid += static_cast<char>(value >> shift & 0xFFU);
    return store.unique().holder("objectSid", sid);
}

tl::expected<void, apply_error> move_primary_group(object_store& store, link_changes& links,
                                                   entry const& before, entry const& after,
                                                   std::vector<apply_error>& doubts) {
    auto const old_rid = first_value(before, "primaryGroupID");
    auto const new_rid = first_value(after, "primaryGroupID");
    if (new_rid.empty() || new_rid == old_rid)
        return {};
    auto const new_group = find_primary_group(store, before, new_rid);
    auto const old_group = find_primary_group(store, before, old_rid);
    auto const link = new_group ? store.find_link(*new_group, "member", before.dn) : std::nullopt;
    if (new_group && !link && !store.is_open(*new_group, "member"))
        return tl::unexpected(
            not_a_member("a primary group that the account is a direct member of",
                         fmt::format("{} (primaryGroupID {}), which does not have it as a member",
                                     ldif::quoted(store.head_of(*new_group).dn), printable(new_rid)),
                         "add it to the members of that group in a record before this one"));
    if (!new_group || !old_group || !link)
        doubts.push_back(not_a_member("the account among the members of its new primary group",
                                      !new_group || link ? "a group that the export does not hold"
                                                         : "a range of the members without it",
                                      "export objectSid of the accounts, and the groups with all members"));
    if (link) {
        links.remove(*link);
        store.mark_changed(*new_group);
    }
    if (old_group && links.add(*old_group, "member", before.dn))
        store.mark_changed(*old_group);
    return {};
}

} // namespace dsplan::ldif
