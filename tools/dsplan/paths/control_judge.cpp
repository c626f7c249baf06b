#include <sddl/inherit.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/paths/control_judge.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::paths {
namespace {

constexpr std::string_view owner_unsaid =
    "if the forest leaves the permissions of computers to their owners, which depends on the updates of its "
    "domain controllers";

// Stands for an account that has no SID yet.
constexpr sddl::sid nobody_yet{
    .sub_authority_count = 2, .identifier_authority = {0, 0, 0, 0, 0, 0}, .sub_authorities = {0, 1}};

bool is_effective_owner_rights(sddl::ace const& value) {
    return value.trustee == sddl::owner_rights && !value.has(sddl::ace_flag::inherit_only);
}

} // namespace

void weaken(grant& found, std::string_view condition) {
    if (found.how == strength::decisive)
        found.condition = condition;
    found.how = strength::conditional;
}

sddl::security_token control_judge::token_of(actor const& who, std::uint32_t domain) const {
    std::vector<sddl::sid> sids;
    if (who.token_class != access::no_class)
        sids = side_.token_of(who.token_class, domain).sids();
    for (auto const group : who.joined) {
        auto const of_group = side_.tokens.classes().class_of[group];
        if (of_group == access::no_class)
            continue;
        auto const& more = side_.token_of(of_group, domain).sids();
        sids.insert(sids.end(), more.begin(), more.end());
    }
    return sddl::security_token(std::move(sids));
}

std::optional<grant> control_judge::decide(access::right_query const& query, object_index object,
                                           sddl::security_descriptor const& list,
                                           sddl::security_token const& token) const {
    auto const* const classes = side_.classes_of(object);
    if (classes == nullptr)
        return std::nullopt;
    auto const& owners = side_.image.owners;
    sddl::access_request const request{.who = token,
                                       .self = side_.entry(object).sid,
                                       .owner_has_implicit_rights = owners.have_rights(*classes, token)};
    auto found = settle(list, [&](sddl::security_descriptor const& asked) {
        return access::decide(query, *classes, asked, request);
    });
    if (found && found->basis == sddl::access_basis::ownership && !owners.is_said(*classes, token))
        weaken(*found, owner_unsaid);
    return found;
}

sddl::access_mask control_judge::rights_of(std::size_t row) const {
    return queries_.candidates[row] ? queries_.candidates[row]->rights : sddl::access_mask{};
}

bool control_judge::may(std::size_t row, object_index object, sddl::security_token const& token) const {
    if (!queries_.candidates[row] || !decide_on(*queries_.candidates[row], object, token))
        return false;
    return right_rows()[row].kind != edge_kind::move || may_move(object, token);
}

bool control_judge::holds(std::size_t row, object_index object, sddl::security_token const& token) const {
    if (!queries_.rows[row] || !decide_on(*queries_.rows[row], object, token))
        return false;
    return right_rows()[row].kind != edge_kind::move || may_move(object, token);
}

std::optional<grant> control_judge::ask(std::size_t row, object_index object, actor const& who) const {
    auto const* const list = side_.list_of(object);
    if (list == nullptr || !queries_.rows[row])
        return std::nullopt;
    auto const token = token_of(who, side_.image.objects[object].domain);
    auto found = decide(*queries_.rows[row], object, *list, token);
    if (found && right_rows()[row].kind == edge_kind::take_ownership) {
        auto const then = as_new_owner(object, who, token);
        if (!then)
            return std::nullopt;
        if (then->how == strength::conditional)
            weaken(*found, then->condition);
    }
    if (found)
        limit(found, row, object, who);
    return found;
}

// The new owner changes the permissions, unless OWNER RIGHTS says otherwise: an inherited ACE for it stays,
// an explicit one seems to go with the old owner.
std::optional<grant> control_judge::as_new_owner(object_index object, actor const& who,
                                                 sddl::security_token const& token) const {
    auto taken = *side_.list_of(object);
    auto const sid = who.account == access::no_object ? std::nullopt : side_.entry(who.account).sid;
    taken.owner = sid.value_or(nobody_yet);
    auto sids = token.sids();
    sids.push_back(*taken.owner);
    sddl::security_token const as_owner(std::move(sids));
    auto const& query = *queries_.rows[row_index_of(edge_kind::change_permissions)];
    auto found = decide(query, object, taken, as_owner);
    if (found || !taken.dacl)
        return found;
    std::erase_if(taken.dacl->aces, [](sddl::ace const& value) {
        return is_effective_owner_rights(value) && !value.has(sddl::ace_flag::inherited);
    });
    found = decide(query, object, taken, as_owner);
    if (found)
        weaken(*found, "if its ACE for OWNER RIGHTS goes with the old owner");
    return found;
}

