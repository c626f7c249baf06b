#pragma once
#include <sddl/security_token.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>

namespace dsplan::directory {

/// Whether the owner of an object may read and change its DACL without an ACE that says so.
///
/// A forest can take that from the owners of computers, Domain Admins and Enterprise Admins apart:
/// character 29 of dSHeuristics, BlockOwnerImplicitRights. 1 blocks, 2 does not; what anything else does
/// depends on the updates of the domain controllers. [MS-ADTS] 6.1.1.2.4.1.2
class implicit_owner_rights {
public:
    implicit_owner_rights() = default;
    explicit implicit_owner_rights(snapshot const& exported);

    /// True where it is not said.
    [[nodiscard]] bool have_rights(object_classes const& classes, sddl::security_token const& who) const;

    /// False where the export does not tell.
    [[nodiscard]] bool is_said(object_classes const& classes, sddl::security_token const& who) const;

private:
    enum class setting : std::uint8_t { unsaid, blocked, granted };
    setting setting_ = setting::unsaid;
};

} // namespace dsplan::directory
