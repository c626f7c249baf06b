#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/paths/path_side.hpp>
#include <tools/dsplan/words/judge/standing.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace dsplan::paths {
namespace {

using directory::attribute;

bool leads_anywhere(path_side const& side, std::uint32_t token_class) {
    for (std::uint32_t domain = 0; domain < side.at().image.domains; ++domain)
        for (auto const& sid : side.at().token_of(token_class, domain).sids())
            if (side.graph().leads_anywhere(sid))
                return true;
    return false;
}

bool leads_anywhere(std::vector<path_side const*> const& sides, std::uint32_t token_class) {
    return std::any_of(sides.begin(), sides.end(),
                       [&](path_side const* side) { return leads_anywhere(*side, token_class); });
}

bool has_plain_edges(std::vector<path_side const*> const& sides, object_index object) {
    return std::any_of(sides.begin(), sides.end(), [&](path_side const* side) {
        return object < side->at().image.objects.size() && side->graph().plain_edges_of({object}) != nullptr;
    });
}

class finding_sources {
public:
    finding_sources(path_question const& asked, tier_zero const& holders,
                    std::vector<path_side const*> const& sides)
        : asked_(asked)
        , holders_(holders)
        , sides_(sides)
        , last_(*sides.back())
        , classes_(sides.back()->at().tokens.classes()) {}

    std::vector<source> run() && {
        if (asked_.from) {
            made_.push_back({{*asked_.from, classes_.class_of[*asked_.from]}, {*asked_.from}});
            return std::move(made_);
        }
        for (std::uint32_t index = 0; index < classes_.first_bare; ++index)
            take_class(index);
        take_groups();
        auto const& bare = last_.at().tokens.bare();
        for (std::uint32_t index = 0; index < bare.size(); ++index) {
            auto const token_class = classes_.first_bare + index;
            if (!sids_.contains(bare[index]) && leads_by_itself(bare[index], token_class))
                made_.push_back({{access::no_object, token_class}, {}, bare[index]});
        }
        return std::move(made_);
    }

private:
    [[nodiscard]] bool leads(sddl::sid const& sid) const {
        return std::any_of(sides_.begin(), sides_.end(),
                           [&](path_side const* side) { return side->graph().leads_anywhere(sid); });
    }

    // By more than what everybody holds.
    [[nodiscard]] bool leads_by_itself(sddl::sid const& own, std::uint32_t token_class) const {
        if (leads(own))
            return true;
        for (auto const* const side : sides_)
            for (std::uint32_t domain = 0; domain < side->at().image.domains; ++domain)
                for (auto const& sid : side->at().token_of(token_class, domain).sids())
                    if (!words::is_nearly_everybody(sid) && side->graph().leads_anywhere(sid))
                        return true;
        return false;
    }

    // Who cannot log on has no way.
    [[nodiscard]] bool counts(path_side const& side, object_index account) const {
        auto const& image = side.at().image;
        return account < image.objects.size() && !image.objects[account].is_deleted &&
               access::is_account(image, account) &&
               (asked_.with_disabled || !side.facts().is_disabled(account));
    }

    void take_class(std::uint32_t index) {
        std::map<std::tuple<bool, bool, bool>, source> alike; // services or not, that count before and after
        bool const leads_by_token = leads_anywhere(sides_, index);
        note(index);
        for (auto const account : classes_.classes[index].accounts) {
            bool const before = counts(*sides_.front(), account);
            bool const after = counts(last_, account);
            bool const stays = before == after && (!before || holders_.contains(account));
            if (stays)
                continue;
            source one{.who = {account, index},
                       .accounts = {account},
                       .counts_before = before,
                       .counts_after = after};
            if (has_plain_edges(sides_, account)) {
                made_.push_back(std::move(one));
            } else if (leads_by_token) {
                auto const [found, is_new] =
                    alike.try_emplace({last_.facts().is_service(account), before, after}, one);
                if (!is_new)
                    found->second.accounts.push_back(account);
            }
        }
        for (auto& [key, each] : alike)
            made_.push_back(std::move(each));
    }

    // What accounts hold need not be asked about by itself.
    void note(std::uint32_t token_class) {
        auto const& accounts = classes_.classes[token_class].accounts;
        if (std::none_of(accounts.begin(), accounts.end(), [this](object_index account) {
                return access::is_account(last_.at().image, account);
            }))
            return;
        for (std::uint32_t domain = 0; domain < last_.at().image.domains; ++domain) {
            auto const& held = last_.at().token_of(token_class, domain).sids();
            sids_.insert(held.begin(), held.end());
        }
    }

