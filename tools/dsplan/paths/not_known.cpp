#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/not_known.hpp>
#include <tools/dsplan/paths/synchronisation_hosts.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bitset>

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
struct missing_class {
    std::string_view name;
    std::string_view edges;
};
constexpr std::array classes_needed{
    missing_class{"groupPolicyContainer", "group policies"},
    missing_class{"pKIEnrollmentService", "certificates"},
    missing_class{"trustedDomain", "trusts with other forests"},
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
        if (side_.graph().is_cut_off())
            report_.unknown.push_back(
                "containers with very many objects below that lead on: of each the first "
                "256 were looked at");
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
        std::array<bool, classes_needed.size()> has_class{};
        for (auto const& object : image_.objects) {
            for (auto const& value : object.exported->values)
                seen.set(static_cast<std::size_t>(value.name));
            for (std::size_t index = 0; index < classes_needed.size(); ++index)
                has_class[index] = has_class[index] || object.exported->is_a(classes_needed[index].name);
        }
        for (auto const& [name, edges] : attributes_needed)
            if (!seen.test(static_cast<std::size_t>(name)))
                report_.not_looked_for.push_back(
                    fmt::format("{}: no {} in the export", edges, directory::name_of(name)));
        for (std::size_t index = 0; index < classes_needed.size(); ++index)
            if (!has_class[index])
                report_.not_looked_for.push_back(fmt::format(
                    "{}: no {} in the export", classes_needed[index].edges, classes_needed[index].name));
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
