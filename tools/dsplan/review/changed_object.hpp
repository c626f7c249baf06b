#pragma once
#include <ldif/changes/entry.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/words/account_names.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace dsplan::review {

/// What is known of the object that a record is about, from the base or, for what no base says, from its
/// name.
struct changed_object {
    std::string_view dn;
    directory::entry const* exported = nullptr; ///< null for a new object and without a base
    std::string old_name{};                     ///< before all changes, where they gave it another one
    std::string object_class;                   ///< structural; empty where it is not known
    bool is_domain_root = false;
    bool is_admin_sd_holder = false;
    bool is_domain_controller = false; ///< or the container of domain controllers
    bool is_privileged_group = false;
    bool is_administrator = false; ///< Administrator or krbtgt
    bool by_name = false;          ///< these five come from the name only
    bool is_krbtgt = false;
    bool is_controllers_container = false;        ///< OU=Domain Controllers itself
    bool is_system_container = false;             ///< CN=Users, CN=Builtin, CN=Policies and their like
    bool holds_administrators = false;            ///< administrators or controllers lie below it
    std::optional<sddl::sid> sid{};               ///< of the base or of its name
    words::known_group const* group = nullptr;    ///< that every domain has
    words::known_group const* namesake = nullptr; ///< one of a domain that takes over, where the name is all
                                                  ///< that says so, and the place another
    bool looks_privileged = false; ///< a default place, and a name that may be a localised one: nobody knows
    std::string first_name{};      ///< the value of its first RDN, ASCII in lower case
};

/// As its userAccountControl says.
[[nodiscard]] bool is_domain_controller(directory::entry const& account);

/// `before` is the object as the changes before left it; null where there is none or no base. `former_name`
/// is what it was called before all changes of the files; empty where they have not renamed it.
[[nodiscard]] changed_object find_object(ldif::record const& change, words::name_context const& names,
                                         ldif::entry const* before, std::string const& former_name = {});

} // namespace dsplan::review