std::optional<grant> control_judge::ask_value(sddl::security_descriptor const& list, object_index object,
                                              actor const& who) const {
    if (!list.dacl)
        return grant{.basis = sddl::access_basis::null_dacl, .list = &list};
    auto const token = token_of(who, side_.image.objects[object].domain);
    sddl::object_type_tree const tree{sddl::guid{}};
    sddl::access_request const request{.who = token, .self = {}, .owner_has_implicit_rights = false};
    std::optional<grant> best;
    for (std::uint32_t bit = 1; bit <= sddl::right_write_owner.bits; bit <<= 1U) {
        if (!sddl::directory_full_control.contains({bit}))
            continue;
        auto found = settle(list, [&](sddl::security_descriptor const& asked) {
            return sddl::decide(asked, tree, sddl::object_type_tree::object, {bit}, request);
        });
        if (found && found->how == strength::decisive)
            return found;
        if (found && !best)
            best = std::move(found);
    }
    return best;
}

bool control_judge::arrives(object_index container, object_index object, actor const& who) const {
    std::vector<object_index> chain; // from the object up to, without, the container
    for (auto at = object; at != container; at = side_.image.objects[at].parent) {
        if (at == access::no_object || side_.list_of(at) == nullptr || side_.classes_of(at) == nullptr)
            return false;
        chain.push_back(at);
    }
    auto const* const own = side_.list_of(container);
    if (own == nullptr)
        return false;
    auto const sid = who.account == access::no_object ? std::nullopt : side_.entry(who.account).sid;
    auto const holder = sid.value_or(nobody_yet);
    auto above = *own;
    if (!above.dacl)
        sddl::set_dacl(above, {});
    sddl::ace added;
    added.flags = sddl::ace_flag::container_inherit;
    added.mask = sddl::right_generic_all;
    added.trustee = holder;
    above.dacl->aces.insert(above.dacl->aces.begin(), added);
    for (auto below = chain.rbegin(); below != chain.rend(); ++below) {
        auto const& list = *side_.list_of(*below);
        above = sddl::propagate(&above, list,
                                {.classes = directory::inheriting_classes(*side_.classes_of(*below)),
                                 .owner = list.owner,
                                 .group = list.group});
    }
    auto sids = token_of(who, side_.image.objects[object].domain).sids();
    sids.push_back(holder);
    sddl::security_token const token(std::move(sids));
    return takes_over(object, above, token);
}

// The best control of the object that a list gives, as it stands or would stand there.
std::optional<grant> control_judge::control_by(object_index object, sddl::security_descriptor const& list,
                                               sddl::security_token const& token) const {
    auto const rows = right_rows();
    auto const is = facts_.targets_of(object);
    std::optional<grant> best;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto const kind = rows[row].kind;
        bool const gives_control = kind == edge_kind::change_permissions || kind == edge_kind::add_member ||
                                   (kind == edge_kind::reset_password && !facts_.is_krbtgt(object));
        if (!gives_control || (rows[row].targets & (is | (rows[row].targets == on::any ? 1U : 0U))) == 0)
            continue;
        auto found = queries_.rows[row] ? decide(*queries_.rows[row], object, list, token) : std::nullopt;
        if (found && found->how == strength::decisive)
            return found;
        if (found && !best)
            best = std::move(found);
    }
    return best;
}

bool control_judge::takes_over(object_index object, sddl::security_descriptor const& list,
                               sddl::security_token const& token) const {
    auto const found = control_by(object, list, token);
    return found && found->how == strength::decisive;
}

std::optional<grant> control_judge::decide_on(access::right_query const& query, object_index object,
                                              sddl::security_token const& token) const {
    auto const* const list = side_.list_of(object);
    return list == nullptr ? std::nullopt : decide(query, object, *list, token);
}

bool control_judge::is_decisive(std::optional<access::right_query> const& query, object_index object,
                                sddl::security_token const& token) const {
    auto const found = query ? decide_on(*query, object, token) : std::nullopt;
    return found && found->how == strength::decisive;
}

} // namespace dsplan::paths
