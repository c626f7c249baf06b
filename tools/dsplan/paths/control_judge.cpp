#include <sddl/guid_literal.hpp>
#include <sddl/inherit.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/paths/control_judge.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::paths {
namespace {

using namespace sddl::literals;

constexpr auto enroll = "0e10c968-78fb-11d2-90d4-00c04f79dc55"_guid;

constexpr std::string_view owner_unsaid =
    "if the forest leaves the permissions of computers to their owners, which depends on the updates of its "
    "domain controllers";

// Stands for an account that has no SID yet.
constexpr sddl::sid nobody_yet{
    .sub_authority_count = 2, .identifier_authority = {0, 0, 0, 0, 0, 0}, .sub_authorities = {0, 1}};

void weaken(grant& found, std::string_view condition) {
    if (found.how == strength::decisive)
        found.condition = condition;
    found.how = strength::conditional;
}

bool is_effective_owner_rights(sddl::ace const& value) {
    return value.trustee == sddl::owner_rights && !value.has(sddl::ace_flag::inherit_only);
}

} // namespace

std::size_t row_index_of(edge_kind kind) {
    auto const rows = right_rows();
    return static_cast<std::size_t>(
        std::find_if(rows.begin(), rows.end(), [kind](right_row const& row) { return row.kind == kind; }) -
        rows.begin());
}

control_judge::control_judge(directory_side const& side, account_facts const& facts)
    : side_(side)
    , facts_(facts) {
    auto const shared = std::make_shared<directory::class_rights_cache>(side.known);
    auto const read = [&](std::string_view words) {
        auto query = access::parse_right(words, side.known);
        std::optional<access::right_query> made;
        if (query) {
            made = *std::move(query);
            made->classes = shared;
        }
        return made;
    };
    create_policy_ = read("create groupPolicyContainer");
    for (auto const& row : right_rows()) {
        queries_.push_back(read(row.right));
        candidates_.push_back(row.candidate.empty() ? queries_.back() : read(row.candidate));
    }
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

// A condition that is not known allows nothing and denies: both are said as conditions of the step.
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
    auto answer = access::decide(query, *classes, list, request);
    grant found{.list = &list};
    auto without = answer.is_unknown_denial ? std::optional(list) : std::nullopt;
    for (; answer.is_unknown_denial; answer = access::decide(query, *classes, *without, request)) {
        weaken(found, "unless the condition of an ACE that denies it holds");
        without->dacl->aces[answer.index].flags |= sddl::ace_flag::inherit_only; // indices stay
    }
    if (!answer.granted && answer.unknown_conditions.empty())
        return std::nullopt;
    found.basis = answer.granted ? answer.basis : sddl::access_basis::ace;
    found.index = answer.granted ? answer.index : answer.unknown_conditions.front();
    if (!answer.granted)
        weaken(found, "if the condition of the ACE holds");
    if (found.basis == sddl::access_basis::ownership && !owners.is_said(*classes, token))
        weaken(found, owner_unsaid);
    return found;
}

sddl::access_mask control_judge::rights_of(std::size_t row) const {
    return candidates_[row] ? candidates_[row]->rights : sddl::access_mask{};
}

bool control_judge::may(std::size_t row, object_index object, sddl::security_token const& token) const {
    auto const* const list = side_.list_of(object);
    return list != nullptr && candidates_[row] && decide(*candidates_[row], object, *list, token).has_value();
}

bool control_judge::holds(std::size_t row, object_index object, sddl::security_token const& token) const {
    auto const* const list = side_.list_of(object);
    return list != nullptr && queries_[row] && decide(*queries_[row], object, *list, token).has_value();
}

std::optional<grant> control_judge::ask(std::size_t row, object_index object, actor const& who) const {
    auto const* const list = side_.list_of(object);
    if (list == nullptr || !queries_[row])
        return std::nullopt;
    auto const token = token_of(who, side_.image.objects[object].domain);
    auto found = decide(*queries_[row], object, *list, token);
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
    auto const& query = *queries_[row_index_of(edge_kind::change_permissions)];
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
    for (std::uint32_t bit = 1; bit <= sddl::right_write_owner.bits; bit <<= 1U) {
        if (!sddl::directory_full_control.contains({bit}))
            continue;
        auto const answer = sddl::decide(list, tree, sddl::object_type_tree::object, {bit}, request);
        if (answer.granted)
            return grant{.basis = answer.basis, .index = answer.index, .list = &list};
    }
    return std::nullopt;
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
    auto const rows = right_rows();
    auto const is = facts_.targets_of(object);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto const kind = rows[row].kind;
        bool const takes_over = kind == edge_kind::change_permissions || kind == edge_kind::add_member ||
                                (kind == edge_kind::reset_password && !facts_.is_krbtgt(object));
        if (!takes_over || (rows[row].targets & (is | (rows[row].targets == on::any ? 1U : 0U))) == 0)
            continue;
        auto const found = queries_[row] ? decide(*queries_[row], object, above, token) : std::nullopt;
        if (found && found->how == strength::decisive)
            return true;
    }
    return false;
}

