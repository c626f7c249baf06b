#pragma once
#include <ldif/changes/entry.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/record.hpp>
#include <ldif/record_view.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Accounts whose primary group is another one in the later of two exports, and the members that the server
/// moves with it. MS-SAMR 3.1.1.8.2
///
/// All keys are tree keys of the later export.
class primary_group_plan {
public:
    explicit primary_group_plan(std::size_t memory)
        : groups_(memory / 4)
        , pairs_(memory / 4)
        , accounts_(memory / 4) {}

    /// A record of the later export; those of groups are kept by their RID.
    void add_group(std::string_view key, record_view const& record);

    /// An account whose primaryGroupID changes. Nothing where the export does not hold the new group.
    void add(std::string_view key, std::string_view dn, std::string_view old_rid, std::string_view new_rid);

    /// True where the account is one of them.
    [[nodiscard]] bool moves(std::string_view account_key);

    /// True where the server changes the members of that group.
    [[nodiscard]] bool concerns(std::string_view group_key);

    /// Takes out of both what the server does by itself.
    void adjust(std::string_view group_key, entry& before, entry& after);

    /// Emits a membership where the account needs one, the primary group, and what the server does too much.
    void emit(std::function<void(record const&)> const& emit);

private:
    [[nodiscard]] std::string group(std::string_view account_key, std::string_view rid);

    ordered_store groups_;     // key of the domain, RID: key and name of the group
    ordered_store pairs_;      // key of the group, NUL, N(ew) or O(ld), key of the account: whether a member
    external_sorter accounts_; // key: name, RID, names and keys of both groups
    bool is_empty_ = true;
};

} // namespace dsplan::ldif
