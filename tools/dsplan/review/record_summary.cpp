#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/record_findings.hpp>
#include <tools/dsplan/review/record_summary.hpp>

#include <fmt/format.h>

namespace dsplan::review {
namespace {

using ldif::change_type;

// An operation of the rootDSE, which has no object.
std::string operation_text(ldif::record const& change) {
    std::string names;
    for (auto const& each : change.modifications)
        names += (names.empty() ? "" : ", ") + each.description;
    return fmt::format("runs the operation {}", names.empty() ? "without a name" : names);
}

std::string rename_text(ldif::record const& change, changed_object const& object) {
    auto const& to = change.renamed;
    if (!to)
        return fmt::format("renames {}", named(object));
    auto const moves = to->superior ? fmt::format(" and moves it below {}", *to->superior) : std::string();
    bool const same_name =
        ldif::normalize(to->relative_distinguished_name) == ldif::normalize(ldif::first_rdn_text(change.dn));
    if (same_name && to->superior)
        return fmt::format("moves {} below {}", named(object), *to->superior);
    return fmt::format("renames {} to {}{}", named(object), to->relative_distinguished_name, moves);
}

} // namespace

std::string named(changed_object const& object) {
    auto const name = object.old_name.empty() ? std::string(object.dn)
                                              : fmt::format("{} (was {})", object.dn, object.old_name);
    return object.object_class.empty() ? name : fmt::format("the {} {}", object.object_class, name);
}

std::string summary_of(ldif::record const& change, changed_object const& object) {
    if (change.dn.empty())
        return operation_text(change);
    if (!change.changetype)
        return fmt::format("creates {} (no changetype: ldifde takes it as an addition)", named(object));
    switch (*change.changetype) {
    case change_type::add:
        return fmt::format("creates {}", named(object));
    case change_type::ntds_schema_add:
        return fmt::format("creates {}, or passes over one that exists", named(object));
    case change_type::delete_entry:
        return fmt::format("deletes {}{}", named(object),
                           deletes_tree(change) ? " and everything below it" : "; nothing may be below it");
    case change_type::ntds_schema_delete:
        return fmt::format("deletes {}, or passes over one that is missing", named(object));
    case change_type::modify:
        return fmt::format("changes {}", named(object));
    case change_type::ntds_schema_modify:
        return fmt::format("changes {}, or passes over one that is missing", named(object));
    case change_type::modrdn:
    case change_type::moddn:
    case change_type::ntds_schema_modrdn:
        break;
    }
    return rename_text(change, object);
}

bool changes_schema(ldif::record const& change) {
    constexpr std::string_view schema = "CN=Schema,CN=Configuration,";
    for (std::size_t place = 0; place != std::string::npos; place = change.dn.find(',', place + 1)) {
        auto const rest = std::string_view(change.dn).substr(place == 0 ? 0 : place + 1);
        if (rest.size() >= schema.size() && equal_ignoring_case(rest.substr(0, schema.size()), schema))
            return true;
    }
    return false;
}

} // namespace dsplan::review
