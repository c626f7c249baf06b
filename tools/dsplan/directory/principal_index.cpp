#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/principal_index.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <algorithm>

namespace dsplan::directory {
namespace {

std::string in_small_letters(std::string_view name) {
    std::string made(name);
    std::transform(made.begin(), made.end(), made.begin(), to_lower);
    return made;
}

std::string first_value(entry const& account) {
    auto const name = ldif::parse_distinguished_name(account.dn);
    return name && !name->rdns.empty() ? name->rdns.front().front().value : std::string(account.dn);
}

} // namespace

principal_index::principal_index(snapshot const& exported, forest const& around)
    : exported_(exported)
    , around_(around) {
    for (entry const& account : exported.entries()) {
        if (!account.sid)
            continue;
        add(first_value(account), account);
        if (auto const upn = account.first(attribute::user_principal_name))
            add(*upn, account);
        if (auto const sam = account.first(attribute::sam_account_name)) {
            add(*sam, account);
            if (sam->ends_with('$'))
                add(sam->substr(0, sam->size() - 1), account);
        }
    }
}

void principal_index::add(std::string_view name, entry const& account) {
    auto& known = by_name_[in_small_letters(name)];
    if (known.empty() || known.back() != &account)
        known.push_back(&account);
}

std::vector<entry const*> principal_index::called(std::string_view name) const {
    std::vector<entry const*> made;
    for (auto const text : {name, name.substr(std::min(name.find('\\') + 1, name.size()))}) {
        auto const found = by_name_.find(in_small_letters(text));
        if (found != by_name_.end())
            made.insert(made.end(), found->second.begin(), found->second.end());
    }
    std::erase_if(made, [&](entry const* account) { return !is_called(around_, *account, name); });
    std::sort(made.begin(), made.end(), [](auto const* a, auto const* b) { return a->key < b->key; });
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
}

principal_matches principal_index::find(std::string_view name) const {
    if (exported_.find(name) == nullptr)
        if (auto found = called(name); !found.empty())
            return {std::move(found), {}};
    return find_principals(exported_, around_, name);
}

} // namespace dsplan::directory
