#include <sddl/compare.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/diff/access_claims.hpp>
#include <tools/dsplan/diff/descriptor_diff.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/schema_names.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace dsplan::diff {
namespace {

constexpr std::array<std::string_view, 12> kind_names{
    "same",          "owner",        "control", "state",    "same-aces", "same-access",
    "now-inherited", "now-explicit", "wider",   "narrower", "audit",     "not-judged"};

std::string_view text_of(sddl::acl_state state) {
    constexpr std::array<std::string_view, 3> texts{"absent", "NULL (everybody may do everything)", "there"};
    return texts[static_cast<std::size_t>(state)];
}

// Takes from both lists the ACEs that differ in nothing but that `to` has them inherited and `from` has not.
std::size_t take_pairs(std::vector<sddl::ace>& from, std::vector<sddl::ace>& to) {
    std::size_t count = 0;
    for (auto one = from.begin(); one != from.end();) {
        auto wanted = *one;
        wanted.flags |= sddl::ace_flag::inherited;
        auto const other = std::find(to.begin(), to.end(), wanted);
        if (one->has(sddl::ace_flag::inherited) || other == to.end()) {
            ++one;
            continue;
        }
        to.erase(other);
        one = from.erase(one);
        ++count;
    }
    return count;
}

bool can_be_judged(sddl::ace const& value, directory::schema const& known) {
    return !sddl::is_callback(value.type) && sddl::is_known_type(value.type) &&
           (!value.object_type || directory::object_type_name(known, *value.object_type, value.mask));
}

// What an inheritable ACE is for is asked about, whatever else is.
void add_named_classes(std::vector<sddl::ace> const& aces, directory::schema const& known,
                       asked_classes& asked) {
    for (auto const& value : aces) {
        if (!value.inherited_object_type || !value.has(sddl::ace_flag::container_inherit))
            continue;
        auto const* const named = known.find_class(*value.inherited_object_type);
        if (named != nullptr && std::find(asked.below.begin(), asked.below.end(), named) == asked.below.end())
            asked.below.push_back(named);
    }
}

// ACEs about something that no object of the classes asked about has.
std::size_t count_elsewhere(std::vector<sddl::ace> const& aces, directory::schema const& known,
                            asked_classes const& asked) {
    directory::class_rights_cache rights(known);
    auto const has = [&](std::vector<directory::schema_class const*> const& classes, sddl::guid const& type) {
        return std::any_of(classes.begin(), classes.end(), [&](auto const* each) {
            return !rights.find({each, {}, {}}).tree.find(type).empty();
        });
    };
    return static_cast<std::size_t>(std::count_if(aces.begin(), aces.end(), [&](sddl::ace const& value) {
        return can_be_judged(value, known) && value.object_type &&
               !has(value.has(sddl::ace_flag::inherit_only) ? asked.below : asked.itself, *value.object_type);
    }));
}

std::size_t count_unjudged(std::vector<sddl::ace> const& aces, directory::schema const& known) {
    return static_cast<std::size_t>(std::count_if(
        aces.begin(), aces.end(), [&known](sddl::ace const& value) { return !can_be_judged(value, known); }));
}

void add_owner(std::vector<claim>& claims, std::string_view what,
               std::optional<sddl::descriptor_difference::owner_change> const& changed,
               words::name_context const& names) {
    if (!changed)
        return;
    auto const name = [&names](std::optional<sddl::sid> const& account) {
        return account ? names.account(*account) : "none";
    };
    claims.push_back({claim_kind::owner, fmt::format("the {} was {}, is {}", what, name(changed->before),
                                                     name(changed->after))});
}

void add_states(std::vector<claim>& claims, sddl::descriptor_difference const& difference,
                words::descriptor_reading const& aces) {
    auto const state = [&claims](std::string_view name,
                                 std::optional<sddl::descriptor_difference::state_change> const& changed) {
        if (changed)
            claims.push_back(
                {claim_kind::state, fmt::format("the {} was {}, is {}", name, text_of(changed->before),
                                                text_of(changed->after))});
    };
    state("DACL", difference.dacl_state);
    state("SACL", difference.sacl_state);
    if (!difference.dacl_state)
        for (auto const& note : aces.dacl.notes)
            claims.push_back({claim_kind::control, "the DACL is " + note});
    if (!difference.sacl_state)
        for (auto const& note : aces.sacl.notes)
            claims.push_back({claim_kind::control, "the SACL is " + note});
    constexpr std::uint16_t others = sddl::control_bit::owner_defaulted | sddl::control_bit::group_defaulted |
                                     sddl::control_bit::dacl_trusted | sddl::control_bit::server_security |
                                     sddl::control_bit::rm_control_valid;
    if (auto const bits = (difference.control_set | difference.control_cleared) & others; bits != 0)
        claims.push_back(
            {claim_kind::control, fmt::format("other bits 0x{:04x} of the control field", bits)});
}

class claim_maker {
public:
    claim_maker(sddl::security_descriptor const& before, sddl::security_descriptor const& after,
                words::name_context const& names, asked_classes asked, words::object_kind kind)
        : before_(before)
        , after_(after)
        , names_(names)
        , asked_(std::move(asked))
        , kind_(kind)
        , difference_(sddl::compare(before, after)) {}

