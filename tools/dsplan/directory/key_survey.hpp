#pragma once
#include <tools/dsplan/directory/key_credential.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/public_key.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <tl/expected.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// A value of msDS-KeyCredentialLink, decoded.
struct linked_key {
    key_credential key;
    std::string owner; ///< DN that the value names
};

/// Reads a value; the error says in words where it is none.
[[nodiscard]] tl::expected<linked_key, std::string> read_linked_key(std::string_view value);

/// What is wrong with a key, or worth a look.
struct key_fault {
    std::string_view rule; ///< of the review: "key-weak"
    std::string text;
};

/// One value of one account.
struct surveyed_key {
    entry const* account = nullptr;
    std::string unreadable;         ///< why the value could not be read; empty where it could
    std::optional<linked_key> link; ///< nothing where it could not
    public_key material;
    std::vector<key_fault> faults;
};

/// All keys of an export.
struct key_survey {
    std::vector<surveyed_key> keys; ///< by account, then in the order of the export
    std::size_t accounts = 0;       ///< users and computers looked at, with keys or without
    bool knows_devices = false;     ///< the export holds msDS-Device objects
};

/// Reads every msDS-KeyCredentialLink, computes its hashes again and holds it against the rest of the export:
/// its account, its device, equal keys elsewhere. `is_wanted` chooses the accounts shown; equal keys are
/// looked for on all. No clock: an old key is no fault.
[[nodiscard]] key_survey survey_keys(snapshot const& exported, membership const& members,
                                     std::function<bool(entry const&)> const& is_wanted);

} // namespace dsplan::directory
