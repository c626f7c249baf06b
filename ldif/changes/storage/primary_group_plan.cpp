#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/changes/storage/primary_group_plan.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace dsplan::ldif {
namespace {

constexpr char new_group = 'N';
constexpr char old_group = 'O';

std::string pair_key(std::string_view group_key, char kind, std::string_view account_key) {
    return std::string(group_key).append(1, '\0').append(1, kind).append(account_key);
}

// The last part of the SID of a group of a domain, as primaryGroupID writes it; empty for others.
std::string rid_of(std::string_view sid) {
    constexpr std::string_view of_domain("\1\5\0\0\0\0\0\5\25\0\0\0", 12); // S-1-5-21-… with a RID
    if (!sid.starts_with(of_domain))
        return {};
    std::uint32_t rid = 0;
    for (std::size_t i = 1; i <= 4; ++i)
        rid = rid << 8 | static_cast<unsigned char>(sid[sid.size() - i]);
    return std::to_string(rid);
}

std::string row_of(std::string_view key, std::string_view rid) {
    return std::string(domain_key(key)).append(1, '\0').append(rid);
}

record membership(std::string dn, modification_operation operation, std::string member) {
    record made;
    made.dn = std::move(dn);
    made.changetype = change_type::modify;
    made.modifications.push_back({operation, "member", {std::move(member)}});
    return made;
}

// True where the account was among the members.
bool take_member(entry& group, std::string_view account_key) {
    auto* const members = group.find("member");
    if (members == nullptr)
        return false;
    bool const was_there = std::erase_if(members->values, [account_key](auto const& value) {
                               return tree_key(value) == account_key;
                           }) != 0;
    std::erase_if(group.attributes, [](auto const& it) { return it.values.empty(); });
    return was_there;
}

} // namespace

void primary_group_plan::add_group(std::string_view key, record_view const& record) {
    std::string_view sid;
    bool is_group = false;
    for (auto const& it : record.attributes) {
        if (equals_keyword(it.description, "objectsid"))
            sid = it.value;
        is_group =
            is_group || (equals_keyword(it.description, "objectclass") && equals_keyword(it.value, "group"));
    }
    auto const rid = is_group ? rid_of(sid_mark(sid)) : std::string();
    if (rid.empty())
        return;
    std::string octets;
    append_text(octets, key);
    append_text(octets, record.dn);
    groups_.put(row_of(key, rid), octets);
}

std::string primary_group_plan::group(std::string_view account_key, std::string_view rid) {
    std::string octets;
    return groups_.find(row_of(account_key, rid), octets) ? octets : std::string();
}

void primary_group_plan::add(std::string_view key, std::string_view dn, std::string_view old_rid,
                             std::string_view new_rid) {
    auto const to = group(key, new_rid);
    auto const from = group(key, old_rid);
    if (to.empty())
        return;
    is_empty_ = false;
    std::string octets;
    for (auto const it : std::array<std::string_view, 4>{dn, new_rid, to, from})
        append_text(octets, it);
    accounts_.add(key, octets);
    pairs_.put(std::string("\2").append(key), {});
    std::string_view rest = to;
    pairs_.put(pair_key(take_text(rest), new_group, key), {});
    rest = from;
    if (!from.empty())
        pairs_.put(pair_key(take_text(rest), old_group, key), {});
}

bool primary_group_plan::moves(std::string_view account_key) {
    return !is_empty_ && pairs_.contains(std::string("\2").append(account_key));
}

bool primary_group_plan::concerns(std::string_view group_key) {
    if (is_empty_)
        return false;
    std::string const prefix = std::string(group_key).append(1, '\0');
    std::string key;
    std::string value;
    return pairs_.behind(prefix, key, value) && key.starts_with(prefix);
}

void primary_group_plan::adjust(std::string_view group_key, entry& before, entry& after) {
    if (is_empty_)
        return;
    std::string const prefix = std::string(group_key).append(1, '\0');
    std::string key = prefix;
    std::string value;
    while (pairs_.behind(key, key, value) && key.starts_with(prefix)) {
        bool const is_new = key[prefix.size()] == new_group;
        auto const account = std::string_view(key).substr(prefix.size() + 1);
        if (take_member(is_new ? before : after, account))
            pairs_.put(key, "member");
    }
}

void primary_group_plan::emit(std::function<void(record const&)> const& emit) {
    std::string_view key;
    std::string_view octets;
    accounts_.rewind();
    while (accounts_.next(key, octets)) {
        std::string const dn(take_text(octets));
        std::string const rid(take_text(octets));
        auto to = take_text(octets);
        auto from = take_text(octets);
        auto const is_member = [&](std::string_view group_key, char kind) {
            std::string value;
            return pairs_.find(pair_key(group_key, kind, key), value) && !value.empty();
        };
        auto const to_key = take_text(to);
        if (!is_member(to_key, new_group))
            emit(membership(std::string(take_text(to)), modification_operation::add, dn));
        record change;
        change.dn = dn;
        change.changetype = change_type::modify;
        change.modifications.push_back({modification_operation::replace, "primaryGroupID", {rid}});
        emit(change);
        if (from.empty())
            continue;
        auto const from_key = take_text(from);
        if (!is_member(from_key, old_group))
            emit(membership(std::string(take_text(from)), modification_operation::delete_values, dn));
    }
}

} // namespace dsplan::ldif
