#include <sddl/guid_literal.hpp>
#include <tools/dsplan/paths/control_judge.hpp>
#include <tools/dsplan/paths/tier_zero.hpp>

#include <algorithm>

// What a right is worth on an object, and for an actor.
namespace dsplan::paths {
namespace {

using namespace sddl::literals;

constexpr auto enroll = "0e10c968-78fb-11d2-90d4-00c04f79dc55"_guid;

constexpr std::string_view needs_a_policy =
    "if it has a policy to link: one of its own, or on a server of its own";

bool is_for_accounts(edge_kind kind) {
    return kind == edge_kind::reset_password || kind == edge_kind::add_key ||
           kind == edge_kind::alt_identity || kind == edge_kind::account_flags ||
           kind == edge_kind::add_spn || kind == edge_kind::act_on_behalf_right;
}

} // namespace

void control_judge::limit(std::optional<grant>& found, std::size_t row, object_index object,
                          actor const& who) const {
    auto const& of = right_rows()[row];
    if (!is_possible(row, object, who))
        return found.reset();
    if (!of.condition.empty())
        weaken(*found, of.condition);
    auto const also = what_it_takes(of.kind, object, who);
    if (also && also->how == strength::conditional)
        weaken(*found, also->condition);
    limit_secret(found, of.kind, object, who);
    auto const domain = side_.image.objects[object].domain;
    if (found && of.kind == edge_kind::policy_link && !controls_a_policy(who, domain))
        weaken(*found, needs_a_policy);
    if (found && (facts_.targets_of(object) & on::templates) != 0)
        limit_certificate(found, of.kind, object, who);
    if (found && (facts_.targets_of(object) & on::policies) != 0)
        weaken(*found, "if the files of the policy in SYSVOL may be written, too");
}

// The rights on other objects that a kind needs, too.
std::optional<grant> control_judge::what_it_takes(edge_kind kind, object_index object,
                                                  actor const& who) const {
    auto const domain = side_.image.objects[object].domain;
    if (kind == edge_kind::move)
        return may_move(object, token_of(who, domain));
    std::optional<grant> best;
    if (kind == edge_kind::make_controller && queries_.add_controller)
        for (auto const root : facts_.roots_of(domain))
            if (auto found = decide_on(*queries_.add_controller, root,
                                       token_of(who, side_.image.objects[root].domain));
                found && (!best || best->how == strength::conditional))
                best = std::move(found);
    return best;
}

// Whether the right does anything there at all.
bool control_judge::is_possible(std::size_t row, object_index object, actor const& who) const {
    auto const& of = right_rows()[row];
    switch (of.kind) {
    case edge_kind::read_local_password:
        return facts_.has_local_password(object, of.right);
    case edge_kind::reveal:
    case edge_kind::write_manager:
        return facts_.is_read_only_controller(object);
    case edge_kind::move:
    case edge_kind::make_controller:
        return what_it_takes(of.kind, object, who).has_value();
    case edge_kind::act_on_behalf_right:
        return facts_.is_service(object);
    default:
        return !(is_for_accounts(of.kind) && facts_.is_krbtgt(object));
    }
}

void control_judge::limit_secret(std::optional<grant>& found, edge_kind kind, object_index object,
                                 actor const& who) const {
    auto const token = token_of(who, side_.image.objects[object].domain);
    bool const is_closed = is_for_accounts(kind) && facts_.is_disabled(object) &&
                           !is_decisive(queries_.rows[row_index_of(edge_kind::account_flags)], object, token);
    if (is_closed)
        weaken(*found, "if the account, which is disabled, is enabled");
    if (kind == edge_kind::add_key && !facts_.takes_keys(object))
        weaken(*found, "if there is a domain controller of Windows Server 2016 or later with a certificate");
    if (kind != edge_kind::act_on_behalf_right)
        return;
    if (facts_.is_krbtgt(object))
        return found.reset();
    bool const is_service = who.account != access::no_object && facts_.is_service(who.account);
    if (!is_service && !controls_a_service(who))
        weaken(*found, "if it controls an account with a service name, or may join a computer");
}

grant control_judge::ask_plain(control_node const& from, plain_edge const& edge, actor const& who) const {
    grant made{.how = edge.how, .condition = std::string(edge.condition)};
    bool const links = edge.kind == edge_kind::policy && from.what == aspect::object &&
                       (facts_.targets_of(from.object) & (on::containers | on::domain_roots)) != 0;
    if (links && !controls_a_policy(who, side_.image.objects[from.object].domain))
        weaken(made, needs_a_policy);
    return made;
}

// A request needs the right on the template and on a service that issues it.
std::optional<grant> control_judge::may_enroll_at(actor const& who, object_index service) const {
    auto const* const list = side_.list_of(service);
    auto const* const classes = side_.classes_of(service);
    if (list == nullptr || classes == nullptr)
        return std::nullopt;
    sddl::object_type_tree tree(classes->structural->id);
    auto const right = tree.add_beside(enroll, sddl::right_control_access);
    auto const token = token_of(who, side_.image.objects[service].domain);
    return settle(*list, [&](sddl::security_descriptor const& asked) {
        return sddl::decide(asked, tree, right, sddl::right_control_access, {.who = token, .self = {}});
    });
}

std::optional<grant> control_judge::may_enroll(actor const& who, object_index of_template) const {
    auto const* const of = facts_.certificates().find(of_template);
    auto const& right = queries_.rows[row_index_of(edge_kind::enroll_as_anybody)];
    auto const token = token_of(who, side_.image.objects[of_template].domain);
    auto found = of != nullptr && right ? decide_on(*right, of_template, token) : std::nullopt;
    std::optional<grant> best;
    for (std::size_t index = 0; found && index < of->services.size(); ++index)
        if (auto at = may_enroll_at(who, of->services[index]);
            at && (!best || best->how == strength::conditional))
            best = std::move(at);
    if (found && best && best->how == strength::conditional)
        weaken(*found, best->condition);
    return best ? found : std::nullopt;
}

bool control_judge::enrolls_weakly(actor const& who) const {
    auto const& templates = facts_.certificates().templates();
    return std::any_of(templates.begin(), templates.end(), [&](auto const& each) {
        auto const enrolls = each.second.is_weak() ? may_enroll(who, each.first) : std::nullopt;
        return enrolls && enrolls->how == strength::decisive;
    });
}

void control_judge::limit_certificate(std::optional<grant>& found, edge_kind kind, object_index object,
                                      actor const& who) const {
    auto const* const of = facts_.certificates().find(object);
    if (of == nullptr)
        return found.reset();
    auto const enrolls = may_enroll(who, object);
    bool const is_enrollment = kind == edge_kind::enroll_as_anybody;
    if (is_enrollment && !enrolls)
        return found.reset();
    if (is_enrollment && enrolls->how == strength::conditional)
        weaken(*found, enrolls->condition);
    if (!is_enrollment && (!enrolls || enrolls->how == strength::conditional || !of->logs_on))
        weaken(*found, "if it may enroll, and certificates of the template are good for logging on");
    if (!of->is_trusted)
        weaken(*found, "if the forest trusts the authority, which the export does not show");
}

bool control_judge::controls_a_policy(actor const& who, std::uint32_t domain) const {
    auto const [known, is_new] = known_.policies.try_emplace({who.token_class, who.joined, domain}, false);
    if (is_new)
        known->second = finds_a_policy(who, domain);
    return known->second;
}

bool control_judge::finds_a_policy(actor const& who, std::uint32_t domain) const {
    auto const token = token_of(who, domain);
    auto const is_there = [&](object_index object) {
        return side_.image.objects[object].domain == domain;
    };
    auto const& policies = facts_.policies();
    bool const has_one = std::any_of(policies.begin(), policies.end(), [&](object_index policy) {
        return is_there(policy) &&
               (is_decisive(queries_.rows[row_index_of(edge_kind::policy)], policy, token) ||
                is_decisive(queries_.rows[row_index_of(edge_kind::change_permissions)], policy, token) ||
                is_decisive(queries_.rows[row_index_of(edge_kind::take_ownership)], policy, token));
    });
    auto const& containers = facts_.policy_containers();
    return has_one || std::any_of(containers.begin(), containers.end(), [&](object_index container) {
               return is_there(container) && is_decisive(queries_.create_policy, container, token);
           });
}

// Which service it is does not matter: it only has to be one.
bool control_judge::controls_a_service(actor const& who) const {
    auto const [known, is_new] = known_.services.try_emplace({who.token_class, who.joined}, false);
    if (!is_new)
        return known->second;
    auto const& services = facts_.services();
    known->second = std::any_of(services.begin(), services.end(), [&](object_index service) {
        auto const token = token_of(who, side_.image.objects[service].domain);
        auto const* const list = side_.list_of(service);
        return service != who.account && list != nullptr && takes_over(service, *list, token);
    });
    return known->second;
}

bool control_judge::lets_outsiders_add_controllers(object_index root) const {
    auto const* const list = side_.list_of(root);
    if (list == nullptr || !queries_.add_controller)
        return false;
    if (!list->dacl)
        return true;
    auto const& wanted = queries_.add_controller->wanted.front();
    return std::any_of(list->dacl->aces.begin(), list->dacl->aces.end(), [&](sddl::ace const& value) {
        bool const is_about_it = !value.object_type || value.object_type == wanted.type;
        return sddl::is_allow(value.type) && !value.has(sddl::ace_flag::inherit_only) && is_about_it &&
               sddl::map_generic(value.mask).contains(sddl::right_control_access) &&
               !is_tier_zero(value.trustee);
    });
}

} // namespace dsplan::paths
