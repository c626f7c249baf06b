#pragma once
#include <sddl/access_check.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/paths/account_facts.hpp>
#include <tools/dsplan/paths/edge_kinds.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::paths {

/// Somebody who acts: an account, or a SID that no object has, and groups that it could put itself into.
struct actor {
    object_index account = access::no_object;
    std::uint32_t token_class = access::no_class;
    std::vector<object_index> joined{};
};

/// Why a step is allowed.
struct grant {
    strength how = strength::decisive;
    std::string condition{}; ///< "if …"; empty where it is decisive
    sddl::access_basis basis = sddl::access_basis::nothing;
    std::size_t index = 0; ///< of the ACE in the list
    sddl::security_descriptor const* list = nullptr;
};

/// Asks the access check what an actor may do with objects, and what attributes make of it.
class control_judge {
public:
    control_judge(directory_side const& side, account_facts const& facts);

    /// Whether the right of a row is there at all: a schema may lack its attribute.
    [[nodiscard]] bool knows(std::size_t row) const { return queries_[row].has_value(); }

    /// Every bit that an ACE which decides the row may have.
    [[nodiscard]] sddl::access_mask rights_of(std::size_t row) const;

    /// Whether a token may do it with the list, as far as ACEs go.
    [[nodiscard]] bool may(std::size_t row, object_index object, sddl::security_token const& token) const;

    /// The same for all that the row needs.
    [[nodiscard]] bool holds(std::size_t row, object_index object, sddl::security_token const& token) const;

    /// Whether the actor takes the object over by the right of the row.
    [[nodiscard]] std::optional<grant> ask(std::size_t row, object_index object, actor const& who) const;

    /// Whether a list that stands in a value allows the actor anything.
    [[nodiscard]] std::optional<grant> ask_value(sddl::security_descriptor const& list, object_index object,
                                                 actor const& who) const;

    /// Whether full control for the actor, granted on the container to everything below, arrives at an
    /// object. `container` lies above it.
    [[nodiscard]] bool arrives(object_index container, object_index object, actor const& who) const;

    [[nodiscard]] sddl::security_token token_of(actor const& who, std::uint32_t domain) const;

private:
    [[nodiscard]] std::optional<grant> decide(access::right_query const& query, object_index object,
                                              sddl::security_descriptor const& list,
                                              sddl::security_token const& token) const;
    [[nodiscard]] std::optional<grant> as_new_owner(object_index object, actor const& who,
                                                    sddl::security_token const& token) const;
    void limit(std::optional<grant>& found, std::size_t row, object_index object, actor const& who) const;
    void limit_certificate(std::optional<grant>& found, edge_kind kind, object_index object,
                           actor const& who) const;
    [[nodiscard]] bool may_enroll(actor const& who, object_index of_template) const;
    [[nodiscard]] bool may_enroll_at(actor const& who, object_index service) const;
    [[nodiscard]] bool may_write_flags(object_index object, actor const& who) const;
    [[nodiscard]] bool controls_a_policy(actor const& who, std::uint32_t domain) const;

    directory_side const& side_;
    account_facts const& facts_;
    std::vector<std::optional<access::right_query>> queries_;    // one a row
    std::vector<std::optional<access::right_query>> candidates_; // likewise
    std::optional<access::right_query> create_policy_;
};

/// The row of a kind's right; the first of several.
[[nodiscard]] std::size_t row_index_of(edge_kind kind);

} // namespace dsplan::paths
