#pragma once
#include <sddl/ace.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>

#include <map>
#include <vector>

namespace dsplan::plan {

/// An ACE that allows something and is the object's own.
struct explicit_allow {
    directory::entry const* object = nullptr;
    sddl::ace const* value = nullptr;
};

/// The ACEs of the export that a deny from above comes behind: an object's own come before those it inherits.
/// [MS-DTYP] 2.5.3.2
class explicit_allows {
public:
    explicit explicit_allows(directory::snapshot const& exported);

    /// Those below the object that allow the trustee some of what `denied` denies there, by the objects'
    /// names.
    [[nodiscard]] std::vector<explicit_allow> against(sddl::permission const& denied,
                                                      directory::entry const& object,
                                                      request_context const& context) const;

private:
    std::map<sddl::sid, std::vector<explicit_allow>> by_trustee_;
};

} // namespace dsplan::plan
