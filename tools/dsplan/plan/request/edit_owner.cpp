#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace dsplan::plan {
namespace {

// Those that a domain controller makes owners itself, and the system.
bool is_usual_owner(sddl::sid const& owner) {
    return directory::is_privileged_group(owner) ||
           owner == sddl::make_sid(5, std::array<std::uint32_t, 1>{18});
}

void note_the_owner(descriptor_work const& work, wanted_owner const& wanted) {
    auto const& object = work.object();
    if (!is_usual_owner(*wanted.owner.sid))
        work.warn(
            "owner-unusual",
            fmt::format("{} will own {}: an owner reads and changes the permissions of an object whatever "
                        "its list says",
                        wanted.owner.name, object.dn),
            {}, "Domain Admins or Administrators own what nobody else has to");
    if (object.is_a("computer"))
        work.note(
            "owner-of-computer",
            fmt::format("{} is a computer: a later domain join that reuses the account asks who owns it",
                        object.dn));
    work.note(
        "owner-privilege",
        fmt::format("the server takes a new owner of {} from members of that group who may own for it, from "
                    "the account itself, or with the right to restore files and directories",
                    object.dn));
}

} // namespace

void edit(descriptor_work& work, wanted_owner const& wanted) {
    bool const is_owner = work.after.owner == wanted.owner.sid;
    bool const is_group = !wanted.group || work.after.group == wanted.group->sid;
    if (is_owner && is_group)
        return work.facts.add({"owner-there",
                               severity::fact,
                               fmt::format("{} owns {} already", wanted.owner.name, work.object().dn),
                               {},
                               {}});
    if (!is_owner)
        note_the_owner(work, wanted);
    work.after.owner = wanted.owner.sid;
    if (wanted.group)
        work.after.group = wanted.group->sid;
}

} // namespace dsplan::plan
