#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/access/token_classes.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace dsplan::access {

/// What holds a SID, without the single objects.
struct holder_summary {
    std::vector<sddl::sid> bare;      ///< SIDs that hold it, Everyone among them; objects have them or not
    std::vector<sddl::sid> outsiders; ///< members that have a SID here, and no account
    std::vector<object_index> incomplete; ///< groups of which the export does not hold all members
    std::vector<object_index> untyped;    ///< groups that may be distribution groups
    std::vector<sddl::sid> usual_primary; ///< groups that primaryGroupID usually names
    bool accounts = false;                ///< one at least

    [[nodiscard]] bool everybody() const;
    void add(holder_summary const& other);
};

struct sid_hash {
    std::size_t operator()(sddl::sid const& value) const {
        std::size_t seed = value.sub_authority_count;
        for (auto const part : value.sub_authorities)
            seed = seed * 0x100000001B3U ^ part;
        return seed;
    }
};

/// Objects by the SIDs that they carry, history too.
using sid_carriers = std::unordered_multimap<sddl::sid, object_index, sid_hash>;

[[nodiscard]] sid_carriers carriers_in(directory_image const& image);

/// Walks down the groups of one image, for objects of one domain. What a walk finds below a group, the next
/// ones know: chains and rings of groups are walked once.
class holder_search {
public:
    explicit holder_search(directory_image const& image, std::uint32_t domain = any_domain);

    [[nodiscard]] std::vector<holder_summary> summaries(std::vector<sddl::sid> const& sids);

    /// Everything that holds a SID, groups and carriers too.
    [[nodiscard]] std::vector<object_index> objects_of(sddl::sid const& sid);

    /// Objects with that objectSid.
    [[nodiscard]] std::vector<object_index> carriers_of(sddl::sid const& sid) const;

    [[nodiscard]] sid_carriers const& carriers() const { return carriers_; }
    [[nodiscard]] directory_image const& image() const { return image_; }

private:
    enum class kind : std::uint8_t {
        other,
        account,
        in_every_token,
        foreign,
        usual_primary_group,
        untyped_group
    };

    [[nodiscard]] kind kind_of(object_index object) const;
    [[nodiscard]] std::vector<object_index> starts_of(sddl::sid const& sid) const;
    [[nodiscard]] std::vector<object_index> below(object_index group) const;
    [[nodiscard]] bool counts(object_index object) const;
    [[nodiscard]] std::vector<object_index> deepest_first(std::vector<sddl::sid> const& sids);
    [[nodiscard]] holder_summary summary_from(std::vector<object_index> const& starts, bool keeps);
    void note(holder_summary& made, object_index object) const;

    directory_image const& image_;
    std::uint32_t domain_;
    sid_carriers carriers_;
    std::vector<kind> kinds_; // looked up once: a walk comes by very often
    std::vector<std::uint32_t> seen_;
    std::uint32_t round_ = 0;
    std::unordered_map<object_index, holder_summary> known_; // of what is below groups, and themselves
};

/// As `find_holders` of an image, for those who ask more than once: what is below a group is walked once.
[[nodiscard]] std::vector<sid_holders> find_holders(holder_search& search, std::vector<sddl::sid> const& sids,
                                                    std::set<sddl::sid> const& with_objects = {});

/// Finds which of some SIDs an object holds, by a walk up its groups.
class sids_above {
public:
    /// `carriers` are those in the image.
    sids_above(directory_image const& image, sid_carriers const& carriers,
               std::vector<sddl::sid> const& sids);

    /// Indices into the SIDs, ascending: those that count on objects of the domain.
    [[nodiscard]] std::vector<std::uint32_t> of(object_index object, std::uint32_t domain);

private:
    directory_image const& image_;
    std::unordered_map<object_index, std::vector<std::uint32_t>> own_;  // SIDs that it has itself
    std::unordered_map<object_index, std::vector<object_index>> above_; // groups that lead to one of them
    std::vector<std::uint32_t> seen_;
    std::uint32_t round_ = 0;
};

} // namespace dsplan::access
