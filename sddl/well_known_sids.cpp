#include <sddl/number.hpp>
#include <sddl/well_known_sids.hpp>

namespace dsplan::sddl {
namespace {

constexpr std::size_t count = well_known_sids.size();

// The rows in the order of their SIDs: printing looks SIDs up far more often than there are rows.
constexpr std::array<std::uint8_t, count> rows_by_sid = [] {
    std::array<std::uint8_t, count> rows{};
    for (std::size_t row = 0; row < count; ++row)
        rows[row] = static_cast<std::uint8_t>(row);
    std::sort(rows.begin(), rows.end(), [](std::uint8_t a, std::uint8_t b) {
        return well_known_sids[a].value < well_known_sids[b].value;
    });
    return rows;
}();

well_known_sid const* find_value(sid const& value) {
    auto const found = std::lower_bound(
        rows_by_sid.begin(), rows_by_sid.end(), value,
        [](std::uint8_t row, sid const& wanted) { return well_known_sids[row].value < wanted; });
    if (found == rows_by_sid.end() || well_known_sids[*found].value != value)
        return nullptr;
    return &well_known_sids[*found];
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
    if (alias.size() != 2)
        return nullptr;
    std::array<char, 2> const letters{capital(alias[0]), capital(alias[1])};
    std::string_view const wanted{letters.data(), letters.size()};
    auto const* const found =
        std::lower_bound(well_known_sids.begin(), well_known_sids.end(), wanted,
                         [](well_known_sid const& row, std::string_view text) { return row.alias < text; });
    return found != well_known_sids.end() && found->alias == wanted ? found : nullptr;
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
