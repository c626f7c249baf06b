#include <tools/dsplan/commands/earlier_plans.hpp>
#include <tools/dsplan/effect/concerned_objects.hpp>
#include <tools/dsplan/effect/export_after.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/change_records.hpp>
#include <tools/dsplan/plan/verify.hpp>
#include <tools/dsplan/render/plan_folder.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::commands {
namespace {

std::string description_of(std::string const& folder) {
    return folder + "/plan.json";
}

// The folder's own name: where it lies is no business of the plan's.
std::string name_of(std::string const& folder) {
    auto path = to_path(folder).lexically_normal();
    if (!path.has_filename())
        path = path.parent_path();
    return shown(path.filename());
}

result<void> check_files(std::string const& folder, render::plan_folder const& read) {
    auto const* const other = read.find_changed();
    if (other == nullptr)
        return {};
    return tl::unexpected(
        failure{fmt::format("expected the plan in {} as it was written, found {}: {}", printable(folder),
                            printable(other->path), render::meaning_of(other->state)),
                "  make that plan again, or get its folder as its maker wrote it\n"});
}

result<void> check_base(std::string const& folder, render::plan_folder const& read,
                        directory::snapshot const& exported) {
    for (auto const& object : plan::compare_with_base(read.planned.domains, exported)) {
        if (object.state == plan::step_state::done)
            continue;
        auto const& why = object.differences.empty() ? object.not_compared : object.differences;
        return tl::unexpected(failure{
            fmt::format("expected the export that the plan in {} was made from, found another one",
                        printable(folder)),
            fmt::format("  {}{}{}\n"
                        "  leave --on-top-of out where that plan is imported already; else make it again "
                        "from this export\n",
                        printable(object.dn), why.empty() ? "" : ": ",
                        why.empty() ? "its list of permissions differs" : printable(why.front()))});
    }
    return {};
}

result<std::vector<ldif::record>> changes_of(std::string const& folder, plan::plan const& planned) {
    std::vector<ldif::record> changes;
    for (auto const& domain : planned.domains) {
        for (auto const& each : domain.permissions)
            if (each.after.empty())
                return tl::unexpected(
                    failure{fmt::format("expected a plan in {} that knows what becomes of {}, found one that "
                                        "waits for a new group's SID, or for a list that its export lacks",
                                        printable(folder), printable(each.dn)),
                            "  import that plan, export the domain again and plan from there\n"});
        for (auto const& records : {plan::group_records(domain), plan::known_descriptor_records(domain),
                                    plan::member_records(domain)})
            changes.insert(changes.end(), records.begin(), records.end());
    }
    return changes;
}

result<directory::snapshot> carried_out_on(exported_directory const& base, std::string const& folder,
                                           std::vector<ldif::record> const& changes) {
    return with_temporary_files([&]() -> result<directory::snapshot> {
        effect::change_application applied(
            base.exported, effect::concerned_objects(base.exported, changes, {.requires_parents = false}));
        for (auto const& change : changes)
            if (auto const done = applied.apply(change); !done)
                return tl::unexpected(
                    failure{fmt::format("expected a plan in {} that this export takes: {}", printable(folder),
                                        printable(ldif::message(done.error()))),
                            fmt::format("  {}\n", printable(change.dn))});
        return effect::export_after(base.context(), base.members, applied, description_of(folder));
    });
}

} // namespace

void earlier_plans::add_to(CLI::App& command) {
    command
        .add_option("--on-top-of", folders,
                    "Directory of an earlier plan that is imported before this one; may be given again")
        ->type_name("PLANDIR")
        ->expected(1)
        ->take_all();
}

result<std::unique_ptr<exported_directory>>
earlier_plans::carried_out(std::unique_ptr<exported_directory> base,
                           std::vector<plan::finding>& findings) const {
    for (auto const& folder : folders) {
        auto const read = render::read_plan_folder(to_path(folder));
        if (!read)
            return tl::unexpected(read.error());
        if (auto const checked = check_files(folder, *read); !checked)
            return tl::unexpected(checked.error());
        auto const changes = changes_of(folder, read->planned);
        if (!changes)
            return tl::unexpected(changes.error());
        if (auto const checked = check_base(folder, *read, base->exported); !checked)
            return tl::unexpected(checked.error());
        auto after = carried_out_on(*base, folder, *changes);
        if (!after)
            return tl::unexpected(after.error());
        base = directory_of(*std::move(after), std::move(base->own_schema));
        findings.push_back(
            {.rule = "on-top-of",
             .level = plan::severity::warning,
             .text = fmt::format("this plan builds on the plan in {} (SHA-256 of its plan.json: "
                                 "{})",
                                 name_of(folder), read->plan_digest),
             .seen = {},
             .advice = "import that plan first: the descriptors of this one hold its changes"});
    }
    return base;
}

void earlier_plans::add_inputs(std::vector<std::string>& inputs) const {
    std::transform(folders.begin(), folders.end(), std::back_inserter(inputs), description_of);
}

} // namespace dsplan::commands
