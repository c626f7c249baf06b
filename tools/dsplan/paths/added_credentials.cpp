#include <tools/dsplan/paths/added_credentials.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace dsplan::paths {
namespace {

using directory::attribute;

struct credential_row {
    attribute name;
    edge_kind kind;
    std::string_view holder;
};
constexpr std::array credential_rows{
    credential_row{attribute::ms_ds_key_credential_link, edge_kind::hold_key, "the holder of the added key"},
    credential_row{attribute::alt_security_identities, edge_kind::hold_certificate,
                   "the holder of the added certificate"},
};

std::set<std::string_view> values_on(path_side const& side, object_index object, attribute name) {
    std::set<std::string_view> made;
    auto const& objects = side.at().image.objects;
    if (object < objects.size() && !objects[object].is_deleted)
        side.at().entry(object).for_each(name, [&](std::string_view value) { made.insert(value); });
    return made;
}

bool leads_on(path_side const& side, object_index object) {
    return side.graph().is_target(object) || side.graph().distance({object}).has_value();
}

grant worth(path_side const& side, object_index account, edge_kind kind) {
    grant made;
    if (kind == edge_kind::hold_certificate)
        weaken(made, "if an authority that the forest trusts issued the certificate for logging on");
    if (kind == edge_kind::hold_key && !side.facts().takes_keys(account))
        weaken(made, "if there is a domain controller of Windows Server 2016 or later with a certificate");
    if (side.facts().is_disabled(account))
        weaken(made, "if the account, which is disabled, is enabled");
    return made;
}

} // namespace

std::vector<added_credential> added_credentials(path_side const& before, path_side const& after) {
    std::vector<added_credential> made;
    auto const count = static_cast<object_index>(after.at().image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        if (!access::is_account(after.at().image, object))
            continue;
        for (auto const& row : credential_rows) {
            auto const now = values_on(after, object, row.name);
            if (now.empty())
                continue;
            auto const known = values_on(before, object, row.name);
            bool const is_added = !std::includes(known.begin(), known.end(), now.begin(), now.end());
            if (is_added && leads_on(after, object) && !after.facts().is_krbtgt(object))
                made.push_back({std::string(row.holder),
                                {.kind = row.kind, .to = object, .by = worth(after, object, row.kind)}});
        }
    }
    return made;
}

} // namespace dsplan::paths
