#pragma once
#include <tools/dsplan/directory/domain_controllers.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/recipes/whfb/request.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::plan::whfb {

/// The group that holds the grant or is to hold it.
struct target_group {
    directory::entry const* object = nullptr; ///< null while it does not exist
    std::string dn;
    std::string name; ///< sAMAccountName
    directory::domain const* home = nullptr;
    bool is_key_admins = false; ///< Key Admins or Enterprise Key Admins, which have the grant by default
};

/// What the steps of this recipe share: the facts, and the plan they add to.
struct context {
    directory::snapshot const& exported;
    directory::schema const& known;
    whfb_request const& request;
    directory::forest forest;
    directory::membership members;
    directory::protected_accounts protected_ones;
    std::vector<directory::domain> concerned; ///< domains to plan for
    directory::entry const* connector = nullptr;
    trust_type trust = trust_type::key;
    bool has_2016_or_later = false; ///< a domain controller that the export shows to be one
    std::optional<target_group> group;
    std::map<std::string, std::string> octets_after; ///< edited descriptors by DN, for the effect; the
                                                     ///< connector stands in for a group without SID
    plan drawn;

    void add(finding found) { drawn.findings.push_back(std::move(found)); }
    void stop(finding found);

    /// Whether an ACE is planned: no default one is there, or the user wants one of their own.
    [[nodiscard]] bool grants_by_hand() const {
        return !has_2016_or_later || request.by_hand ||
               (request.trust == trust_type::certificate && request.group);
    }

    [[nodiscard]] domain_changes& changes_in(directory::domain const& where);

    /// DN of the forest root domain as the export spells it; empty where it is not known.
    [[nodiscard]] std::string forest_root_dn() const;
};

/// Schema version, Windows Server 2016 domain controllers, trust type, number of domains, faults that adprep
/// left.
void check_prerequisites(context& facts);

/// Finds the connector account; a failure if it is not there.
[[nodiscard]] result<void> find_connector(context& facts);

/// Decides which group holds the grant, and finds it or plans to create it.
[[nodiscard]] result<void> choose_group(context& facts);

/// Plans the ACEs that are missing.
void plan_permissions(context& facts);

/// Plans the membership if it is missing.
void plan_membership(context& facts);

/// Names the members of the group, and everyone outside the administrators who can become a holder.
void check_holders(context& facts);

/// What the plan does to domain controllers, which is one step from the whole domain; true where the
/// connector may write keys of one. `has_way`: the connector has a way to tier 0 before the plan.
[[nodiscard]] bool check_controllers_reached(context& facts, effect::projection const& change, bool has_way);

/// Says who gains what, where the grant arrives and where not. A failure where a change cannot be applied to
/// the export.
[[nodiscard]] result<void> predict_effect(context& facts);

} // namespace dsplan::plan::whfb
