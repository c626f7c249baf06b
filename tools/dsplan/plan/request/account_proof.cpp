#include <tools/dsplan/plan/request/account_proof.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace dsplan::plan {
namespace {

// Administrator, krbtgt, Domain Admins, Domain Users, Domain Computers, Domain Controllers.
constexpr std::array<std::uint32_t, 6> always_there{500, 502, 512, 513, 515, 516};

bool has_in_history(directory::snapshot const& exported, sddl::sid const& account) {
    sddl::byte_string octets;
    sddl::append(octets, account);
    std::string_view const value(reinterpret_cast<char const*>(octets.data()), octets.size());
    auto const entries = exported.entries();
    return std::any_of(entries.begin(), entries.end(), [value](directory::entry const& each) {
        bool has_it = false;
        each.for_each(directory::attribute::sid_history,
                      [&](std::string_view history) { has_it = has_it || history == value; });
        return has_it;
    });
}

} // namespace

bool is_of_every_domain(sddl::sid const& account) {
    constexpr std::uint32_t first_of_accounts = 1000;
    return account.sub_authority_count != 0 &&
           account.sub_authorities[account.sub_authority_count - 1U] < first_of_accounts;
}

std::string obstacle_to_orphan_proof(request_context const& context, sddl::sid const& account,
                                     bool export_is_complete) {
    auto const domain = sddl::domain_of(account);
    auto const& domains = context.forest.domains;
    if (!domain || std::none_of(domains.begin(), domains.end(),
                                [&domain](auto const& each) { return each.sid == *domain; }))
        return "the account is of a domain that the export does not hold";
    if (!export_is_complete)
        return "the request does not say that the export holds every account";
    if (!context.exported.gaps().empty())
        return context.exported.gaps().front();
    for (auto const rid : always_there) {
        auto known = *domain;
        known.sub_authorities[known.sub_authority_count] = rid;
        ++known.sub_authority_count;
        if (context.exported.find(known) == nullptr)
            return fmt::format("the export lacks {}, which every domain has", known);
    }
    if (has_in_history(context.exported, account))
        return "another account has the SID in its history";
    return {};
}

} // namespace dsplan::plan