    // Groups without accounts, and members of other forests.
    void take_groups() {
        auto const& image = last_.at().image;
        for (object_index object = 0; object < image.objects.size(); ++object) {
            auto const& sid = image.objects[object].exported->sid;
            auto const index =
                object < classes_.class_of.size() ? classes_.class_of[object] : access::no_class;
            bool const is_lone = sid && index != access::no_class && !access::is_account(image, object) &&
                                 !image.objects[object].is_deleted && !holders_.contains(object) &&
                                 !sids_.contains(*sid);
            if (is_lone && leads_by_itself(*sid, index))
                made_.push_back({{object, index}, {}});
        }
    }

    path_question const& asked_;
    tier_zero const& holders_;
    std::vector<path_side const*> const& sides_;
    path_side const& last_;
    access::token_classes const& classes_;
    std::set<sddl::sid> sids_; // that accounts hold
    std::vector<source> made_;
};

using path_key = std::vector<std::tuple<edge_kind, std::string, std::string, std::string, std::size_t>>;

path_key key_of(control_path const& path) {
    path_key made;
    for (auto const& step : path.steps)
        made.emplace_back(step.kind, step.from.sid + step.from.dn, step.to.dn,
                          step.ace ? step.ace->on : std::string(), step.ace ? step.ace->index : 0U);
    return made;
}

} // namespace

path_side::path_side(directory_side const& at, row_queries const& queries, tier_zero holders,
                     std::vector<object_index> const& targets)
    : at_(at)
    , holders_(std::move(holders))
    , facts_(at_)
    , judge_(at_, facts_, queries)
    , graph_(at_, facts_, judge_, holders_) {
    graph_.search(targets);
}

std::vector<source> find_sources(path_question const& asked, tier_zero const& holders,
                                 std::vector<path_side const*> const& sides) {
    return finding_sources(asked, holders, sides).run();
}

ace_source source_of(directory_side const& side, object_index object, sddl::ace const& value) {
    auto const* const classes = side.classes_of(object);
    auto const* const list = side.list_of(object);
    if (!value.has(sddl::ace_flag::inherited))
        return {object, &value};
    if (classes == nullptr || list == nullptr)
        return {object, nullptr};
    sddl::inheriting_object const arriving{
        .classes = directory::inheriting_classes(*classes), .owner = list->owner, .group = list->group};
    auto const parent = side.image.objects[object].parent;
    for (auto above = parent; above != access::no_object; above = side.image.objects[above].parent) {
        auto const* const given = side.list_of(above);
        if (given == nullptr || !given->dacl)
            break;
        for (auto const& own : given->dacl->aces)
            if (directory::arrives_as(own, value, arriving, above == parent))
                return {above, &own};
    }
    return {object, nullptr};
}

path_end path_words::end_of(object_index object) const {
    auto const& is = side_.at().entry(object);
    bool const has_name = is.sid && is.first(attribute::sam_account_name);
    return {has_name ? directory::account_name(is) : std::string(is.dn), std::string(is.dn),
            is.sid ? fmt::format("{}", *is.sid) : std::string(), std::string(is.structural_class())};
}

path_end path_words::end_of(sddl::sid const& sid) const {
    for (auto const* const entry : asked_.exported.find_all(sid)) {
        auto const object = static_cast<object_index>(entry - asked_.exported.entries().data());
        return end_of(object);
    }
    return {directory::account_name(asked_.exported, sid), {}, fmt::format("{}", sid), {}};
}

path_ace path_words::ace_of(walked_step const& step) const {
    auto const& at = side_.at();
    path_ace made;
    made.on = at.image.dn(step.to);
    made.source = made.on;
    if (step.by.basis == sddl::access_basis::ownership) {
        made.origin = "owner";
        return made;
    }
    if (step.by.basis != sddl::access_basis::ace) {
        made.origin = "no DACL: everybody may do everything";
        return made;
    }
    auto const& value = step.by.list->dacl->aces[step.by.index];
    made.sddl = words::shown_ace(value, asked_.sids);
    made.index = step.by.index;
    made.trustee = fmt::format("{}", value.trustee);
    if (step.row == no_row) {
        made.origin = "in the value";
        return made;
    }
    if (!value.has(sddl::ace_flag::inherited)) {
        auto const* const holder = directory::find_admin_sd_holder(asked_.exported, at.entry(step.to));
        auto const index = holder == nullptr
                               ? access::no_object
                               : static_cast<object_index>(holder - asked_.exported.entries().data());
        auto const* const held = index == access::no_object || index == step.to ? nullptr : at.list_of(index);
        bool const is_copy = held != nullptr && held->dacl && held->dacl->aces == step.by.list->dacl->aces;
        made.origin = is_copy ? "AdminSDHolder" : "explicit";
        made.put = made.sddl;
        if (is_copy)
            made.source = at.image.dn(index);
        return made;
    }
    auto const [source, put] = source_of(at, step.to, value);
    made.origin = source == step.to ? "inherited" : "inherited from " + at.image.dn(source);
    made.source = at.image.dn(source);
    if (put != nullptr)
        made.put = words::shown_ace(*put, asked_.sids);
    return made;
}

