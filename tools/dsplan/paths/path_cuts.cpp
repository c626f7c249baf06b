#include <tools/dsplan/paths/path_cuts.hpp>
#include <tools/dsplan/paths/step_removal.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace dsplan::paths {
namespace {

using accounts = std::set<object_index>;

constexpr std::size_t choke_points_tried = 32;
constexpr std::size_t choke_points_kept = 5;
constexpr std::size_t cut_rounds = 64;

// Who has a way to the target in a directory, if only on a condition.
accounts with_a_way(path_report const& report) {
    accounts made;
    for (auto const& path : report.paths)
        made.insert(path.sources.objects.begin(), path.sources.objects.end());
    return made;
}

class finding_cuts {
public:
    finding_cuts(path_question const& asked, effect::projection const& directory, with_records const& with)
        : asked_(asked)
        , removal_(directory.after, asked.sids)
        , with_(with) {
        asked_.with_conditional = true;
    }

    result<void> take(control_path& path) {
        if (path.sources.objects.empty())
            return {};
        for (std::size_t step = 0; step < path.steps.size(); ++step) {
            auto const left = without({&path.steps[step]});
            if (!left)
                return tl::unexpected(left.error());
            if (*left)
                path.cuts.push_back({step + 1, count_of(path.sources.objects, with_a_way(**left))});
        }
        return {};
    }

    // A step that all ways of somebody go over is on the one that is known.
    result<void> take_choke_points(path_report& report) {
        std::map<std::string, std::pair<std::size_t, path_step const*>> used;
        accounts all;
        for (auto const& path : report.paths) {
            all.insert(path.sources.objects.begin(), path.sources.objects.end());
            for (auto const& step : path.steps) {
                auto& [count, first] = used[removal_.key_of(step)];
                count += path.sources.objects.size();
                first = first == nullptr ? &step : first;
            }
        }
        used.erase(std::string());
        std::vector<std::pair<std::size_t, path_step const*>> tried;
        for (auto const& [key, each] : used)
            tried.push_back(each);
        std::stable_sort(tried.begin(), tried.end(),
                         [](auto const& a, auto const& b) { return a.first > b.first; });
        tried.resize(std::min(tried.size(), choke_points_tried));
        for (auto const& [count, step] : tried)
            if (auto done = try_choke_point(report, *step, all); !done)
                return done;
        auto& found = report.choke_points;
        std::stable_sort(found.begin(), found.end(), [](choke_point const& a, choke_point const& b) {
            return a.remaining < b.remaining;
        });
        found.resize(std::min(found.size(), choke_points_kept));
        return {};
    }

    // What closes every way that is known is tried, and the ways that are left are closed, too: the smallest
    // set that hits all of them, once it closes the directory, is the smallest cut.
    result<void> take_smallest_cut(path_report& report) {
        auto& cut = report.cut.emplace();
        for (std::size_t round = 0; round < cut_rounds; ++round) {
            std::vector<path_step const*> steps;
            for (auto const& key : smallest_hitting_set())
                steps.push_back(&steps_.find(key)->second);
            auto const left = steps.empty() ? result<std::optional<path_report>>(report) : without(steps);
            if (!left)
                return tl::unexpected(left.error());
            bool const is_closed = *left && (*left)->paths.empty();
            if (is_closed) {
                for (auto const* const step : steps)
                    cut.steps.push_back(*step);
                return {};
            }
            if (!*left || !add_way((*left)->paths.front())) {
                cut.is_possible = false;
                return {};
            }
        }
        cut.is_proved = false;
        return {};
    }

private:
    static std::size_t count_of(std::vector<object_index> const& objects, accounts const& left) {
        return static_cast<std::size_t>(std::count_if(
            objects.begin(), objects.end(), [&](object_index account) { return left.contains(account); }));
    }

