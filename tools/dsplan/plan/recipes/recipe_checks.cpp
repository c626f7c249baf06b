#include <tools/dsplan/directory/domain_controllers.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/recipes/recipe_file.hpp>
#include <tools/dsplan/plan/request/find_names.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace dsplan::plan {
namespace {

using directory::attribute;
using directory::entry;
using directory::known;

// One check at work: what it is about, and what it finds.
struct check_work {
    recipe_check const& asked;
    recipe_values_given const& values;
    request_context const& context;
    std::vector<finding>& found;

    [[nodiscard]] severity level() const { return asked.stops ? severity::stop : severity::warning; }
    void add(severity level, std::string text, std::vector<evidence> seen = {},
             std::string const& advice = {}) const {
        found.push_back({"recipe-" + asked.check, level, std::move(text), std::move(seen),
                         asked.advice.empty() || level == severity::fact ? advice : asked.advice});
    }

    // The objects or accounts that the check is about: every value of a parameter that stands alone.
    [[nodiscard]] std::vector<std::string> subjects() const {
        auto const& of = asked.of;
        auto const name =
            of.starts_with("${") && of.ends_with("}") ? of.substr(2, of.size() - 3) : std::string();
        auto const value = values.find(name);
        return value != values.end() ? value->second : std::vector{filled(of, values)};
    }
    [[nodiscard]] std::vector<entry const*> objects() const {
        std::vector<entry const*> made;
        for (auto const& each : subjects())
            if (auto const object =
                    find_objects({.names = {each}, .below = {}, .class_name = {}}, {}, context))
                made.push_back(object->front());
        return made;
    }
    [[nodiscard]] std::vector<entry const*> accounts() const {
        std::vector<entry const*> made;
        for (auto const& each : subjects())
            if (auto const account = find_account(each, {}, context); account && account->object != nullptr)
                made.push_back(account->object);
        return made;
    }
    [[nodiscard]] std::vector<entry const*> below(entry const& object) const {
        std::vector<entry const*> made;
        for (auto const& each : context.exported.entries())
            if (&each != &object && directory::is_at_or_below(each.key, object.key))
                made.push_back(&each);
        return made;
    }
};

std::vector<evidence> seen_objects(std::vector<entry const*> const& objects, std::string const& what) {
    std::vector<evidence> made;
    for (auto const* const each : objects)
        made.push_back({std::string(each->dn), what, {}});
    return made;
}

void check_schema_has(check_work const& work) {
    auto const& known = work.context.known;
    std::vector<std::string> missing;
    for (auto const& name : work.asked.names)
        if (known.find_attribute(name) == nullptr && known.find_class(name) == nullptr &&
            known.find_right(name) == nullptr)
            missing.push_back(name);
    if (missing.empty())
        return work.add(severity::fact, fmt::format("the schema has {}", fmt::join(work.asked.names, ", ")));
    work.add(work.level(), fmt::format("the schema that dsplan knows has no {}", fmt::join(missing, ", ")),
             {}, "export the schema of the forest, and name it with --schema");
}

entry const* schema_head(directory::snapshot const& exported) {
    for (auto const& object : exported.entries())
        if (object.key.starts_with("cn=schema,cn=configuration,") && object.first(attribute::object_version))
            return &object;
    return nullptr;
}

void check_schema_version(check_work const& work) {
    auto const* const head = schema_head(work.context.exported);
    auto const version = head == nullptr ? std::nullopt : head->number(attribute::object_version);
    if (!version)
        return work.add(severity::unknown,
                        fmt::format("the export does not say which version the schema has; {} is needed",
                                    work.asked.least),
                        {}, "export CN=Schema with objectVersion");
    bool const is_enough = *version >= work.asked.least;
    work.add(is_enough ? severity::fact : work.level(),
             fmt::format("the schema is at version {}; {} is needed", *version, work.asked.least),
             {{std::string(head->dn), "objectVersion", std::to_string(*version)}});
}

void check_object_exists(check_work const& work) {
    for (auto const& each : work.subjects())
        if (!find_objects({.names = {each}, .below = {}, .class_name = {}}, {}, work.context))
            work.add(work.level(), fmt::format("the export does not hold {}", printable(each)), {},
                     "export it: " + export_commands::object_descriptor(each));
}

void check_class_below(check_work const& work) {
    for (auto const* const object : work.objects()) {
        auto const below = work.below(*object);
        bool const has_one = std::any_of(below.begin(), below.end(), [&work](entry const* each) {
            return std::any_of(work.asked.names.begin(), work.asked.names.end(),
                               [each](auto const& name) { return each->is_a(name); });
        });
        if (!has_one)
            work.add(work.level(),
                     fmt::format(
                         "the export holds no object of class {} below {}: nothing changes for anybody yet",
                         fmt::join(work.asked.names, " or "), object->dn));
    }
}

directory::domain const* domain_of(check_work const& work, entry const& object) {
    auto const* const home = work.context.forest.domain_of(object);
    return home != nullptr || work.context.forest.domains.empty() ? home
                                                                  : &work.context.forest.domains.front();
}

void check_domain_level(check_work const& work) {
    for (auto const* const object : work.objects()) {
        auto const* const home = domain_of(work, *object);
        if (home == nullptr)
            continue;
        auto const level = home->root->number(attribute::ms_ds_behavior_version);
        auto const needs =
            fmt::format("the functional level of {} must be {}", home->dns_name, work.asked.least);
        if (!level)
            work.add(severity::unknown, needs + " or higher, and the export does not say it", {},
                     "export the domain root with msDS-Behavior-Version");
        else
            work.add(*level >= work.asked.least ? severity::fact : work.level(),
                     fmt::format("{} or higher, and is {}", needs, *level));
    }
}

void check_no_2016_controller(check_work const& work) {
    for (auto const* const object : work.objects()) {
        auto const* const home = domain_of(work, *object);
        if (home == nullptr)
            continue;
        auto const survey = directory::survey_controllers(work.context.exported, work.context.forest, *home);
        if (survey.has_2016_or_later == known::yes)
            work.add(severity::note,
                     fmt::format("{} has a Windows Server 2016 or later domain controller", home->dns_name));
        else if (survey.has_2016_or_later == known::unknown)
            work.add(severity::unknown,
                     fmt::format("whether {} has a Windows Server 2016 or later domain controller is unknown",
                                 home->dns_name),
                     {}, "export them: " + export_commands::domain_controllers(home->root->dn));
    }
}

void check_protected_accounts(check_work const& work) {
    directory::protected_accounts const protected_ones(work.context.exported, work.context.members);
    for (auto const* const object : work.objects()) {
        std::vector<entry const*> kept;
        for (auto const* const each : work.below(*object))
            if (auto const protection = protected_ones.find(*each);
                protection && !protection->only_admin_count)
                kept.push_back(each);
        if (!kept.empty())
            work.add(work.level(),
                     fmt::format("{} below {} {} protected: AdminSDHolder's task keeps {} out of it",
                                 counted(kept.size(), "account", "accounts"), object->dn,
                                 kept.size() == 1 ? "is" : "are", kept.size() == 1 ? "it" : "them"),
                     seen_objects(kept, "protected"));
    }
}

bool is_controller(entry const& object) {
    constexpr std::int64_t server_trust = 0x2000;
    constexpr std::int64_t partial_secrets = 0x4000000;
    auto const control = object.number(attribute::user_account_control).value_or(0);
    return object.is_a("computer") && (control & (server_trust | partial_secrets)) != 0;
}

void check_domain_controllers(check_work const& work) {
    for (auto const* const object : work.objects()) {
        std::vector<entry const*> controllers;
        for (auto const* const each : work.below(*object))
            if (is_controller(*each))
                controllers.push_back(each);
        if (!controllers.empty())
            work.add(
                work.level(),
                fmt::format("{} of domain controllers {} below {}: who holds rights there holds the domain",
                            counted(controllers.size(), "account", "accounts"),
                            controllers.size() == 1 ? "lies" : "lie", object->dn),
                seen_objects(controllers, "domain controller"));
    }
}

void check_group_scope(check_work const& work) {
    for (auto const* const group : work.accounts())
        if (directory::scope_of(*group) == directory::group_scope::nowhere)
            work.add(
                work.level(),
                fmt::format("{} is a distribution group: no ACE for it gives anybody anything", group->dn));
        else if (directory::scope_of(*group) == directory::group_scope::own_domain)
            work.add(
                severity::note,
                fmt::format("{} is local to its domain: an ACE for it counts on objects of that domain alone",
                            group->dn));
}

void check_not_privileged(check_work const& work) {
    directory::protected_accounts const protected_ones(work.context.exported, work.context.members);
    for (auto const* const account : work.accounts()) {
        bool const is_group = account->sid && directory::is_privileged_group(*account->sid);
        auto const protection = protected_ones.find(*account);
        if (is_group || (protection && !protection->only_admin_count))
            work.add(work.level(), fmt::format("{} is privileged already", account->dn), {},
                     "use an account that holds nothing else");
    }
}

void check_blocked_below(check_work const& work) {
    for (auto const* const object : work.objects()) {
        std::vector<entry const*> blocked;
        for (auto const* const each : work.below(*object))
            if (each->descriptor != nullptr && each->descriptor->value &&
                (each->descriptor->value->control & sddl::control_bit::dacl_protected) != 0)
                blocked.push_back(each);
        if (!blocked.empty())
            work.add(work.level(),
                     fmt::format("{} below {} {} no permissions: the grant does not arrive there",
                                 counted(blocked.size(), "object", "objects"), object->dn,
                                 blocked.size() == 1 ? "inherits" : "inherit"),
                     seen_objects(blocked, "inheritance is blocked"));
    }
}

void check_confidential(check_work const& work) {
    std::vector<std::string> confidential;
    for (auto const& name : work.asked.names) {
        auto const* const found = work.context.known.find_attribute(name);
        if (found == nullptr)
            work.add(severity::unknown,
                     fmt::format("the schema that dsplan knows has no attribute {}: whether it is "
                                 "confidential is unknown",
                                 name),
                     {}, "export the schema of the forest, and name it with --schema");
        else if (found->is_confidential)
            confidential.push_back(found->name);
    }
    if (!confidential.empty())
        work.add(work.level(),
                 fmt::format("{} {} confidential: reading takes control access too",
                             fmt::join(confidential, ", "), confidential.size() == 1 ? "is" : "are"),
                 {}, "write rights = \"read NAME\": it grants both");
}

struct check_row {
    std::string_view name;
    void (*run)(check_work const& work);
};
constexpr std::array<check_row, 12> rows{{
    {"class-below", check_class_below},
    {"confidential-needs-cr", check_confidential},
    {"domain-controllers-below", check_domain_controllers},
    {"domain-level-at-least", check_domain_level},
    {"group-scope", check_group_scope},
    {"inheritance-blocked-below", check_blocked_below},
    {"no-2016-controller", check_no_2016_controller},
    {"object-exists", check_object_exists},
    {"protected-accounts-below", check_protected_accounts},
    {"schema-has", check_schema_has},
    {"schema-version-at-least", check_schema_version},
    {"trustee-not-privileged", check_not_privileged},
}};

} // namespace

std::vector<std::string_view> const& check_names() {
    static std::vector<std::string_view> const names = [] {
        std::vector<std::string_view> made;
        for (auto const& row : rows)
            made.push_back(row.name);
        return made;
    }();
    return names;
}

std::vector<finding> check(recipe_file const& recipe, recipe_values_given const& values,
                           request_context const& context) {
    std::vector<finding> found;
    for (auto const& asked : recipe.checks) {
        if (!condition_holds(asked.when, values))
            continue;
        auto const row = std::find_if(rows.begin(), rows.end(),
                                      [&asked](auto const& each) { return each.name == asked.check; });
        if (row != rows.end())
            row->run({asked, values, context, found});
    }
    return found;
}

} // namespace dsplan::plan
