#pragma once
#include <tools/dsplan/access/effective_access.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dsplan::review {

/// A right that is worth the domain, or an account that guards it.
struct authority {
    std::string right; ///< "change permissions"
    directory::entry const* on = nullptr;
    std::string ace; ///< that allows it; empty where ownership does
};

/// Who can take over the domain of a base, beyond the groups that everybody knows for it. Computed when it is
/// asked for first.
class domain_authority {
public:
    domain_authority(words::name_context const& names, directory::membership const& members)
        : names_(names)
        , members_(members)
        , access_(*names.exported, members, names.known) {}

    /// "protected, through CN=Administrators,…", "a domain controller"; empty for ordinary accounts.
    [[nodiscard]] std::string why_privileged(directory::entry const& account);

    /// The rights that membership of a group gives on the root of a domain, AdminSDHolder, privileged groups,
    /// protected accounts and domain controllers, and with which these can be taken over. What everybody has
    /// is left out, and so is what depends on a condition. Objects that cannot be told apart count once.
    [[nodiscard]] std::vector<authority> const& of(directory::entry const& group);

    /// Whether membership of a group gives any of them, or a well-known power.
    [[nodiscard]] bool gives_power(directory::entry const& group);

    /// Whether a privileged account lies below the container, however deep.
    [[nodiscard]] bool holds_privileged(directory::entry const& container);

private:
    void build();
    void add_containers(directory::entry const& object);
    void add_critical(directory::entry const& object);
    [[nodiscard]] std::vector<std::string> rights_on(directory::entry const& object) const;
    [[nodiscard]] std::vector<authority> compute(directory::entry const& group) const;
    void add_right(std::vector<authority>& found, directory::entry const& object, std::string_view right,
                   sddl::security_token const& token) const;

    words::name_context const& names_;
    directory::membership const& members_;
    access::access_evaluator access_;
    std::optional<directory::protected_accounts> protected_;
    std::vector<directory::entry const*> critical_; // one of each descriptor and class
    std::set<directory::entry const*> above_privileged_;
    std::set<sddl::sid> named_there_; // by their allow ACEs and as owners
    std::map<directory::entry const*, std::vector<authority>> known_;
};

} // namespace dsplan::review
