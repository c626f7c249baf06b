#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/plan/dsacls/dsacls_call.hpp>
#include <tools/dsplan/plan/finding.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::plan {

/// What no document settles, as the user decides it.
struct dsacls_choices {
    std::string typed_without_i; ///< "S" or "object": a class where no /I stands; empty: an error
    std::string protection;      ///< "copy" or "drop": what /P:Y does to inherited ACEs; empty: an error
    std::string caller;          ///< the account that /takeOwnership makes the owner; empty: an error
    bool as_written = false;     ///< keep what probably means something else
};

/// "ACCOUNT:RPWP;lockoutTime;user", as dsacls makes an ACE of it.
struct dsacls_statement {
    request_place place;
    std::string trustee;
    sddl::access_mask mask; ///< generic rights replaced by what they mean
    std::optional<sddl::guid> type;
    std::optional<sddl::guid> inherited_type;
    std::uint8_t flags = 0;
};

struct statement_reading {
    directory::schema const& known;
    dsacls_choices const& choices;
    std::vector<placed_failure>& errors;
    std::vector<finding>& remarks;
};

/// Reads a statement of /G or /D. Errors: letters that dsacls does not have, a name that the schema lacks or
/// that is of another kind than the letters ask for, with what was probably meant; a class without /I.
[[nodiscard]] std::optional<dsacls_statement>
read_statement(script_word const& word, dsacls_inheritance inherits, statement_reading& state);

} // namespace dsplan::plan
