#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/access/effective_access.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/ways_in.hpp>
#include <tools/dsplan/words/judge/standing.hpp>
#include <tools/dsplan/words/judge/takeover_rights.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>

namespace dsplan::plan {
namespace {

using directory::entry;
using words::standing;

// A right that takes over an object, as a question.
struct question {
    access::right_query asked;
    std::string may;
};

access::right_query query_of(sddl::access_mask rights, std::optional<sddl::guid> const& type,
                             directory::schema const& known) {
    return access::make_query({words::describe(rights, type, known)}, known);
}

std::optional<sddl::guid> type_of(words::takeover_right const& row, directory::schema const& known) {
    if (row.attribute.empty())
        return row.id;
    auto const* const attribute = known.find_attribute(row.attribute);
    return attribute == nullptr ? std::nullopt : std::optional(attribute->id);
}

// What one trustee may do with objects of one descriptor and class.
struct grip {
    sddl::sid trustee;
    std::string may;
    std::string by;
};

// Which rights take over objects of the class, the judge's table asked; of a container its permissions only.
std::vector<question> questions_for(directory::schema const& known, directory::schema_class const& of) {
    std::vector<question> made{{query_of(sddl::directory_full_control, {}, known), "has full control"},
                               {query_of(sddl::right_write_dac, {}, known), "can change its permissions"},
                               {query_of(sddl::right_write_owner, {}, known), "can take ownership of it"}};
    auto const kinds = words::targets_of(of) & (words::target::accounts | words::target::groups);
    for (words::takeover_right const& row : words::takeover_rights())
        if ((row.targets & kinds) != 0 && row.rule.starts_with("takeover-"))
            if (auto const type = type_of(row, known))
                made.push_back({query_of(row.right, type, known), std::string(row.why)});
    return made;
}

class searcher {
public:
    explicit searcher(ways_in_question const& about)
        : about_(about)
        , evaluator_(about.exported, about.members, about.known) {}

    ways_in search(std::span<entry const* const> holders) {
        for (entry const* const holder : holders) {
            holders_.insert(holder->sid.value_or(sddl::sid{}));
            visit(*holder);
        }
        for (; !waiting_.empty(); waiting_.pop_front())
            look_at(*waiting_.front());
        made_.objects = seen_.size();
        return std::move(made_);
    }

private:
    void visit(entry const& object) {
        if (seen_.insert(&object).second)
            waiting_.push_back(&object);
    }

    void look_at(entry const& object) {
        if (object.is_a("group"))
            for (entry const* const member : about_.members.members_of(object))
                if (!is_administrator(about_, *member))
                    visit(*member);
        if (object.descriptor == nullptr || !object.descriptor->value) {
            made_.unseen.emplace_back(object.dn);
            return;
        }
        for (grip const& each : grips_on(object))
            if (object.sid != each.trustee && !holders_.contains(each.trustee))
                follow(object, each);
        bool const inherits = (object.descriptor->value->control & sddl::control_bit::dacl_protected) == 0;
        if (inherits && object.parent != nullptr)
            visit(*object.parent);
    }

    void follow(entry const& object, grip const& held) {
        auto const* const who = about_.exported.find(held.trustee);
        made_.found.push_back({label(held.trustee, who), held.may, std::string(object.dn), held.by});
        if (who != nullptr && !words::is_nearly_everybody(held.trustee))
            visit(*who);
    }

    [[nodiscard]] std::string label(sddl::sid const& trustee, entry const* who) const {
        auto name = directory::account_name(about_.exported, trustee);
        if (who != nullptr && who->is_a("group") && !words::is_nearly_everybody(trustee))
            name += fmt::format(" ({})",
                                counted(about_.members.all_members_of(*who).size(), "member", "members"));
        return name;
    }

    std::vector<grip> const& grips_on(entry const& object) {
        auto const key = std::pair(object.descriptor, std::string(object.structural_class()));
        auto const [known, is_new] = grips_.try_emplace(key);
        if (is_new)
            known->second = compute_grips(object);
        return known->second;
    }

    std::vector<grip> compute_grips(entry const& object) {
        auto const* const of = about_.known.find_class(object.structural_class());
        if (of == nullptr) {
            made_.unseen.emplace_back(object.dn);
            return {};
        }
        auto const [asked, is_new] = questions_.try_emplace(of);
        if (is_new)
            asked->second = questions_for(about_.known, *of);
        auto const& questions = asked->second;
        std::vector<grip> made;
        for (sddl::sid const& trustee : trustees_of(object))
            if (auto held = ask(object, trustee, questions))
                made.push_back(std::move(*held));
        return made;
    }

