#include <tools/dsplan/plan/guid_names.hpp>

#include <fmt/format.h>

namespace dsplan::plan {

void name_rights_by_guid(plan& drawn, directory::schema const& known) {
    for (domain_changes& domain : drawn.domains)
        for (permission_change& change : domain.permissions)
            for (grant& each : change.grants)
                if (each.property_guid && known.find_attribute(each.property) == nullptr &&
                    known.find_class(each.property) == nullptr)
                    each.property = fmt::format("{}", *each.property_guid);
}

} // namespace dsplan::plan
