#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string>

namespace dsplan::directory {

/// What a name stands for, so that nobody has to look it up; SID and DN are empty where the export does not
/// say.
struct identity {
    std::string name;
    std::string sid;
    std::string dn;
};

/// Of an object of the export.
[[nodiscard]] identity identity_of(entry const& object);

/// Of a SID that is called `name`, in the export or, where that is null, without one.
[[nodiscard]] identity identity_of(snapshot const* exported, sddl::sid const& sid, std::string name);

} // namespace dsplan::directory
