#include <tools/dsplan/directory/synchronisation_account.hpp>
#include <tools/dsplan/paths/name_keys.hpp>
#include <tools/dsplan/paths/synchronisation_hosts.hpp>

#include <map>
#include <string>

namespace dsplan::paths {
namespace {

using directory::attribute;
using by_name = std::multimap<std::string, std::size_t>; // indices of hosts

// The description has the short name or the DNS name.
void add_computer(std::vector<synchronisation_host>& hosts, by_name const& wanted, directory_side const& side,
                  object_index computer) {
    auto const& is = side.entry(computer);
    auto account = lower_case(is.first(attribute::sam_account_name).value_or(""));
    if (account.ends_with('$'))
        account.pop_back();
    auto const full = lower_case(is.first(attribute::dns_host_name).value_or(""));
    auto const add = [&](std::string const& name) {
        auto const [first, last] = wanted.equal_range(name);
        for (auto at = first; at != last; ++at)
            hosts[at->second].computers.push_back(computer);
    };
    add(account);
    if (full != account)
        add(full);
}

} // namespace

std::vector<synchronisation_host> synchronisation_hosts(directory_side const& side) {
    std::vector<synchronisation_host> made;
    by_name wanted;
    auto const count = static_cast<object_index>(side.image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        auto const& is = side.entry(object);
        if (side.image.objects[object].is_deleted || !is.sid || !directory::is_synchronisation_account(is))
            continue;
        auto const text = is.first(attribute::description);
        auto const name = text ? directory::host_in_description(*text) : std::nullopt;
        if (name)
            wanted.emplace(lower_case(*name), made.size());
        made.push_back({.account = object, .name = name.value_or("")});
    }
    for (object_index object = 0; object < count && !wanted.empty(); ++object)
        if (!side.image.objects[object].is_deleted && side.entry(object).is_a("computer"))
            add_computer(made, wanted, side, object);
    return made;
}

} // namespace dsplan::paths