    // Whom the list allows something, and the owner, but not those who hold the directory anyway.
    [[nodiscard]] std::set<sddl::sid> trustees_of(entry const& object) const {
        auto const sids = about_.sids_of(object);
        std::set<sddl::sid> found;
        auto const add = [&](sddl::sid const& trustee) {
            auto const* const who = about_.exported.find(trustee);
            if (words::standing_of(trustee, sids, &about_.exported) != standing::administrative &&
                (who == nullptr || !is_administrator(about_, *who)))
                found.insert(trustee);
        };
        auto const& descriptor = *object.descriptor->value;
        if (descriptor.owner)
            add(*descriptor.owner);
        if (descriptor.dacl)
            for (sddl::ace const& ace : descriptor.dacl->aces)
                if (sddl::is_allow(ace.type))
                    add(ace.trustee);
        return found;
    }

    [[nodiscard]] sddl::security_token token_of(sddl::sid const& trustee) const {
        if (auto const* const who = about_.exported.find(trustee))
            return evaluator_.token_of(*who);
        constexpr auto everyone = sddl::named_sid("Everyone");
        constexpr auto authenticated = sddl::named_sid("Authenticated Users");
        if (trustee == everyone || trustee == sddl::named_sid("Anonymous Logon"))
            return sddl::security_token({trustee, everyone});
        return sddl::security_token({trustee, everyone, authenticated});
    }

    [[nodiscard]] std::optional<grip> ask(entry const& object, sddl::sid const& trustee,
                                          std::vector<question> const& questions) const {
        constexpr std::size_t named_at_most = 3;
        auto const token = token_of(trustee);
        grip held{trustee, {}, {}};
        std::vector<std::string> may;
        for (question const& each : questions) {
            auto const decision = evaluator_.decide(each.asked, token, object, sddl::no_known_claims);
            bool const is_nothing = !decision.granted && decision.unknown_conditions.empty();
            if (is_nothing || is_of_everybody(object, decision, trustee))
                continue;
            auto text = each.may + (decision.granted ? "" : ", if a condition holds");
            if (held.by.empty())
                held.by = basis_of(object, decision);
            if (std::find(may.begin(), may.end(), text) == may.end() && may.size() < named_at_most)
                may.push_back(std::move(text));
            if (decision.granted && &each == &questions.front())
                break;
        }
        if (may.empty())
            return std::nullopt;
        held.may = fmt::format("{}", fmt::join(may, ", "));
        return held;
    }

    // What everybody has through an ACE of their own is told once, there.
    [[nodiscard]] static bool is_of_everybody(entry const& object, sddl::access_decision const& decision,
                                              sddl::sid const& trustee) {
        auto const& dacl = object.descriptor->value->dacl;
        return decision.granted && decision.basis == sddl::access_basis::ace && dacl &&
               dacl->aces[decision.index].trustee != trustee &&
               words::is_nearly_everybody(dacl->aces[decision.index].trustee);
    }

    [[nodiscard]] std::string basis_of(entry const& object, sddl::access_decision const& decision) const {
        auto const index = decision.granted ? decision.index : decision.unknown_conditions.front();
        auto const& dacl = object.descriptor->value->dacl;
        if (decision.basis == sddl::access_basis::ownership && decision.granted)
            return "as its owner";
        if (!dacl || index >= dacl->aces.size())
            return "it has no DACL";
        return sddl::write_ace(dacl->aces[index], about_.sids_of(object));
    }

    ways_in_question const& about_;
    access::access_evaluator evaluator_;
    ways_in made_;
    std::set<sddl::sid> holders_;
    std::unordered_set<entry const*> seen_;
    std::deque<entry const*> waiting_;
    std::map<directory::schema_class const*, std::vector<question>> questions_;
    std::map<std::pair<directory::interned_descriptor const*, std::string>, std::vector<grip>> grips_;
};

} // namespace

bool is_administrator(ways_in_question const& about, entry const& account) {
    auto const sids = about.sids_of(account);
    auto const is_one = [&](entry const& each) {
        return each.sid && words::standing_of(*each.sid, sids, &about.exported) == standing::administrative;
    };
    auto const groups = about.members.all_groups_of(account);
    return is_one(account) ||
           std::any_of(groups.begin(), groups.end(), [&](entry const* group) { return is_one(*group); });
}

ways_in find_ways_in(ways_in_question const& about, std::span<entry const* const> holders) {
    return searcher(about).search(holders);
}

} // namespace dsplan::plan
