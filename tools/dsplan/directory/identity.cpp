#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/directory/principals.hpp>

#include <fmt/format.h>

#include <utility>

namespace dsplan::directory {

identity identity_of(entry const& object) {
    return {account_name(object), object.sid ? fmt::format("{}", *object.sid) : std::string(),
            std::string(object.dn)};
}

identity identity_of(snapshot const* exported, sddl::sid const& sid, std::string name) {
    auto const* const object = exported == nullptr ? nullptr : exported->find(sid);
    return {std::move(name), fmt::format("{}", sid),
            object == nullptr ? std::string() : std::string(object->dn)};
}

} // namespace dsplan::directory
