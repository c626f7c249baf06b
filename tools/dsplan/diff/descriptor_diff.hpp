#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/words/account_names.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <string>
#include <vector>

/// Two descriptors, or two exports, held against each other. Values only: `render` decides how they look.
namespace dsplan::diff {

/// What a difference comes to.
enum class claim_kind : std::uint8_t {
    same,          ///< nothing differs, or the layout of the octets only
    owner,         ///< another owner or group
    control,       ///< other flags of a list
    state,         ///< a list that is absent, NULL, or there, and was not
    same_aces,     ///< the same ACEs in another order
    same_access,   ///< another order or other ACEs, the same access
    now_inherited, ///< ACEs that were explicit
    now_explicit,  ///< ACEs that were inherited
    wider,         ///< somebody may do more
    narrower,      ///< somebody may do less
    audit,         ///< other ACEs in the SACL
    not_judged,    ///< ACEs whose effect cannot be told
};

/// "same", "now-inherited", "wider" …: how a kind is called in JSON.
[[nodiscard]] std::string_view name_of(claim_kind kind);

struct claim {
    claim_kind kind;
    std::string
        text; ///< "wider by write telephoneNumber, for Authenticated Users (AU), on the object itself"
};

struct descriptor_diff {
    std::vector<claim> claims;        ///< never empty
    words::descriptor_reading aces{}; ///< ACE by ACE
    bool differs = false;             ///< in more than the layout of the octets
};

/// What turns `before` into `after`, ACE by ACE and in what it lets people do.
///
/// Access is compared on an object of each of `classes` and on one that inherits from it, for every trustee
/// whose ACEs differ, as somebody who is in no other group than Everyone and Authenticated Users. Rights on
/// objects of another kind are put into their words and not judged.
[[nodiscard]] descriptor_diff compare_descriptors(sddl::security_descriptor const& before,
                                                  sddl::security_descriptor const& after,
                                                  words::name_context const& names,
                                                  std::vector<directory::schema_class const*> const& classes,
                                                  words::object_kind kind = words::object_kind::directory);

} // namespace dsplan::diff
