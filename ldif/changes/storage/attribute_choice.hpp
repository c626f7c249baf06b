#pragma once
#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_schema.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Which attributes of exports take part in a comparison, remembered by their spelling.
class attribute_choice {
public:
    attribute_choice(std::vector<std::string> const& ignored, attribute_schema const& schema)
        : ignored_(ignored)
        , schema_(schema) {}

    bool takes_part(std::string_view description) {
        auto found = known_.find(description);
        if (found == known_.end())
            found = known_.emplace(description, decide(description)).first;
        return found->second;
    }

    /// Those that occurred and do not, sorted.
    [[nodiscard]] std::vector<std::string> left_out() const { return {left_out_.begin(), left_out_.end()}; }

    /// Says that a value of it was left out.
    void leave_out(std::string_view description) { left_out_.emplace(attribute_name(description)); }

private:
    bool decide(std::string_view description) {
        auto const name = attribute_name(description);
        bool const is_left_out = schema_.is_outside_change_files(description) ||
                                 same_description(name, "sIDHistory") ||
                                 std::any_of(ignored_.begin(), ignored_.end(),
                                             [&](auto const& it) { return same_description(it, name); });
        if (is_left_out)
            left_out_.emplace(name);
        return !is_left_out;
    }

    std::vector<std::string> const& ignored_;
    attribute_schema const& schema_;
    std::map<std::string, bool, std::less<>> known_;
    std::set<std::string> left_out_;
};

} // namespace dsplan::ldif
