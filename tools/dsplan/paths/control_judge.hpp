#pragma once
#include <sddl/access_check.hpp>
#include <tools/dsplan/paths/account_facts.hpp>
#include <tools/dsplan/paths/control_node.hpp>
#include <tools/dsplan/paths/row_queries.hpp>

#include <map>
#include <optional>
#include <string>
#include <tuple>
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

/// Makes a step depend on a condition; what depends on one already keeps its own.
void weaken(grant& found, std::string_view condition);

inline constexpr std::string_view if_ace_holds = "if the condition of the ACE holds";

/// What the access check says of a list, asked again by `ask` where it is not known whether a denial holds: a
/// condition that is not known allows nothing and denies, and both are said as conditions of the step.
template <class Ask>
[[nodiscard]] std::optional<grant> settle(sddl::security_descriptor const& list, Ask const& ask) {
    sddl::access_decision answer = ask(list);
    grant found{.list = &list};
    auto without = answer.is_unknown_denial ? std::optional(list) : std::nullopt;
    for (; answer.is_unknown_denial; answer = ask(*without)) {
        weaken(found, "unless the condition of an ACE that denies it holds");
        without->dacl->aces[answer.index].flags |= sddl::ace_flag::inherit_only; // indices stay
    }
    if (!answer.granted && answer.unknown_conditions.empty())
        return std::nullopt;
    found.basis = answer.granted ? answer.basis : sddl::access_basis::ace;
    found.index = answer.granted ? answer.index : answer.unknown_conditions.front();
    if (!answer.granted)
        weaken(found, if_ace_holds);
    return found;
}

/// Asks the access check what an actor may do with objects, and what attributes make of it.
class control_judge {
public:
    control_judge(directory_side const& side, account_facts const& facts, row_queries const& queries)
        : side_(side)
        , facts_(facts)
        , queries_(queries) {}

    /// Whether the right of a row is there at all: a schema may lack its attribute.
    [[nodiscard]] bool knows(std::size_t row) const { return queries_.rows[row].has_value(); }

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

    /// What a plain edge asks of the actor that walks it: who controls a container needs a policy to link.
    [[nodiscard]] grant ask_plain(control_node const& from, plain_edge const& edge, actor const& who) const;

    /// Whether a token that cannot take an account or a group over where it is can where it may move it: what
    /// a container passes on arrives there.
    [[nodiscard]] std::optional<grant> may_move(object_index object, sddl::security_token const& token) const;

    /// Whether an account gets a certificate that is good for whom it names, not for its SID.
    [[nodiscard]] bool enrolls_weakly(actor const& who) const;

    /// Whether the list of a domain's root lets anybody but tier 0 add domain controllers.
    [[nodiscard]] bool lets_outsiders_add_controllers(object_index root) const;

    /// Whether full control for the actor, granted on the container to everything below, arrives at an
    /// object. `container` lies above it.
    [[nodiscard]] bool arrives(object_index container, object_index object, actor const& who) const;

    [[nodiscard]] sddl::security_token token_of(actor const& who, std::uint32_t domain) const;

private:
    // Asked again and again of the same actor.
    struct known_answers {
        std::map<std::tuple<std::uint32_t, std::vector<object_index>, std::uint32_t>, bool> policies;
        std::map<std::tuple<std::uint32_t, std::vector<object_index>>, bool> services;
    };

    [[nodiscard]] std::optional<grant> decide(access::right_query const& query, object_index object,
                                              sddl::security_descriptor const& list,
                                              sddl::security_token const& token) const;
    [[nodiscard]] std::optional<grant> decide_on(access::right_query const& query, object_index object,
                                                 sddl::security_token const& token) const;
    [[nodiscard]] bool is_decisive(std::optional<access::right_query> const& query, object_index object,
                                   sddl::security_token const& token) const;
    [[nodiscard]] std::optional<grant> as_new_owner(object_index object, actor const& who,
                                                    sddl::security_token const& token) const;
    [[nodiscard]] std::optional<grant> control_by(object_index object, sddl::security_descriptor const& list,
                                                  sddl::security_token const& token) const;
    [[nodiscard]] bool takes_over(object_index object, sddl::security_descriptor const& list,
                                  sddl::security_token const& token) const;
    void limit(std::optional<grant>& found, std::size_t row, object_index object, actor const& who) const;
    [[nodiscard]] std::optional<grant> what_it_takes(edge_kind kind, object_index object,
                                                     actor const& who) const;
    void limit_secret(std::optional<grant>& found, edge_kind kind, object_index object,
                      actor const& who) const;
    void limit_certificate(std::optional<grant>& found, edge_kind kind, object_index object,
                           actor const& who) const;
    [[nodiscard]] bool is_possible(std::size_t row, object_index object, actor const& who) const;
    [[nodiscard]] std::optional<grant> may_enroll(actor const& who, object_index of_template) const;
    [[nodiscard]] std::optional<grant> may_enroll_at(actor const& who, object_index service) const;
    [[nodiscard]] bool controls_a_policy(actor const& who, std::uint32_t domain) const;
    [[nodiscard]] bool finds_a_policy(actor const& who, std::uint32_t domain) const;
    [[nodiscard]] bool controls_a_service(actor const& who) const;
    [[nodiscard]] std::optional<grant> may_leave(object_index object,
                                                 sddl::security_token const& token) const;
    [[nodiscard]] std::optional<grant> may_arrive(object_index object, object_index container,
                                                  sddl::security_token const& token) const;

    directory_side const& side_;
    account_facts const& facts_;
    row_queries const& queries_;
    mutable known_answers known_;
};

} // namespace dsplan::paths
