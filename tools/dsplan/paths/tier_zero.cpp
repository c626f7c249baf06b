#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/policy_link.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/paths/account_flags.hpp>
#include <tools/dsplan/paths/name_keys.hpp>
#include <tools/dsplan/paths/tier_zero.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace dsplan::paths {
namespace {

using directory::attribute;

// Relative identifiers: in a domain, and of the built-in groups. Account, Server, Print and Backup Operators
// have privileges on domain controllers.
constexpr std::array<std::uint32_t, 6> of_a_domain{500, 502, 512, 516, 518, 519};
constexpr std::array<std::uint32_t, 5> built_in{544, 548, 549, 550, 551};
constexpr std::uint32_t domain_admins = 512;
constexpr std::uint32_t administrators = 544;

template <class List>
bool holds(List const& list, std::uint32_t value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_known_by_sid(directory::entry const& object) {
    return object.sid && !object.is_a("foreignSecurityPrincipal") && is_tier_zero(*object.sid);
}

bool is_domain_controller(directory::entry const& object) {
    return (object.number(attribute::user_account_control).value_or(0) & account_flag::server_trust) != 0;
}

class finding_tier_zero {
public:
    explicit finding_tier_zero(access::directory_image const& image) : image_(image) {
        made_.core.resize(image.objects.size());
    }

    tier_zero run(tier_zero_choice const& choice) && {
        for (object_index object = 0; object < image_.objects.size(); ++object)
            if (!image_.objects[object].is_deleted)
                look_at(object);
        take_hosts_of_services();
        take_policies();
        auto const fixed = made_.core;
        add(choice);
        made_.objects = made_.core;
        for (object_index object = 0; object < image_.objects.size(); ++object)
            if (made_.core[object])
                take_members(object);
        for (auto const object : choice.removed)
            if (fixed[object])
                made_.kept.push_back(object);
            else
                made_.objects[object] = made_.core[object] = false;
        for (object_index object = 0; object < image_.objects.size(); ++object) {
            made_.count += made_.objects[object];
            if (made_.objects[object] && image_.objects[object].exported->sid)
                made_.sids.insert(*image_.objects[object].exported->sid);
        }
        return std::move(made_);
    }

private:
    void look_at(object_index object) {
        auto const& is = *image_.objects[object].exported;
        bool const is_root = (is.is_a("domainDNS") && is.sid) || is.is_a("configuration") || is.is_a("dMD");
        bool const is_named =
            is.key.starts_with("cn=adminsdholder,cn=system,") ||
            equal_ignoring_case(is.first(attribute::sam_account_name).value_or(""), "AZUREADSSOACC$");
        bool const is_authority = is.is_a("pKIEnrollmentService") ||
                                  is.key.starts_with("cn=ntauthcertificates,cn=public key") ||
                                  (is.is_a("certificationAuthority") &&
                                   is.key.find(",cn=certification authorities,") != std::string_view::npos);
        if (is_root || is_named || is_authority || is_known_by_sid(is))
            made_.core[object] = true;
        if (is.is_a("pKIEnrollmentService"))
            hosts_.insert(lower_case(is.first(attribute::dns_host_name).value_or("")));
        if (!is_domain_controller(is))
            return;
        made_.core[object] = true;
        if (auto const above = image_.objects[object].parent; above != access::no_object)
            made_.core[above] = true;
    }

    void take_hosts_of_services() {
        hosts_.erase(std::string());
        if (hosts_.empty())
            return;
        for (object_index object = 0; object < image_.objects.size(); ++object) {
            auto const name = image_.objects[object].exported->first(attribute::dns_host_name);
            bool const is_host = name && image_.objects[object].exported->is_a("computer") &&
                                 !image_.objects[object].is_deleted && hosts_.contains(lower_case(*name));
            if (is_host)
                made_.core[object] = true;
        }
    }

    // What is linked so that it runs on the core: to the root of a domain, a site, the containers of domain
    // controllers, and containers with another account of the core below.
    void take_policies() {
        std::unordered_map<std::string_view, object_index> policies; // by key
        for (object_index object = 0; object < image_.objects.size(); ++object)
            if (image_.objects[object].exported->is_a("groupPolicyContainer"))
                policies.emplace(image_.objects[object].exported->key, object);
        if (policies.empty())
            return;
        for (auto const container : containers_of_core())
            for (auto const& link : directory::policy_links_in(
                     image_.objects[container].exported->first(attribute::gp_link).value_or(""))) {
                auto const policy = policies.find(ldif::normalize(link.dn).value_or(std::string()));
                if (policy != policies.end() && !link.is_disabled() &&
                    !image_.objects[policy->second].is_deleted)
                    made_.core[policy->second] = true;
            }
    }

    [[nodiscard]] std::set<object_index> containers_of_core() const {
        std::set<object_index> made;
        std::set<object_index> above; // accounts
        for (object_index object = 0; object < image_.objects.size(); ++object) {
            if (image_.objects[object].is_deleted)
                continue;
            bool const is_account = access::is_account(image_, object);
            if (image_.objects[object].exported->is_a("site") || (made_.core[object] && !is_account))
                made.insert(object);
            auto at = made_.core[object] && is_account ? image_.objects[object].parent : access::no_object;
            while (at != access::no_object && above.insert(at).second)
                at = image_.objects[at].parent;
        }
        made.merge(above);
        return made;
    }

    void add(tier_zero_choice const& choice) {
        for (auto const object : choice.added)
            made_.core[object] = true;
        for (auto const container : choice.with_contents) {
            made_.core[container] = true;
            auto const above = image_.objects[container].exported->key;
            for (object_index object = 0; object < image_.objects.size(); ++object)
                if (access::is_account(image_, object) &&
                    directory::is_at_or_below(image_.objects[object].exported->key, above))
                    made_.core[object] = true;
        }
    }

    // Who is in a group holds what it holds. Domain Controllers alone may not replicate: its members are
    // tier 0 by their flags.
    void take_members(object_index group) {
        auto const& sid = image_.objects[group].exported->sid;
        bool const is_of_controllers = sid && words::domain_identifier(*sid) == domain_controllers_group;
        if (is_of_controllers || image_.objects[group].scope == directory::group_scope::nowhere)
            return;
        std::vector<object_index> waiting{group};
        while (!waiting.empty()) {
            auto const at = waiting.back();
            waiting.pop_back();
            for (auto const member : image_.members[at]) {
                bool const is_new = !image_.objects[member].is_deleted && !made_.objects[member] &&
                                    !holds_everybody(image_, member);
                if (!is_new)
                    continue;
                made_.objects[member] = true;
                if (image_.objects[member].scope != directory::group_scope::nowhere)
                    waiting.push_back(member);
            }
        }
    }

    access::directory_image const& image_;
    tier_zero made_;
    std::set<std::string> hosts_; // of enrollment services, by name
};

} // namespace

tier_zero find_tier_zero(access::directory_image const& image, tier_zero_choice const& choice) {
    return finding_tier_zero(image).run(choice);
}

std::vector<std::string> missing_from_tier_zero(access::directory_image const& image) {
    constexpr std::array names{"the root of a domain", "AdminSDHolder", "the group Administrators",
                               "the group Domain Admins"};
    std::array<bool, names.size()> is_there{};
    for (auto const& each : image.objects) {
        auto const& is = *each.exported;
        bool const is_built_in_group = is.sid && is_tier_zero(*is.sid) && is.sid->sub_authority_count == 2;
        is_there[0] |= is.is_a("domainDNS") && is.sid;
        is_there[1] |= is.key.starts_with("cn=adminsdholder,cn=system,");
        is_there[2] |= is_built_in_group && is.sid->sub_authorities[1] == administrators;
        is_there[3] |= is.sid && words::domain_identifier(*is.sid) == domain_admins;
    }
    std::vector<std::string> made;
    for (std::size_t index = 0; index < names.size(); ++index)
        if (!is_there[index])
            made.emplace_back(names[index]);
    return made;
}

bool is_tier_zero(sddl::sid const& sid) {
    bool const is_built_in = sid.sub_authority_count == 2 && sid.identifier_authority[5] == 5 &&
                             sid.sub_authorities[0] == 32 && holds(built_in, sid.sub_authorities[1]);
    return is_built_in || holds(of_a_domain, words::domain_identifier(sid));
}

bool holds_everybody(access::directory_image const& image, object_index group) {
    auto const& sid = image.objects[group].exported->sid;
    return sid && words::is_nearly_everybody(*sid);
}

} // namespace dsplan::paths
