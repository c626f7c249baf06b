#pragma once
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace dsplan::directory {

enum class known : std::uint8_t { no, yes, unknown };

/// A domain controller's computer object and whether it runs Windows Server 2016 or later.
struct domain_controller {
    entry const* object = nullptr;
    known is_2016_or_later = known::unknown;
};

/// Whether a domain has a Windows Server 2016 or later domain controller, and what says so.
struct controller_survey {
    std::vector<domain_controller> controllers; ///< by key
    std::optional<std::int64_t>
        functional_level; ///< msDS-Behavior-Version of the domain root; 7 is Windows Server 2016
    known has_2016_or_later = known::unknown;
};

/// Looks at the computer objects that are domain controllers (userAccountControl 0x2000 or 0x4000000) and at
/// the functional level. A controller whose system is not Windows or not in the export is unknown.
[[nodiscard]] controller_survey survey_controllers(snapshot const& exported, forest const& around,
                                                   domain const& of);

/// Whether "10.0 (14393)" is Windows Server 2016 or later; unknown for what is no Windows version.
[[nodiscard]] known is_2016_or_later(std::string_view operating_system_version);

} // namespace dsplan::directory
