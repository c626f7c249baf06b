#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/not_known.hpp>
#include <tools/dsplan/paths/synchronisation_hosts.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <functional>
#include <set>

namespace dsplan::paths {
namespace {

using directory::attribute;

// What an export that lacks an attribute everywhere does not let anybody see. An attribute that no object has
// looks alike: the sentence says so much and no more.
struct missing_attribute {
    attribute name;
    std::string_view edges;
};
constexpr std::array attributes_needed{
    missing_attribute{attribute::service_principal_name,
                      "delegation to services, and which accounts others can be impersonated towards"},
    missing_attribute{attribute::user_account_control, "domain controllers, disabled accounts, delegation"},
    missing_attribute{attribute::primary_group_id, "primary groups"},
    missing_attribute{attribute::sid_history, "sIDHistory"},
    missing_attribute{attribute::ms_ds_allowed_to_act_on_behalf_of_other_identity,
                      "who may act for others towards a computer"},
    missing_attribute{attribute::ms_ds_allowed_to_delegate_to, "constrained delegation"},
    missing_attribute{attribute::ms_ds_group_msa_membership, "who retrieves managed passwords"},
    missing_attribute{attribute::ms_ds_machine_account_quota, "who may join computers"},
    missing_attribute{attribute::operating_system_version,
                      "which domain controllers take keys, and which know successors"},
    missing_attribute{attribute::gp_link, "links of policies"},
};

// The same of objects: those of a class, where the export holds any of the class that they matter to.
struct missing_class {
    std::string_view name;
    std::string_view edges;
    std::string_view matters_to{}; ///< empty: always
};
constexpr std::array classes_needed{
    missing_class{"groupPolicyContainer", "group policies"},
    missing_class{"pKIEnrollmentService", "certificates"},
    missing_class{"trustedDomain", "trusts with other forests"},
    missing_class{"pKICertificateTemplate", "who may enroll, and in what", "pKIEnrollmentService"},
    missing_class{"msPKI-Enterprise-Oid", "certificates that put their holder into a group",
                  "pKICertificateTemplate"},
    missing_class{"nTDSService", "dSHeuristics"},
    missing_class{"classSchema", "default permissions of classes"},
};

// And of values that objects of a class need.
struct missing_value {
    attribute name;
    std::string_view edges;
    std::string_view matters_to;
};
constexpr std::array values_needed{
    missing_value{attribute::dns_host_name, "which computers are the hosts of services and authorities",
                  "computer"},
    missing_value{attribute::gp_options, "where policies from above are blocked", "groupPolicyContainer"},
    missing_value{attribute::ca_certificate, "which authorities the forest trusts", "pKIEnrollmentService"},
    missing_value{attribute::certificate_templates, "which templates are issued", "pKIEnrollmentService"},
    missing_value{attribute::ms_pki_certificate_name_flag, "whom certificates name",
                  "pKICertificateTemplate"},
    missing_value{attribute::ms_pki_enrollment_flag, "which requests need approval",
                  "pKICertificateTemplate"},
    missing_value{attribute::ms_pki_ra_signature, "which requests need the signature of an agent",
                  "pKICertificateTemplate"},
    missing_value{attribute::pki_extended_key_usage, "what certificates are good for",
                  "pKICertificateTemplate"},
    missing_value{attribute::ms_ds_host_service_account, "which hosts hold the passwords of services",
                  "msDS-ManagedServiceAccount"},
    missing_value{attribute::ms_ds_managed_account_preceded_by_link, "which accounts succeed others",
                  "msDS-DelegatedManagedServiceAccount"},
    missing_value{attribute::ms_ds_delegated_msa_state, "which of them have succeeded",
                  "msDS-DelegatedManagedServiceAccount"},
    missing_value{attribute::ms_ds_oid_to_group_link, "certificates that put their holder into a group",
                  "msPKI-Enterprise-Oid"},
};

// Of read-only domain controllers, which are told by a flag.
constexpr std::array of_read_only_controllers{
    missing_attribute{attribute::managed_by, "who administers read-only domain controllers"},
    missing_attribute{attribute::ms_ds_krb_tgt_link_bl,
                      "which accounts keep the secrets of read-only domain controllers"},
};

constexpr std::size_t named_at_most = 3;

class looking_for_gaps {
public:
    looking_for_gaps(path_report& report, path_question const& asked, path_side const& side)
        : report_(report)
        , asked_(asked)
        , image_(side.at().image)
        , side_(side) {}

    void run(std::vector<object_index> const& targets) {
        if (!asked_.to)
            add_missing_core();
        add_missing_lists(targets);
        add_missing_attributes();
        add_missing_members();
        add_missing_hosts();
        for (std::size_t row = 0; row < right_rows().size(); ++row)
            if (!side_.judge().knows(row))
                report_.not_looked_for.push_back(fmt::format(
                    "{}: the schema lacks it; --schema takes an export of yours", right_rows()[row].right));
        if (report_.ran_out > 0)
            report_.unknown.push_back(
                fmt::format("ways of {} beyond the first {} candidates of each",
                            counted(report_.ran_out, "account or group", "accounts and groups"),
                            with_thousands(walk_limits{}.tries)));
        for (auto const& gap : asked_.exported.gaps())
            report_.unknown.push_back(gap);
    }

private:
    void add_missing_core() {
        auto const missing = missing_from_tier_zero(image_);
        if (missing.empty())
            return;
        report_.knows_tier_zero = false;
        report_.unknown.push_back(
            fmt::format("what leads to objects that the export lacks: {}", fmt::join(missing, ", ")));
    }

