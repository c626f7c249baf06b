#pragma once
#include <tools/dsplan/review/domain_authority.hpp>
#include <tools/dsplan/review/value_change.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::review {

/// What new and lost members of groups mean. Keeps the names that the change made so far, which members may
/// have.
class member_judge {
public:
    explicit member_judge(words::name_context const& names) : names_(names) {}

    /// Asks which groups can take over the domain, too.
    void use(domain_authority& authority) { authority_ = &authority; }

    /// A change before gave an object this name.
    void remember(std::string_view dn);

    /// `change` is one of the attribute member.
    void judge(value_change const& change, finding_list const& findings) const;

private:
    struct privileged_way {
        std::string group;   ///< as people know it; empty where the group leads to none
        std::string through; ///< ", through Server Ops"; empty for the group itself
    };
    [[nodiscard]] privileged_way way_of(value_change const& change) const;
    [[nodiscard]] std::string member_name(std::string_view value) const;
    void gains(value_change const& change, finding_list const& findings) const;
    void gains_rights_on_controllers(value_change const& change, finding_list const& findings) const;
    void gains_authority(value_change const& change, finding_list const& findings) const;
    void anonymous(value_change const& change, finding_list const& findings) const;
    void losses(value_change const& change, finding_list const& findings) const;
    void unknown(value_change const& change, std::string_view value, finding_list const& findings) const;

    words::name_context const& names_;
    domain_authority* authority_ = nullptr;
    std::set<std::string, std::less<>> made_; ///< normalised names
};

} // namespace dsplan::review
