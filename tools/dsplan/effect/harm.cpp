#include <tools/dsplan/effect/harm.hpp>
#include <tools/dsplan/words/judge/ace_judge.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace dsplan::effect {
namespace {

// What full control is made of, in the words of an effect.
constexpr std::array<std::string_view, 9> parts_of_full_control{"all extended rights",
                                                                "all validated writes",
                                                                "change permissions",
                                                                "create all child objects",
                                                                "delete",
                                                                "delete all child objects",
                                                                "delete tree",
                                                                "take ownership",
                                                                "write all properties"};

// Who has these can give itself the rest.
constexpr std::array<std::string_view, 4> needed_for_full_control{"all extended rights", "change permissions",
                                                                  "take ownership", "write all properties"};

std::ptrdiff_t rank_of(std::string_view object_class) {
    constexpr std::array<std::string_view, 6> classes{
        "domainDNS", "group", "user", "computer", "groupPolicyContainer", "organizationalUnit"};
    return std::find(classes.begin(), classes.end(), object_class) - classes.begin();
}

auto harm_of(right_change const& row) {
    return std::tuple(!row.gained, !row.takes_over, row.privileged == 0, row.when == right_time::after_task,
                      rank_of(row.object_class));
}

// What SELF gains nobody else has.
bool is_worse_change(account_change const& left, account_change const& right) {
    auto const key = [](account_change const& each) {
        bool const is_self = each.accounts.size() == 1 && each.accounts.front() == "SELF";
        return std::tuple(is_self || each.rights.empty(),
                          each.rights.empty() ? harm_of({}) : harm_of(each.rights.front()),
                          !each.includes_everybody);
    };
    return key(left) < key(right);
}

// Rows about the same objects of one class.
struct same_objects {
    std::string object_class;
    bool is_lost = false;
    right_time when = right_time::lasting;
    std::size_t objects = 0;
    std::vector<std::string> first;

    friend auto operator<=>(same_objects const&, same_objects const&) = default;
};

same_objects objects_of(right_change const& row) {
    return {row.object_class, !row.gained, row.when, row.objects, row.first};
}

using right_set = std::set<std::string_view>;

// "all extended rights", also with exceptions, which are not properties; null where it is not there.
std::string_view const* find_part(right_set const& rights, std::string_view part) {
    auto const found = rights.lower_bound(part);
    if (found == rights.end() || !found->starts_with(part))
        return nullptr;
    bool const has_exceptions = found->substr(part.size()).starts_with(" but ");
    return *found == part || (has_exceptions && part != "write all properties") ? &*found : nullptr;
}

bool has_all(right_set const& rights, std::span<std::string_view const> of) {
    return std::all_of(of.begin(), of.end(), [&](auto each) { return find_part(rights, each) != nullptr; });
}

std::string full_control_text(right_set const& rights) {
    std::vector<std::string_view> lacking;
    for (auto const each : parts_of_full_control) {
        auto const* const found = find_part(rights, each);
        if (found == nullptr)
            lacking.push_back(each);
        else if (found->size() > each.size())
            lacking.push_back(found->substr(each.size() + std::string_view(" but ").size()));
    }
    return lacking.empty() ? "full control" : fmt::format("full control but {}", fmt::join(lacking, ", "));
}

// The rows of one account with "full control" for those that are it.
std::vector<right_change> with_full_control(std::vector<right_change> const& rows) {
    std::map<same_objects, right_set> rights;
    for (auto const& row : rows)
        rights[objects_of(row)].insert(row.right);
    std::vector<right_change> made;
    std::set<same_objects> done;
    for (auto const& row : rows) {
        auto const key = objects_of(row);
        auto const& all = rights.at(key);
        if (!has_all(all, needed_for_full_control)) {
            made.push_back(row);
            continue;
        }
        if (!done.insert(key).second)
            continue;
        auto& whole = made.emplace_back(row);
        whole.right = full_control_text(all);
        whole.takes_over = row.gained;
    }
    return made;
}

void add_names(std::vector<std::string>& to, std::vector<std::string> const& more) {
    constexpr std::size_t at_most = 3;
    for (auto const& each : more)
        if (to.size() < at_most && std::find(to.begin(), to.end(), each) == to.end())
            to.push_back(each);
}

void add(folded_right& to, right_change const& row) {
    to.row.objects += row.objects;
    to.row.privileged += row.privileged;
    add_names(to.row.first_privileged, row.first_privileged);
    add_names(to.row.first, row.first);
    to.classes.emplace_back(row.object_class, row.objects);
}

// The names of privileged objects first.
void finish(folded_right& made) {
    auto names = made.row.first_privileged;
    add_names(names, made.row.first);
    made.row.first = std::move(names);
    std::stable_sort(made.classes.begin(), made.classes.end(),
                     [](auto const& left, auto const& right) { return left.second > right.second; });
}

} // namespace

bool takes_over(std::string_view right, std::string_view object_class, directory::schema const& known) {
    auto const read = words::parse_right(right, known);
    if (!read)
        return right == "all extended rights" || right == "write all properties";
    sddl::ace value{.type = sddl::ace_type::access_allowed_object,
                    .mask = read->mask,
                    .object_type = read->type,
                    .inherited_object_type = {},
                    .trustee = {},
                    .data = {}};
    words::ace_place const place{.object_class = known.find_class(object_class),
                                 .is_domain_root = object_class == "domainDNS",
                                 .is_ordinary_group = true};
    auto const dangers = words::dangers_of(known, value, place, words::standing::ordinary);
    return std::any_of(dangers.begin(), dangers.end(),
                       [](auto const& each) { return each.rule.starts_with("takeover-"); });
}

bool is_worse(right_change const& left, right_change const& right) {
    return harm_of(left) < harm_of(right);
}

std::vector<folded_right> fold_rows(std::vector<right_change> rows) {
    rows = with_full_control(rows);
    std::stable_sort(rows.begin(), rows.end(), is_worse);
    std::map<std::tuple<bool, right_time, std::string>, std::size_t> places;
    std::vector<folded_right> made;
    for (auto const& row : rows) {
        auto const [place, is_new] = places.emplace(std::tuple(row.gained, row.when, row.right), made.size());
        if (is_new)
            made.push_back({row, {{row.object_class, row.objects}}});
        else
            add(made[place->second], row);
    }
    std::for_each(made.begin(), made.end(), finish);
    return made;
}

std::vector<account_change> worst_first(effect const& shown) {
    auto changes = shown.changes;
    for (auto& each : changes)
        std::stable_sort(each.rights.begin(), each.rights.end(), is_worse);
    std::stable_sort(changes.begin(), changes.end(), is_worse_change);
    return changes;
}

std::vector<folded_change> folded(effect const& shown) {
    std::vector<folded_change> made;
    for (auto& each : worst_first(shown))
        made.push_back({std::move(each.accounts), fold_rows(std::move(each.rights))});
    return made;
}

} // namespace dsplan::effect