    void add_missing_lists(std::vector<object_index> const& targets) {
        std::vector<std::string> missing;
        std::size_t all = 0;
        for (object_index object = 0; object < image_.objects.size(); ++object)
            all += !image_.objects[object].is_deleted && side_.at().list_of(object) == nullptr;
        for (auto const target : targets)
            if (side_.at().list_of(target) == nullptr)
                missing.push_back(image_.dn(target));
        if (!missing.empty()) {
            report_.knows_tier_zero = false;
            report_.unknown.push_back(fmt::format("the permissions of {} of tier 0: {}",
                                                  counted(missing.size(), "object", "objects"),
                                                  first_of(missing)));
        }
        if (all > missing.size())
            report_.unknown.push_back(fmt::format("the permissions of {} outside of tier 0",
                                                  counted(all - missing.size(), "object", "objects")));
    }

    void add_missing_attributes() {
        std::bitset<directory::attribute_count> seen;
        std::set<std::string, std::less<>> classes; // as they are spelled
        bool has_read_only_controller = false;
        for (object_index object = 0; object < image_.objects.size(); ++object) {
            for (auto const& value : image_.objects[object].exported->values) {
                seen.set(static_cast<std::size_t>(value.name));
                if (value.name == attribute::object_class && !classes.contains(value.value))
                    classes.emplace(value.value);
            }
            has_read_only_controller |= side_.facts().is_read_only_controller(object);
        }
        auto const has = [&](attribute name) {
            return seen.test(static_cast<std::size_t>(name));
        };
        auto const lacks = [&](std::string_view edges, std::string_view what) {
            report_.not_looked_for.push_back(fmt::format("{}: no {} in the export", edges, what));
        };
        auto const is_there = [&](std::string_view name) {
            return std::any_of(classes.begin(), classes.end(),
                               [name](auto const& each) { return equal_ignoring_case(each, name); });
        };
        for (auto const& [name, edges] : attributes_needed)
            if (!has(name))
                lacks(edges, directory::name_of(name));
        for (auto const& [name, edges, matters_to] : classes_needed)
            if ((matters_to.empty() || is_there(matters_to)) && !is_there(name))
                lacks(edges, name);
        for (auto const& [name, edges, matters_to] : values_needed)
            if (is_there(matters_to) && !has(name))
                lacks(edges, directory::name_of(name));
        for (auto const& [name, edges] : of_read_only_controllers)
            if (has_read_only_controller && !has(name))
                lacks(edges, directory::name_of(name));
        add_missing_expiry(has);
    }

    // A local administrator's password is taken to be managed where the computer has its expiry.
    template <class Has>
    void add_missing_expiry(Has const& has) {
        for (std::size_t row = 0; row < right_rows().size(); ++row) {
            auto const& of = right_rows()[row];
            auto const expiry = account_facts::expiry_of(of.right);
            if (of.kind == edge_kind::read_local_password && side_.judge().knows(row) && !has(expiry))
                report_.not_looked_for.push_back(
                    fmt::format("{}: no {} in the export", of.right, directory::name_of(expiry)));
        }
    }

    // Groups that lead on, and whose members the export does not hold.
    void add_missing_members() {
        access::unknown_memberships found;
        for (auto const& [group, outside] : image_.outside)
            if (!outside.are_known() && side_.graph().distance({group}))
                found.incomplete.insert(group);
        for (auto& text : found.texts(image_))
            report_.unknown.push_back(std::move(text));
        if (auto unseen = access::unseen_groups_text(image_); !unseen.empty())
            report_.unknown.push_back(std::move(unseen));
    }

    // Where accounts of the synchronisation are at home.
    void add_missing_hosts() {
        std::vector<std::string> unsaid;
        std::vector<std::string> outside;
        for (auto const& host : synchronisation_hosts(side_.at())) {
            auto account = directory::account_name(side_.at().entry(host.account));
            if (host.name.empty())
                unsaid.push_back(std::move(account));
            else if (host.computers.empty())
                outside.push_back(fmt::format("{}, the host of {}", host.name, account));
        }
        if (!unsaid.empty())
            report_.not_looked_for.push_back(
                fmt::format("the host of {}: no description in the export that names it", first_of(unsaid)));
        if (!outside.empty())
            report_.unknown.push_back(
                fmt::format("what leads to {}: no computer in the export is called so", first_of(outside)));
    }

    static std::string first_of(std::vector<std::string> const& names) {
        std::vector<std::string> const shown(
            names.begin(),
            names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), named_at_most)));
        return fmt::format("{}{}", fmt::join(shown, "; "), names.size() > shown.size() ? "; …" : "");
    }

    path_report& report_;
    path_question const& asked_;
    access::directory_image const& image_;
    path_side const& side_;
};

} // namespace

void add_not_known(path_report& report, path_question const& asked, path_side const& side,
                   std::vector<object_index> const& targets) {
    looking_for_gaps(report, asked, side).run(targets);
}

} // namespace dsplan::paths
