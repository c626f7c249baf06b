#include <sddl/letter_pairs.hpp>
#include <sddl/well_known_sids.hpp>

namespace dsplan::sddl {
namespace {

constexpr std::size_t count = well_known_sids.size();

constexpr auto alias_table =
    letter_pair_table(well_known_sids, [](well_known_sid const& row) { return row.alias; });

// What tells the rows apart, in 64 bits: the last sub-authority, their number, the authority. Printing looks
// SIDs up far more often than there are rows.
constexpr std::uint64_t key_of(sid const& value) {
    std::uint64_t const last =
        value.sub_authority_count == 0 ? 0 : value.sub_authorities[value.sub_authority_count - 1U];
    return last << 16 | std::uint64_t{value.sub_authority_count} << 8 | value.identifier_authority[5];
}

struct keyed_row {
    std::uint64_t key;
    std::uint8_t row;
};

constexpr std::array<keyed_row, count> rows_by_key = [] {
    std::array<keyed_row, count> rows{};
    for (std::size_t row = 0; row < count; ++row)
        rows[row] = {key_of(well_known_sids[row].value), static_cast<std::uint8_t>(row)};
    std::sort(rows.begin(), rows.end(), [](keyed_row const& a, keyed_row const& b) { return a.key < b.key; });
    return rows;
}();

static_assert(std::adjacent_find(rows_by_key.begin(), rows_by_key.end(), [](auto const& a, auto const& b) {
                  return a.key == b.key;
              }) == rows_by_key.end());

well_known_sid const* find_value(sid const& value) {
    auto const key = key_of(value);
    auto const* const found =
        std::lower_bound(rows_by_key.begin(), rows_by_key.end(), key,
                         [](keyed_row const& row, std::uint64_t wanted) { return row.key < wanted; });
    if (found == rows_by_key.end() || found->key != key || well_known_sids[found->row].value != value)
        return nullptr;
    return &well_known_sids[found->row];
}

bool is_child_of(sid const& account, std::optional<sid> const& domain) {
    if (!domain || account.sub_authority_count != domain->sub_authority_count + 1U)
        return false;
    return account.revision == domain->revision &&
           account.identifier_authority == domain->identifier_authority &&
           std::equal(account.sub_authorities.begin(),
                      account.sub_authorities.begin() + domain->sub_authority_count,
                      domain->sub_authorities.begin());
}

} // namespace

well_known_sid const* find_alias(std::string_view alias) {
    auto const number = alias_table[letter_pair(alias)];
    return number == 0 ? nullptr : &well_known_sids[number - 1U];
}

well_known_sid const* find_well_known(sid const& value, domain_sids const& sids) {
    if (value.sub_authority_count == 0)
        return nullptr;
    auto const rid = value.sub_authorities[value.sub_authority_count - 1U];
    if (is_child_of(value, sids.domain))
        if (auto const* const row = find_value(relative(rid)); row && row->scope == sid_scope::domain)
            return row;
    if (is_child_of(value, sids.forest_root))
        if (auto const* const row = find_value(relative(rid)); row && row->scope == sid_scope::forest_root)
            return row;
    auto const* const row = find_value(value);
    return row && row->scope == sid_scope::universal ? row : nullptr;
}

std::optional<sid> resolve(well_known_sid const& row, domain_sids const& sids) {
    if (row.scope == sid_scope::universal)
        return row.value;
    auto const& domain = row.scope == sid_scope::domain ? sids.domain : sids.forest_root;
    if (!domain)
        return std::nullopt;
    return with_relative_identifier(*domain, row.value.sub_authorities[0]);
}

} // namespace dsplan::sddl
