#pragma once
#include <sddl/access_check.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/implicit_owner_rights.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::access {

/// One right on one subject: "write telephoneNumber".
struct granted_right {
    directory::right_subject subject;
    sddl::access_mask right; ///< one bit

    friend bool operator==(granted_right const&, granted_right const&) = default;
};

/// What one ACE decides, and the other bases of rights: ownership, no DACL.
struct deciding_ace {
    sddl::access_basis basis = sddl::access_basis::ace;
    std::size_t index = 0; ///< of the ACE in the DACL
    std::vector<granted_right> rights;
};

/// What an account may do with an object. All names sorted.
struct effective_access {
    std::vector<std::string> readable_attributes;
    std::vector<std::string> writable_attributes;
    std::vector<std::string> creatable_classes;
    std::vector<std::string> deletable_classes;
    std::vector<std::string> extended_rights;
    std::vector<std::string> validated_writes;
    std::uint32_t descriptor_rights = 0;  ///< as sDRightsEffective: 3 owner and group, 4 DACL
    sddl::access_mask object_rights;      ///< on the object itself
    std::string deleted_by;               ///< "by delete user on the parent", where its own list does not
                                          ///< let it be deleted; else empty
    std::vector<deciding_ace> decided_by; ///< by index, then what is no ACE
    std::vector<std::string> unknown;     ///< why the answer may be wrong; printable sentences
};

/// Answers for any number of accounts and objects of one snapshot.
class access_evaluator {
public:
    access_evaluator(directory::snapshot const& exported, directory::membership const& members,
                     directory::schema const& known)
        : exported_(exported)
        , members_(members)
        , rights_(std::make_shared<directory::class_rights_cache>(known))
        , owners_(exported) {}

    /// Everything that `token` may do with the object; `claims` decide conditional ACEs.
    [[nodiscard]] effective_access evaluate(sddl::security_token const& token, directory::entry const& object,
                                            sddl::account_claims const& claims = sddl::no_known_claims);

    /// Whether `token` may do one thing, and by what. An object is deleted by its own list or by that of its
    /// parent; as a tree by its own or with one above it. The object must have a readable descriptor and a
    /// class that the schema knows.
    [[nodiscard]] right_answer decide(right_query const& query, sddl::security_token const& token,
                                      directory::entry const& object,
                                      sddl::account_claims const& claims) const;

    /// The token of an account for objects of a domain, as `domain_part` names it; empty: all its groups
    /// count.
    [[nodiscard]] sddl::security_token token_of(directory::entry const& account,
                                                std::string_view domain = {}) const;

    /// Groups that the account or a group of it names and the export lacks, by DN; what they would give is
    /// not known.
    [[nodiscard]] std::vector<std::string> unseen_groups(directory::entry const& account) const;

    /// What else of the account's memberships the object's ACEs for `rights` ask for and the export does not
    /// tell: sentences.
    [[nodiscard]] std::vector<std::string> unknown_memberships(directory::entry const& account,
                                                               sddl::security_token const& token,
                                                               directory::entry const& object,
                                                               sddl::access_mask rights) const;

private:
    [[nodiscard]] right_answer decide_on(right_query const& query, sddl::security_token const& token,
                                         directory::entry const& object,
                                         sddl::account_claims const& claims) const;
    [[nodiscard]] right_answer delete_from_above(right_query const& query, sddl::security_token const& token,
                                                 directory::entry const& object,
                                                 sddl::account_claims const& claims) const;
    void add_deletion(effective_access& made, sddl::security_token const& token,
                      directory::entry const& object, sddl::account_claims const& claims) const;

    directory::snapshot const& exported_;
    directory::membership const& members_;
    std::shared_ptr<directory::class_rights_cache> rights_;
    directory::implicit_owner_rights owners_;
};

} // namespace dsplan::access
