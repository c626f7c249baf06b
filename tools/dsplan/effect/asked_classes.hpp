#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/effect/object_groups.hpp>

#include <cstdint>
#include <vector>

namespace dsplan::effect {

/// Which classes of tokens a change can concern on which objects. Keeps references to both.
class asked_classes {
public:
    asked_classes(access::token_classes const& tokens, std::vector<sddl::sid> const& sids);

    /// Of all others the group's descriptors grant the same before and after: they hold no SID whose ACEs
    /// differ, and neither gain nor lose one that decides there. Ascending.
    [[nodiscard]] std::vector<std::uint32_t> of(object_group const& group) const;

    /// True where an account gains or loses a SID.
    [[nodiscard]] bool tokens_change() const { return tokens_change_; }

    /// The SIDs that one gains or loses, ascending.
    [[nodiscard]] std::vector<sddl::sid> changing() const;

private:
    using by_sid = std::vector<std::vector<std::uint32_t>>;

    void add_changing(std::vector<std::uint32_t>& asked, object_group const& group) const;
    void add(std::vector<std::uint32_t>& to, by_sid const& from, sddl::sid const& sid) const;

    access::token_classes const& tokens_;
    std::vector<sddl::sid> const& sids_;
    by_sid holding_;  // before or after
    by_sid changing_; // which they gain or lose
    bool tokens_change_ = false;
};

} // namespace dsplan::effect
