#pragma once
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::review {

/// What the members of groups may do, from the explicit ACEs of a base.
class group_powers {
public:
    group_powers(words::name_context const& names, directory::membership const& members)
        : names_(names)
        , members_(members) {}

    /// "has: read, write lockoutTime (user objects below) on OU=Sales,DC=contoso,DC=com", of the group and of
    /// those it is in; first what a well-known group is for.
    [[nodiscard]] std::vector<std::string> of(directory::entry const& group);

private:
    struct explicit_ace {
        directory::entry const* on;
        std::size_t index; // in its DACL
    };

    void build();

    words::name_context const& names_;
    directory::membership const& members_;
    bool is_built_ = false;
    std::map<sddl::sid, std::vector<explicit_ace>> by_trustee_;
};

} // namespace dsplan::review