    [[nodiscard]] std::vector<claim> make(words::descriptor_reading const& aces) {
        add_owner(claims_, "owner", difference_.owner, names_);
        add_owner(claims_, "group", difference_.group, names_);
        add_states(claims_, difference_, aces);
        if (before_.dacl && after_.dacl)
            add_dacl();
        if (!difference_.sacl.empty())
            add(claim_kind::audit, "other audit ACEs or labels: see the SACL");
        if (claims_.empty())
            add(claim_kind::same, sddl::write_self_relative(before_) == sddl::write_self_relative(after_)
                                      ? "the same to the octet"
                                      : "the same, laid out in other octets");
        return std::move(claims_);
    }

    [[nodiscard]] bool differs() const { return !difference_.empty(); }

private:
    void add(claim_kind kind, std::string text) { claims_.push_back({kind, std::move(text)}); }

    void add_dacl() {
        auto removed = difference_.dacl.removed;
        auto added = difference_.dacl.added;
        auto const now_inherited = take_pairs(removed, added);
        auto const now_explicit = take_pairs(added, removed);
        bool const has_others = !removed.empty() || !added.empty();
        bool const is_judged = kind_ == words::object_kind::directory;
        for (auto const* const aces : {&removed, &added})
            add_named_classes(*aces, names_.known, asked_);
        auto compared = is_judged ? compare_access(before_, after_, names_, asked_) : compared_access{};
        auto& access = compared.claims;
        auto const unjudged = count_unjudged(removed, names_.known) + count_unjudged(added, names_.known);
        auto const elsewhere =
            count_elsewhere(removed, names_.known, asked_) + count_elsewhere(added, names_.known, asked_);
        if (difference_.dacl.empty() && access.empty())
            return;
        if (!is_judged)
            return add(claim_kind::not_judged,
                       fmt::format("not judged: what the other ACEs come to on {}; access is compared on "
                                   "directory objects only",
                                   words::row_of(kind_).words));
        add_origin(now_inherited, claim_kind::now_inherited, "now inherited", has_others);
        add_origin(now_explicit, claim_kind::now_explicit, "now explicit", has_others);
        if (!has_others && difference_.dacl.is_reordered && !compared.has_unknown_condition)
            add(access.empty() ? claim_kind::same_access : claim_kind::same_aces,
                access.empty() ? "same access, other order"
                               : "same ACEs, other order: the first that speaks of a right decides it");
        else if (has_others && access.empty() && unjudged == 0 && elsewhere == 0 &&
                 !compared.has_unknown_condition)
            add(claim_kind::same_access, "same access, by other ACEs");
        claims_.insert(claims_.end(), std::make_move_iterator(access.begin()),
                       std::make_move_iterator(access.end()));
        if (unjudged != 0)
            add(claim_kind::not_judged,
                fmt::format("not judged: what {} with a condition, an unknown type or an unknown GUID "
                            "{} about",
                            counted(unjudged, "ACE", "ACEs"), unjudged == 1 ? "brings" : "bring"));
        else if (compared.has_unknown_condition)
            add(claim_kind::not_judged, "not judged: what comes of it where a condition decides");
        if (compared.speaks_of_deletion)
            add(claim_kind::not_judged,
                "deleting is judged by this list alone: delete child on the parent and "
                "delete tree on what is above allow it, too");
        if (elsewhere != 0)
            add(claim_kind::not_judged,
                fmt::format("not judged: what {} about on objects of other classes than those asked about",
                            counted(elsewhere, "ACE brings", "ACEs bring")));
    }

    void add_origin(std::size_t count, claim_kind kind, std::string_view words, bool has_others) {
        if (count == 0)
            return;
        auto const number = count == 1 ? std::string("one") : with_thousands(count);
        add(kind, has_others ? fmt::format("{} of the ACEs {}", number, words)
                             : fmt::format("same ACEs, {} {}", number, words));
    }

    sddl::security_descriptor const& before_;
    sddl::security_descriptor const& after_;
    words::name_context const& names_;
    asked_classes asked_;
    words::object_kind kind_;
    sddl::descriptor_difference difference_;
    std::vector<claim> claims_;
};

void set_words(words::explained_ace& said, sddl::ace const& value, words::name_context const& names,
               words::object_kind kind) {
    sddl::security_descriptor alone;
    sddl::set_dacl(alone, {.aces = {value}, .slack = {}});
    auto const explained = words::explain(alone, names.sids, names.known, kind);
    said.may = explained.dacl.aces.front().may;
    said.applies_to = explained.dacl.aces.front().applies_to;
}

void set_words(words::list_reading& list, std::optional<sddl::acl> const& before,
               std::optional<sddl::acl> const& after, words::name_context const& names,
               words::object_kind kind) {
    for (auto* const aces : {&list.aces, &list.kept})
        for (auto& one : *aces) {
            auto const& from = one.what == words::mark::removed ? before : after;
            set_words(one.words, from->aces[one.position - 1], names, kind);
            if (one.old == nullptr)
                continue;
            auto old = *one.old;
            set_words(old, before->aces[*one.was - 1], names, kind);
            one.old = std::make_shared<words::explained_ace const>(std::move(old));
        }
}

} // namespace

std::string_view name_of(claim_kind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

descriptor_diff compare_descriptors(sddl::security_descriptor const& before,
                                    sddl::security_descriptor const& after, words::name_context const& names,
                                    asked_classes asked, words::object_kind kind) {
    descriptor_diff made;
    made.aces = words::read_descriptor(after, &before, names);
    if (kind != words::object_kind::directory) {
        set_words(made.aces.dacl, before.dacl, after.dacl, names, kind);
        set_words(made.aces.sacl, before.sacl, after.sacl, names, kind);
    }
    claim_maker maker(before, after, names, std::move(asked), kind);
    made.differs = maker.differs();
    made.claims = maker.make(made.aces);
    return made;
}

} // namespace dsplan::diff
