#pragma once
#include <tools/dsplan/ground/failure.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::plan {

/// An account that a list names, and its line.
struct listed_account {
    std::string name;
    std::size_t line = 0;

    friend bool operator==(listed_account const&, listed_account const&) = default;
};

/// Reads a list of accounts: one a line, or CSV whose first line names columns, of which member, sid, dn, upn
/// or samAccountName counts. UTF-8 or, with a byte order mark, UTF-16. Blank lines, and lines that begin with
/// "#", count for nothing; an account that stands there twice counts once. RFC 4180, with semicolons and tabs
/// too.
///
/// Errors: octets that are no UTF-8; a line without the column, or with a quotation mark that does not end.
[[nodiscard]] result<std::vector<listed_account>> read_account_list(std::string_view octets);

/// An account and the one that takes its place.
struct account_pair {
    std::string old_name;
    std::string new_name;
    std::size_t line = 0;

    friend bool operator==(account_pair const&, account_pair const&) = default;
};

/// Reads CSV whose first line names the columns old and new, as `read_account_list` reads lists.
[[nodiscard]] result<std::vector<account_pair>> read_account_pairs(std::string_view octets);

} // namespace dsplan::plan
