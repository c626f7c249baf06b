#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/dsacls/script.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace dsplan::plan {

/// /I:T, /I:S, /I:P
enum class dsacls_inheritance : std::uint8_t { none, tree, below, one_level };

/// What a call of dsacls asks for, switch by switch.
struct dsacls_call {
    request_place place;
    std::string server; ///< as the call names it; may be empty
    script_word dn;
    dsacls_inheritance inherits = dsacls_inheritance::none;
    request_place inherits_place;
    std::vector<script_word> grants;   ///< /G
    std::vector<script_word> denials;  ///< /D
    std::vector<script_word> removals; ///< /R
    bool replaces = false;             ///< /N
    bool protects = false;             ///< /P:Y
    bool allows_inheritance = false;   ///< /P:N
    bool resets = false;               ///< /S
    bool resets_tree = false;          ///< /S /T
    bool resets_dacl = false;          ///< /resetDefaultDACL
    bool resets_sacl = false;          ///< /resetDefaultSACL
    bool takes_ownership = false;
    bool has_credentials = false; ///< /domain, /user, /passwd, /simple

    /// True for a call that only shows a list.
    [[nodiscard]] bool only_displays() const {
        return grants.empty() && denials.empty() && removals.empty() && !replaces && !protects &&
               !allows_inheritance && !resets && !resets_dacl && !resets_sacl && !takes_ownership;
    }
};

/// Reads the arguments of a call; case counts nowhere. Errors, all of the call: no object, a switch that
/// dsacls does not have, one that is cut by a blank, an argument that belongs to none.
[[nodiscard]] dsacls_call read_call(script_call const& call, std::vector<placed_failure>& errors);

} // namespace dsplan::plan