// The group through which somebody who has been taken over holds the right.
void path_words::add_membership(control_path& made, walked_step const& step) const {
    auto const base = step.who.joined.empty() ? step.who.account : step.who.joined.back();
    auto const own = base == access::no_object ? std::nullopt : side_.at().entry(base).sid;
    if (!step.trustee || own == step.trustee || words::is_nearly_everybody(*step.trustee))
        return;
    bool const is_history = base != access::no_object && [&] {
        bool found = false;
        side_.at().entry(base).for_each(attribute::sid_history, [&](std::string_view value) {
            auto const sid = sddl::read_sid(std::as_bytes(std::span(value)));
            found = found || (sid && *sid == *step.trustee);
        });
        return found;
    }();
    made.steps.push_back({.kind = is_history ? edge_kind::sid_history : edge_kind::member,
                          .from = end_of(base),
                          .to = end_of(*step.trustee)});
}

object_index path_words::joined_domain(sddl::sid const& group) const {
    if (words::domain_identifier(group) != sddl::named_rid("Domain Computers"))
        return access::no_object;
    auto const domain = sddl::domain_of(group);
    auto const* const root = domain ? asked_.exported.find(*domain) : nullptr;
    return root == nullptr ? access::no_object
                           : static_cast<object_index>(root - asked_.exported.entries().data());
}

bool path_words::is_for_everybody(walked_way const& way) const {
    auto const trustee = way.steps.front().trustee;
    if (!trustee || words::domain_identifier(*trustee) != sddl::named_rid("Domain Computers"))
        return trustee && words::is_nearly_everybody(*trustee);
    auto const root = joined_domain(*trustee);
    return root == access::no_object ||
           side_.at().entry(root).first(attribute::ms_ds_machine_account_quota) != "0";
}

control_path path_words::describe(walked_way const& way, source const& who) const {
    control_path made{.how = way.how};
    for (auto const& step : way.steps) {
        bool const is_first = &step == &way.steps.front();
        bool const is_right = step.trustee.has_value();
        if (is_right && !(is_first && step.who.joined.empty()))
            add_membership(made, step);
        path_step shown{.kind = step.kind,
                        .to = end_of(step.to),
                        .condition = step.by.condition,
                        .alternatives = step.alternatives};
        auto const base = step.who.joined.empty() ? step.who.account : step.who.joined.back();
        bool const goes_by_trustee =
            is_right && (base == access::no_object || !words::is_nearly_everybody(*step.trustee) || is_first);
        if (goes_by_trustee)
            shown.from = end_of(*step.trustee);
        else if (step.from != access::no_object)
            shown.from = end_of(is_right ? base : step.from);
        else if (who.bare)
            shown.from = end_of(*who.bare);
        else
            shown.from.name = who.name;
        if (step.row != no_row)
            shown.right = right_rows()[step.row].right;
        if (step.by.basis != sddl::access_basis::nothing)
            shown.ace = ace_of(step);
        made.steps.push_back(std::move(shown));
    }
    made.sources.through = made.steps.front().from;
    made.sources.everybody = is_for_everybody(way);
    made.sources.objects = who.accounts;
    made.sources.accounts = who.accounts.size();
    return made;
}

bool is_worse(control_path const& left, control_path const& right) {
    auto const weight = [](control_path const& path) {
        return std::tuple(path.how, !path.sources.everybody, path.length(), SIZE_MAX - path.sources.accounts,
                          std::cref(path.sources.through.name));
    };
    auto const a = weight(left);
    auto const b = weight(right);
    return std::tie(std::get<0>(a), std::get<1>(a), std::get<2>(a), std::get<3>(a), std::get<4>(a).get()) <
           std::tie(std::get<0>(b), std::get<1>(b), std::get<2>(b), std::get<3>(b), std::get<4>(b).get());
}

std::vector<control_path> together(std::vector<control_path> ways) {
    std::map<path_key, control_path> by_key;
    for (auto& way : ways) {
        auto const [found, is_new] = by_key.try_emplace(key_of(way), way);
        if (is_new)
            continue;
        auto& sources = found->second.sources;
        sources.accounts += way.sources.accounts;
        sources.objects.insert(sources.objects.end(), way.sources.objects.begin(), way.sources.objects.end());
    }
    std::vector<control_path> made;
    for (auto& [key, way] : by_key)
        made.push_back(std::move(way));
    std::stable_sort(made.begin(), made.end(), is_worse);
    return made;
}

} // namespace dsplan::paths
