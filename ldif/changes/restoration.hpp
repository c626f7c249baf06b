#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// What makes a deleted object again in a form that an import takes: an account comes back disabled and
/// without its password, its memberships and its primary group in records after the addition.
/// MS-SAMR 3.1.1.8.2
struct restoration {
    std::vector<record> records;
    std::vector<std::string> left_out; ///< attributes that are not set again
    bool is_disabled = false;          ///< it comes back disabled, and must change its password

    friend bool operator==(restoration const&, restoration const&) = default;
};

/// `links` are the records that set the links to the object again; `tree` is the directory without it.
[[nodiscard]] restoration restore(entry const& deleted, std::vector<record> links,
                                  directory_tree const& tree);

/// True for what no addition sets though a modification may, or other values of it: primaryGroupID, a time in
/// pwdLastSet, sIDHistory, passwords.
[[nodiscard]] bool is_refused_in_additions(std::string_view description, std::string_view value);

/// True for a value of pwdLastSet that no client may write. MS-SAMR 3.1.1.8.8
[[nodiscard]] bool is_password_time(std::string_view description, std::string_view value);

/// The primaryGroupID that the server gives a new account of these classes and this userAccountControl; empty
/// for what is no account. MS-SAMR 3.1.1.8.1
[[nodiscard]] std::string default_primary_group(entry const& account);

} // namespace dsplan::ldif
