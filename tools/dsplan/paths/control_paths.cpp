#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/paths/not_known.hpp>
#include <tools/dsplan/paths/path_side.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::paths {
namespace {

constexpr std::array change_names{"opens",       "for-an-hour", "within-the-hour",
                                  "conditional", "shortens",    "closes"};

} // namespace

std::string_view name_of(path_change what) {
    return change_names[static_cast<std::size_t>(what)];
}

std::string text_of(path_sources const& sources) {
    auto const& through = sources.through.name;
    if (sources.everybody)
        return fmt::format("everybody ({})", through);
    if (sources.accounts == 0)
        return through + " (no account of the export)";
    if (sources.accounts == 1 && !sources.first.empty())
        return sources.first.front().name == through
                   ? through
                   : fmt::format("{} (through {})", sources.first.front().name, through);
    return fmt::format("{} (through {})", counted(sources.accounts, "account", "accounts"), through);
}

std::shared_ptr<row_queries const> queries_of(path_question const& asked) {
    if (asked.queries)
        return asked.queries;
    if (&asked.known != &directory::schema::built_in())
        return std::make_shared<row_queries const>(asked.known);
    static auto const of_built_in =
        std::make_shared<row_queries const>(asked.known); // reading them takes time
    return of_built_in;
}

bool path_step::is_action() const {
    return paths::is_action(kind);
}

std::size_t control_path::length() const {
    return static_cast<std::size_t>(
        std::count_if(steps.begin(), steps.end(), [](path_step const& step) { return step.is_action(); }));
}

namespace {

path_report find_paths_in(access::directory_image const& image, bool is_after, path_question const& asked,
                          effect::projection const& directory) {
    path_report report;
    auto const holders = find_tier_zero(image, asked.choice);
    report.tier_zero = holders.count;
    report.from_tier_zero = asked.from && holders.contains(*asked.from);
    report.unmatched = asked.choice.unmatched;
    auto sids = holders.sids;
    if (asked.to && image.objects[*asked.to].exported->sid)
        sids.insert(*image.objects[*asked.to].exported->sid);
    tokens_of_both const tokens(directory, sids);
    directory_side const at{image, nullptr, tokens, is_after, asked.known};
    std::vector<object_index> targets;
    if (asked.to)
        targets.push_back(*asked.to);
    for (object_index object = 0; object < image.objects.size() && !asked.to; ++object)
        if (holders.contains(object))
            targets.push_back(object);
    auto const queries = queries_of(asked);
    path_side const side(at, *queries, holders, targets);
    path_words const words(asked, side);
    for (auto const object : holders.kept)
        report.kept.push_back(words.end_of(object));
    std::vector<control_path> ways;
    for (auto const& one : find_sources(asked, holders, {&side})) {
        walk_limits const limits{.steps = asked.steps};
        auto found = side.find(one.who, strength::decisive, limits);
        report.refused += found.refused;
        report.is_cut_off |= !found.way && found.gave_up && !found.ran_out;
        bool ran_out = !found.way && found.ran_out;
        if (!found.way && asked.with_conditional) {
            found = side.find(one.who, strength::conditional, limits);
            ran_out = !found.way && (ran_out || found.ran_out);
        }
        report.ran_out += ran_out;
        if (found.way && !found.way->steps.empty())
            ways.push_back(words.describe(*found.way, one));
    }
    report.paths = together(std::move(ways));
    for (auto& path : report.paths) {
        auto& objects = path.sources.objects;
        std::sort(objects.begin(), objects.end());
        for (std::size_t index = 0; index < objects.size() && index < 3; ++index)
            path.sources.first.push_back(words.end_of(objects[index]));
    }
    add_not_known(report, asked, side, targets);
    return report;
}

} // namespace

path_report find_paths(path_question const& asked, effect::projection const& directory) {
    return find_paths_in(directory.after, true, asked, directory);
}

path_report find_paths_before(path_question const& asked, effect::projection const& change) {
    return find_paths_in(change.before, false, asked, change);
}

} // namespace dsplan::paths
