#include <sddl/detail/letter_pairs.hpp>
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

// A hash table of row numbers from 1, open addressed and for the most part empty.
constexpr std::size_t slots = 256;

constexpr std::size_t slot_of(std::uint64_t key) {
    return static_cast<std::size_t>(key * 0x9E37'79B9'7F4A'7C15 >> 56);
}

constexpr std::array<std::uint8_t, slots> rows_by_key = [] {
    static_assert(count < slots / 2);
    std::array<std::uint8_t, slots> rows{};
    for (std::size_t row = 0; row < count; ++row) {
        auto slot = slot_of(key_of(well_known_sids[row].value));
        while (rows[slot] != 0)
            slot = (slot + 1) % slots;
        rows[slot] = static_cast<std::uint8_t>(row + 1);
    }
    return rows;
}();

well_known_sid const* find_value(sid const& value) {
    for (auto slot = slot_of(key_of(value)); rows_by_key[slot] != 0; slot = (slot + 1) % slots)
        if (auto const& row = well_known_sids[rows_by_key[slot] - 1U]; row.value == value)
            return &row;
    return nullptr;
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

std::string_view kind_of(sid const& value) {
    for (auto const& row : sid_kinds) {
        auto const& start = row.start;
        if (value.revision == start.revision && value.identifier_authority == start.identifier_authority &&
            value.sub_authority_count >= row.fewest && value.sub_authority_count <= row.most &&
            std::equal(start.sub_authorities.begin(),
                       start.sub_authorities.begin() + start.sub_authority_count,
                       value.sub_authorities.begin()))
            return row.name;
    }
    return {};
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
