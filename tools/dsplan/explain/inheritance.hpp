#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <string>
#include <vector>

namespace dsplan::explain {

/// What a new object of one class below gets from one ACE.
struct child_aces {
    std::string class_name;
    std::vector<std::string> effective; ///< as SDDL: they take effect on the object
    std::vector<std::string> passed_on; ///< as SDDL: they only wait for objects further down
};

/// What comes of one ACE of the DACL on objects below, by class.
struct ace_inheritance {
    std::size_t ace = 0; ///< index in the DACL
    std::vector<child_aces> children;
    bool names_creator = false; ///< an effective ACE for the owner or group of the new object comes on top
};

/// What a user, a computer and an organizational unit below would receive from each inheritable ACE.
/// [MS-ADTS] 6.1.3
[[nodiscard]] std::vector<ace_inheritance> inheritance_of(sddl::security_descriptor const& descriptor,
                                                          sddl::domain_sids const& sids);

} // namespace dsplan::explain
