#pragma once
#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/paths/control_judge.hpp>
#include <tools/dsplan/paths/tier_zero.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace dsplan::paths {

/// A trustee of a list and the right, of `right_rows`, that it holds there by itself.
struct candidate {
    sddl::sid trustee;
    std::uint32_t row;
};

/// Who the list of an object gives something to, alone with the groups that it is in.
class candidate_trustees {
public:
    candidate_trustees(directory_side const& side, account_facts const& facts, control_judge const& judge,
                       tier_zero const& holders);

    /// Of an object whose list is known.
    [[nodiscard]] std::vector<candidate> find(object_index object) const;

    /// Whether it holds tier 0, or is nobody that could walk.
    [[nodiscard]] bool need_no_way(sddl::sid const& trustee) const;

    /// The objects that have a SID.
    [[nodiscard]] access::sid_carriers const& carriers() const { return carriers_; }

private:
    [[nodiscard]] std::vector<std::size_t> rows_for(object_index object, sddl::access_mask mask) const;
    [[nodiscard]] std::optional<sddl::security_token> token_of(sddl::sid const& trustee,
                                                               std::uint32_t domain) const;

    directory_side const& side_;
    account_facts const& facts_;
    control_judge const& judge_;
    tier_zero const& holders_;
    access::sid_carriers carriers_;
};

} // namespace dsplan::paths
