#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/policy_links.hpp>
#include <tools/dsplan/review/value_tests.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

/// Values that link and fill group policies. [MS-GPOL] 2.2
namespace dsplan::review::value_tests {
namespace {

bool holds_enabled(std::vector<policy_link> const& links, policy_link const& wanted) {
    return std::any_of(links.begin(), links.end(), [&wanted](policy_link const& each) {
        return equal_ignoring_case(each.dn, wanted.dn) && !each.is_disabled() &&
               each.options >= wanted.options;
    });
}

// The links that count after the change and did not before, or the other way round.
std::vector<policy_link> difference(std::vector<policy_link> const& of,
                                    std::vector<policy_link> const& from) {
    std::vector<policy_link> found;
    for (auto const& link : of)
        if (!link.is_disabled() && !holds_enabled(from, link))
            found.push_back(link);
    return found;
}

std::string first_new_link(value_change const& change) {
    if (change.removes)
        return {};
    auto const coming = change.coming();
    auto const after = policy_links_in(change.values);
    if (after.empty() && !coming.empty() && coming.front().find_first_not_of(' ') != std::string_view::npos)
        return "the value holds no link that can be read";
    auto const links = difference(after, policy_links_in(change.before));
    if (links.empty())
        return {};
    return fmt::format("{} is linked{}", links.front().dn, links.front().is_enforced() ? ", enforced" : "");
}

bool is_policy(changed_object const& object) {
    return equal_ignoring_case(object.object_class, "groupPolicyContainer") ||
           (object.object_class.empty() && starts_ignoring_case(object.dn, "CN={"));
}

} // namespace

std::string links_policy(value_change const& change) {
    return change.object.holds_administrators ? std::string() : first_new_link(change);
}

std::string links_policy_above_administrators(value_change const& change) {
    return change.object.holds_administrators ? first_new_link(change) : std::string();
}

std::string loses_policy(value_change const& change) {
    auto const lost = change.removes
                          ? policy_links_in(change.before)
                          : difference(policy_links_in(change.before), policy_links_in(change.values));
    if (!lost.empty() && !change.adds)
        return fmt::format("{} is no longer linked", lost.front().dn);
    return change.removes_all() && !change.is_base_known ? "all links of policies are removed" : "";
}

std::string blocks_policies(value_change const& change) {
    auto const number = change.number();
    return number && (*number & 1) != 0 && change.number_before().value_or(0) != *number
               ? "policies that are linked above no longer reach what is below"
               : "";
}

std::string leaves_sysvol(value_change const& change) {
    auto const coming = change.coming();
    if (coming.empty())
        return change.removes_all() ? "the policy no longer says where its files lie" : "";
    // \\contoso.com\SysVol\contoso.com\Policies\{GUID}
    auto const path = coming.front();
    auto const server = path.find('\\', 2);
    bool const is_in_sysvol =
        path.starts_with("\\\\") && server != std::string_view::npos &&
        starts_ignoring_case(path.substr(server + 1), "sysvol\\") && path.find('.') < server &&
        equal_ignoring_case(path.substr(server + 8, server - 2), path.substr(2, server - 2));
    return change.is_new_object && is_in_sysvol ? std::string()
                                                : fmt::format("the files of the policy lie in {}", path);
}

std::string disables_policy(value_change const& change) {
    if (!is_policy(change.object) || change.is_new_object)
        return {};
    auto const number = change.number();
    return number && change.number_before().value_or(0) != *number
               ? fmt::format("flags {}: {}", *number,
                             *number == 0   ? "the policy is enabled"
                             : *number == 3 ? "the policy is disabled"
                                            : "half of the policy is disabled")
               : "";
}

// Computers and users read the files of a policy again when its number is another one.
std::string raises_version(value_change const& change) {
    auto const coming = change.coming();
    return is_policy(change.object) && !change.is_new_object && !coming.empty()
               ? fmt::format("version {}: the files of the policy changed, and are read again",
                             coming.front())
               : "";
}

std::string edits_policy(value_change const& change) {
    auto const coming = change.coming();
    if (change.is_new_object || (coming.empty() && !change.removes_all()))
        return {};
    return fmt::format("{} changes", change.attribute);
}

} // namespace dsplan::review::value_tests
