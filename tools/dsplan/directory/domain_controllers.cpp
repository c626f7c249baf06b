#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/domain_controllers.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <algorithm>
#include <charconv>

namespace dsplan::directory {
namespace {

constexpr std::int64_t server_trust_account = 0x2000;       // [MS-ADTS] 2.2.16
constexpr std::int64_t partial_secrets_account = 0x4000000; // a read-only domain controller
constexpr std::int64_t functional_level_2016 = 7;           // [MS-ADTS] 6.1.4.2
constexpr unsigned build_2016 = 14393;

constexpr std::int64_t domain_controllers_group = sddl::named_rid("Domain Controllers");
constexpr std::int64_t read_only_domain_controllers_group = sddl::named_rid("Read-only Domain Controllers");

// An export filtered for domain controllers need not hold the attribute it was filtered by: then the primary
// group or the container tells.
bool is_domain_controller(entry const& object) {
    if (auto const control = object.number(attribute::user_account_control))
        return (*control & (server_trust_account | partial_secrets_account)) != 0;
    if (auto const group = object.number(attribute::primary_group_id))
        return *group == domain_controllers_group || *group == read_only_domain_controllers_group;
    return parent_key(object.key).starts_with("ou=domain controllers,dc=") &&
           (object.is_a("computer") || object.first(attribute::operating_system_version));
}

bool is_in(entry const& object, forest const& around, domain const& of) {
    auto const* const home = around.domain_of(object);
    return home != nullptr && home->root == of.root;
}

// Takes a number off the front of `text`.
std::optional<unsigned> take_number(std::string_view& text) {
    unsigned value = 0;
    auto const [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected))
        return false;
    text.remove_prefix(expected.size());
    return true;
}

known judge(entry const& controller) {
    auto const system = controller.first(attribute::operating_system);
    auto const version = controller.first(attribute::operating_system_version);
    if (!version || (system && !equal_ignoring_case(system->substr(0, 7), "Windows")))
        return known::unknown;
    return is_2016_or_later(*version);
}

} // namespace

known is_2016_or_later(std::string_view operating_system_version) {
    auto rest = operating_system_version;
    auto const major = take_number(rest);
    auto const minor = major && take(rest, ".") ? take_number(rest) : std::nullopt;
    auto const build = minor && take(rest, " (") ? take_number(rest) : std::nullopt;
    if (!build || rest != ")")
        return known::unknown;
    return *major >= 10 && *build >= build_2016 ? known::yes : known::no;
}

controller_survey survey_controllers(snapshot const& exported, forest const& around, domain const& of) {
    controller_survey survey;
    survey.functional_level = of.root->number(attribute::ms_ds_behavior_version);
    for (entry const& object : exported.entries())
        if (is_domain_controller(object) && is_in(object, around, of))
            survey.controllers.push_back({&object, judge(object)});

    auto const any = [&](known wanted) {
        return std::any_of(survey.controllers.begin(), survey.controllers.end(),
                           [&](auto const& controller) { return controller.is_2016_or_later == wanted; });
    };
    if (any(known::yes) || survey.functional_level.value_or(0) >= functional_level_2016)
        survey.has_2016_or_later = known::yes;
    else
        survey.has_2016_or_later =
            survey.controllers.empty() || any(known::unknown) ? known::unknown : known::no;
    return survey;
}

} // namespace dsplan::directory
