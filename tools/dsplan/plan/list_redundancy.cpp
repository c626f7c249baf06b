#include <tools/dsplan/plan/list_redundancy.hpp>

#include <algorithm>
#include <optional>

namespace dsplan::plan {
namespace {

struct redundancy_search {
    tracked_list const& aces;
    sddl::property_set_of const& set_of;
    may_share_token const& share;
    std::vector<bool> is_gone;

    [[nodiscard]] std::optional<redundancy> kind_of(std::size_t index, std::size_t other) const {
        auto const& value = aces[index].value;
        auto with_mark = value;
        with_mark.flags |= sddl::ace_flag::inherited;
        if (!is_explicit(aces[other]))
            return aces[other].value == with_mark ? std::optional(redundancy::copy) : std::nullopt;
        if (aces[other].value == value)
            return redundancy::duplicate;
        auto const said = sddl::permission_of(value);
        auto const more = sddl::permission_of(aces[other].value);
        return said && more && sddl::covers(*more, *said, set_of) ? std::optional(redundancy::subsumed)
                                                                  : std::nullopt;
    }

    // Between two places, whichever is first; only a later proof can be overtaken.
    [[nodiscard]] bool is_overtaken(std::size_t index, std::size_t other) const {
        for (auto between = index + 1; between < other; ++between)
            if (contend(aces[index].value, aces[between].value, set_of, share))
                return true;
        return false;
    }

    [[nodiscard]] std::optional<redundant_ace> find(std::size_t index) const {
        for (std::size_t other = 0; other < aces.size(); ++other) {
            if (other == index || is_gone[other])
                continue;
            if (auto const kind = kind_of(index, other); kind && !is_overtaken(index, other))
                return redundant_ace{index, other, *kind};
        }
        return std::nullopt;
    }
};

} // namespace

// From the end, so that of equal ACEs the first stays.
std::vector<redundant_ace> find_redundant(tracked_list const& aces, sddl::property_set_of const& set_of,
                                          may_share_token const& share) {
    redundancy_search search{aces, set_of, share, std::vector<bool>(aces.size())};
    std::vector<redundant_ace> found;
    for (auto index = aces.size(); index-- > 0;) {
        bool const decides = sddl::is_allow(aces[index].value.type) || sddl::is_deny(aces[index].value.type);
        if (!decides || !is_explicit(aces[index]))
            continue;
        if (auto const redundant = search.find(index)) {
            search.is_gone[index] = true;
            found.push_back(*redundant);
        }
    }
    std::reverse(found.begin(), found.end());
    return found;
}

} // namespace dsplan::plan