// What the right is worth on this object, and for this actor.
void control_judge::limit(std::optional<grant>& found, std::size_t row, object_index object,
                          actor const& who) const {
    auto const& of = right_rows()[row];
    if (!of.condition.empty())
        weaken(*found, of.condition);
    auto const kind = of.kind;
    bool const is_a_secret = kind == edge_kind::reset_password || kind == edge_kind::add_key ||
                             kind == edge_kind::alt_identity || kind == edge_kind::account_flags ||
                             kind == edge_kind::add_spn || kind == edge_kind::act_on_behalf_right;
    if (is_a_secret && facts_.is_krbtgt(object)) {
        found.reset();
        return;
    }
    if (is_a_secret && facts_.is_disabled(object) && !may_write_flags(object, who))
        weaken(*found, "if the account, which is disabled, is enabled");
    if (kind == edge_kind::add_key && !facts_.takes_keys(object))
        weaken(*found, "if there is a domain controller of Windows Server 2016 or later with a certificate");
    if (kind == edge_kind::act_on_behalf_right) {
        if (!facts_.is_service(object))
            found.reset();
        else if (who.account == access::no_object || !facts_.is_service(who.account))
            weaken(*found, "if it controls an account with a service name, or may join a computer");
    }
    if (kind == edge_kind::read_local_password && !facts_.has_local_password(object, of.right))
        found.reset();
    if (kind == edge_kind::reveal && !facts_.is_read_only_controller(object))
        found.reset();
    if (kind == edge_kind::policy_link && !controls_a_policy(who, side_.image.objects[object].domain))
        weaken(*found, "if it has a policy to link: one of its own, or on a server of its own");
    if (found && (facts_.targets_of(object) & on::templates) != 0)
        limit_certificate(found, kind, object, who);
    if (found && (facts_.targets_of(object) & on::policies) != 0)
        weaken(*found, "if the files of the policy in SYSVOL may be written, too");
}

// A request needs the right on the template and on a service that issues it.
bool control_judge::may_enroll_at(actor const& who, object_index service) const {
    auto const* const list = side_.list_of(service);
    auto const* const classes = side_.classes_of(service);
    if (list == nullptr || classes == nullptr)
        return false;
    sddl::object_type_tree tree(classes->structural->id);
    auto const right = tree.add_beside(enroll, sddl::right_control_access);
    auto const token = token_of(who, side_.image.objects[service].domain);
    return sddl::decide(*list, tree, right, sddl::right_control_access, {.who = token, .self = {}}).granted;
}

bool control_judge::may_enroll(actor const& who, object_index of_template) const {
    auto const* const list = side_.list_of(of_template);
    auto const* const of = facts_.certificates().find(of_template);
    if (list == nullptr || of == nullptr)
        return false;
    auto const token = token_of(who, side_.image.objects[of_template].domain);
    auto const& query = queries_[row_index_of(edge_kind::enroll_as_anybody)];
    auto const found = query ? decide(*query, of_template, *list, token) : std::nullopt;
    return found && found->how == strength::decisive &&
           std::any_of(of->services.begin(), of->services.end(),
                       [&](object_index service) { return may_enroll_at(who, service); });
}

void control_judge::limit_certificate(std::optional<grant>& found, edge_kind kind, object_index object,
                                      actor const& who) const {
    auto const* const of = facts_.certificates().find(object);
    if (of == nullptr)
        return found.reset();
    bool const enrolls = may_enroll(who, object);
    if (kind == edge_kind::enroll_as_anybody && !enrolls && found->how == strength::decisive)
        return found.reset();
    if (!enrolls || !of->logs_on)
        weaken(*found, "if it may enroll, and certificates of the template are good for logging on");
    if (!of->is_trusted)
        weaken(*found, "if the forest trusts the authority, which the export does not show");
    bool const is_certain = of->names_anybody || of->group != access::no_object;
    if (kind == edge_kind::enroll_as_anybody && !is_certain)
        weaken(*found, of->is_for_anything
                           ? "if a second template takes what the certificate signs, or a service its purpose"
                           : "if it may write the logon name of an account");
}

bool control_judge::may_write_flags(object_index object, actor const& who) const {
    auto const row = row_index_of(edge_kind::account_flags);
    auto const token = token_of(who, side_.image.objects[object].domain);
    auto const found = decide(*queries_[row], object, *side_.list_of(object), token);
    return found && found->how == strength::decisive;
}

bool control_judge::controls_a_policy(actor const& who, std::uint32_t domain) const {
    for (auto const policy : facts_.policies()) {
        auto const* const list = side_.list_of(policy);
        if (list == nullptr || side_.image.objects[policy].domain != domain)
            continue;
        auto const token = token_of(who, domain);
        for (auto const kind :
             {edge_kind::policy, edge_kind::change_permissions, edge_kind::take_ownership}) {
            auto const found = decide(*queries_[row_index_of(kind)], policy, *list, token);
            if (found && found->how == strength::decisive)
                return true;
        }
    }
    for (auto const container : facts_.policy_containers()) {
        auto const* const list = side_.list_of(container);
        if (list == nullptr || !create_policy_ || side_.image.objects[container].domain != domain)
            continue;
        auto const found = decide(*create_policy_, container, *list, token_of(who, domain));
        if (found && found->how == strength::decisive)
            return true;
    }
    return false;
}

} // namespace dsplan::paths
