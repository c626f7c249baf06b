#pragma once
#include <tools/dsplan/review/value_change.hpp>

#include <string>

/// What the values of single attributes give away, one test a danger: a sentence, or nothing.
namespace dsplan::review::value_tests {

// any attribute
[[nodiscard]] std::string gets_values(value_change const& change);
[[nodiscard]] std::string changes(value_change const& change);
[[nodiscard]] std::string loses_values(value_change const& change);

// accounts
[[nodiscard]] std::string is_enabled(value_change const& change);
[[nodiscard]] std::string enables_guest(value_change const& change);
[[nodiscard]] std::string weakens_account(value_change const& change);
[[nodiscard]] std::string becomes_controller(value_change const& change);
[[nodiscard]] std::string creates_controller(value_change const& change);
[[nodiscard]] std::string renames_privileged(value_change const& change);
[[nodiscard]] std::string restores_object(value_change const& change);
[[nodiscard]] std::string is_script(value_change const& change);
[[nodiscard]] std::string is_script_of_privileged(value_change const& change);
[[nodiscard]] std::string weakens_encryption(value_change const& change);
[[nodiscard]] std::string is_primary_group_with_power(value_change const& change);
[[nodiscard]] std::string is_secret(value_change const& change);
[[nodiscard]] std::string is_password_of_privileged(value_change const& change);
[[nodiscard]] std::string becomes_security_group(value_change const& change);

// when, where and how long an account may log on
[[nodiscard]] std::string widens_logon_hours(value_change const& change);
[[nodiscard]] std::string widens_workstations(value_change const& change);
[[nodiscard]] std::string moves_expiry(value_change const& change);
[[nodiscard]] std::string renews_password(value_change const& change);
[[nodiscard]] std::string delays_rotation(value_change const& change);

// names of other accounts
[[nodiscard]] std::string takes_name_of_controller(value_change const& change);
[[nodiscard]] std::string takes_name_of_computer(value_change const& change);
[[nodiscard]] std::string computer_without_dollar(value_change const& change);
[[nodiscard]] std::string takes_logon_name(value_change const& change);
[[nodiscard]] std::string delegates_to_controller(value_change const& change);

// policies
[[nodiscard]] std::string links_policy(value_change const& change);
[[nodiscard]] std::string links_policy_above_administrators(value_change const& change);
[[nodiscard]] std::string loses_policy(value_change const& change);
[[nodiscard]] std::string blocks_policies(value_change const& change);
[[nodiscard]] std::string leaves_sysvol(value_change const& change);
[[nodiscard]] std::string disables_policy(value_change const& change);
[[nodiscard]] std::string edits_policy(value_change const& change);
[[nodiscard]] std::string raises_version(value_change const& change);

// the domain and the forest
[[nodiscard]] std::string short_password(value_change const& change);
[[nodiscard]] std::string weak_lockout(value_change const& change);
[[nodiscard]] std::string weak_history(value_change const& change);
[[nodiscard]] std::string weak_password_age(value_change const& change);
[[nodiscard]] std::string ends_forced_logoff(value_change const& change);
[[nodiscard]] std::string hinders_replication(value_change const& change);
[[nodiscard]] std::string weak_password_properties(value_change const& change);
[[nodiscard]] std::string opens_machine_quota(value_change const& change);
[[nodiscard]] std::string is_true(value_change const& change);
[[nodiscard]] std::string is_false(value_change const& change);
[[nodiscard]] std::string dangerous_heuristics(value_change const& change);
[[nodiscard]] std::string other_heuristics(value_change const& change);
[[nodiscard]] std::string opens_trust(value_change const& change);

// certificates
[[nodiscard]] std::string enrollee_names_subject(value_change const& change);
[[nodiscard]] std::string drops_approval(value_change const& change);
[[nodiscard]] std::string drops_signature(value_change const& change);
[[nodiscard]] std::string is_good_for_logon(value_change const& change);
[[nodiscard]] std::string makes_authorities(value_change const& change);

// read-only controllers
[[nodiscard]] std::string manages_controller(value_change const& change);

} // namespace dsplan::review::value_tests