    result<void> try_choke_point(path_report& report, path_step const& step, accounts const& all) {
        auto const left = without({&step});
        if (!left)
            return tl::unexpected(left.error());
        if (!*left)
            return {};
        auto const remaining =
            count_of(std::vector<object_index>(all.begin(), all.end()), with_a_way(**left));
        if (remaining < all.size())
            report.choke_points.push_back({step, remaining, all.size()});
        return {};
    }

    // Nothing where no record takes them away, or the directory would refuse it.
    result<std::optional<path_report>> without(std::vector<path_step const*> const& steps) {
        std::string all_keys;
        for (auto const* const step : steps) {
            auto const key = removal_.key_of(*step);
            if (key.empty())
                return std::optional<path_report>();
            all_keys += key + '\n';
        }
        if (auto const known = left_.find(all_keys); known != left_.end())
            return known->second;
        auto const records = removal_.records_of(steps);
        auto const made = with_(records);
        if (!made)
            return tl::unexpected(made.error());
        auto const& refused = made->summary.refused;
        bool const is_refused = std::any_of(refused.begin(), refused.end(), [&](auto const& each) {
            return each.line == 0 && std::any_of(records.begin(), records.end(), [&](auto const& record) {
                       return record.dn == each.dn; // no line of any file
                   });
        });
        auto found = is_refused ? std::optional<path_report>() : std::optional(find_paths(asked_, *made));
        return left_.emplace(std::move(all_keys), std::move(found)).first->second;
    }

    // False where nothing takes a step of it away.
    bool add_way(control_path const& path) {
        std::set<std::string> keys;
        for (auto const& step : path.steps) {
            auto const key = removal_.key_of(step);
            if (key.empty())
                continue;
            steps_.emplace(key, step);
            keys.insert(key);
        }
        if (keys.empty() || std::find(ways_.begin(), ways_.end(), keys) != ways_.end())
            return false;
        ways_.push_back(std::move(keys));
        return true;
    }

    [[nodiscard]] std::set<std::string> smallest_hitting_set() const {
        for (std::size_t size = ways_.empty() ? 0 : 1; size <= ways_.size(); ++size)
            if (auto found = hit(0, size, {}))
                return *found;
        return {};
    }

    // Of ways from `first` on, with at most so many keys more.
    [[nodiscard]] std::optional<std::set<std::string>> hit(std::size_t first, std::size_t more,
                                                           std::set<std::string> chosen) const {
        while (first < ways_.size() && std::any_of(ways_[first].begin(), ways_[first].end(),
                                                   [&](auto const& key) { return chosen.contains(key); }))
            ++first;
        if (first == ways_.size())
            return chosen;
        if (more == 0)
            return std::nullopt;
        for (auto const& key : ways_[first]) {
            auto with = chosen;
            with.insert(key);
            if (auto found = hit(first + 1, more - 1, std::move(with)))
                return found;
        }
        return std::nullopt;
    }

    path_question asked_;
    step_removal removal_;
    with_records const& with_;
    std::map<std::string, std::optional<path_report>> left_; // by keys
    std::map<std::string, path_step> steps_;                 // by key
    std::vector<std::set<std::string>> ways_;                // keys of each
};

} // namespace

result<void> find_cuts(path_report& report, path_question const& asked, effect::projection const& directory,
                       std::size_t at_most, with_records const& with) {
    finding_cuts cuts(asked, directory, with);
    for (std::size_t index = 0; index < report.paths.size() && index < at_most; ++index)
        if (auto done = cuts.take(report.paths[index]); !done)
            return done;
    for (std::size_t index = 0; index < report.changes.size() && index < at_most; ++index) {
        auto& each = report.changes[index];
        bool const lasts = each.what != path_change::closes && each.what != path_change::for_an_hour;
        if (lasts)
            if (auto done = cuts.take(each.path); !done)
                return done;
    }
    if (report.paths.empty())
        return {};
    return asked.from ? cuts.take_smallest_cut(report) : cuts.take_choke_points(report);
}

} // namespace dsplan::paths
