#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/ground/ascending.hpp>

#include <algorithm>
#include <array>

namespace dsplan::directory {
namespace {

class token_maker {
public:
    token_maker(membership const& members, std::string_view domain) : members_(members), domain_(domain) {}

    void add(sddl::sid const& sid) { token_.push_back(sid); }

    void add_group(entry const& group) {
        if (counts_in(group, domain_))
            add_with_groups(group);
    }

    void add_with_groups(entry const& account) {
        add_names(account);
        for (entry const* const group : members_.all_groups_of(account, domain_))
            add_names(*group);
    }

    [[nodiscard]] std::vector<sddl::sid> take() && {
        sort_and_unite(token_);
        return std::move(token_);
    }

private:
    void add_names(entry const& object) {
        if (object.sid)
            add(*object.sid);
        object.for_each(attribute::sid_history, [&](std::string_view octets) {
            if (auto const sid = sddl::read_sid(std::as_bytes(std::span(octets))))
                add(*sid);
        });
    }

    membership const& members_;
    std::string_view domain_;
    std::vector<sddl::sid> token_;
};

} // namespace

bool is_everybody(sddl::sid const& account) {
    return std::find(everybody.begin(), everybody.end(), account) != everybody.end();
}

bool depends_on_logon(sddl::sid const& trustee) {
    constexpr std::array kinds{sddl::well_known(18, {}), sddl::well_known(5, {64}),
                               sddl::well_known(5, {65})};
    auto const kind = sddl::domain_of(trustee);
    return (kind && std::find(kinds.begin(), kinds.end(), *kind) != kinds.end()) ||
           trustee == sddl::well_known(5, {1000});
}

std::vector<sddl::sid> token_of(snapshot const& exported, membership const& members,
                                token_question const& question) {
    token_maker made(members, question.domain);
    made.add_with_groups(question.account);
    for (entry const* const group : question.also)
        made.add_group(*group);
    if (auto const primary = primary_group_of(question.account))
        made.add(*primary);
    for (auto const& sid : everybody) {
        made.add(sid);
        for (entry const* const group : members.groups_of(sid))
            made.add_group(*group);
        for (entry const* const known : exported.find_all(sid))
            made.add_with_groups(*known);
    }
    return std::move(made).take();
}

} // namespace dsplan::directory
