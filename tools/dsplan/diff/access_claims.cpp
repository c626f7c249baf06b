#include <sddl/inherit.hpp>
#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/diff/access_claims.hpp>
#include <tools/dsplan/directory/class_rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

namespace dsplan::diff {
namespace {

// Accounts that nobody has: who stands for the object itself, and who creates one below.
constexpr sddl::sid stand_in(std::uint32_t rid) {
    return {.sub_authority_count = 5,
            .identifier_authority = {0, 0, 0, 0, 0, 5},
            .sub_authorities = {21, 0, 0, 0, rid}};
}
constexpr sddl::sid the_object = stand_in(1);
constexpr sddl::sid the_creator = stand_in(2);

struct place {
    bool below = false;
    bool gained = false;
    std::string account;

    friend auto operator<=>(place const&, place const&) = default;
};

// Gathers rights by who has them where; the same rights on objects of several classes are said once.
class gathering {
public:
    gathering(words::name_context const& names, std::size_t classes) : names_(names), classes_(classes) {}

    void compare(directory::class_rights const& asked, std::string const& class_name, bool below,
                 sddl::security_descriptor const& before, sddl::security_descriptor const& after) {
        two_states const states{asked, before, after};
        for (auto const& trustee : access::concerned_trustees(before, after)) {
            auto made = differences(states, trustee);
            for (auto const& [gained, right] : made)
                found_[{below, gained, name_of(trustee)}][right].insert(class_name);
        }
    }

    [[nodiscard]] std::vector<claim> claims() const {
        std::vector<claim> made;
        for (auto const& [where, rights] : found_) {
            std::map<std::set<std::string>, std::vector<std::string>> by_classes;
            for (auto const& [right, class_names] : rights)
                by_classes[class_names].push_back(right);
            for (auto const& [class_names, words] : by_classes)
                made.push_back(
                    {where.gained ? claim_kind::wider : claim_kind::narrower,
                     fmt::format("{} by {}, for {}, {}", where.gained ? "wider" : "narrower",
                                 fmt::join(words, ", "), where.account, objects(where.below, class_names))});
        }
        return made;
    }

private:
    struct two_states {
        directory::class_rights const& asked;
        sddl::security_descriptor const& before;
        sddl::security_descriptor const& after;
    };

    // What the trustee's own ACEs make; what Everyone or all Authenticated Users gain or lose is said of
    // those.
    static access::right_differences differences(two_states const& states, sddl::sid const& trustee) {
        bool const is_everyone = trustee == access::everyone;
        bool const is_authenticated = trustee == access::authenticated_users;
        bool const is_self = trustee == sddl::principal_self;
        auto who = is_self ? the_object : trustee;
        if (trustee == sddl::owner_rights && states.after.owner)
            who = *states.after.owner;
        std::vector<sddl::sid> const everybody{access::everyone};
        std::vector<sddl::sid> const authenticated{access::everyone, access::authenticated_users};
        auto all = authenticated;
        all.push_back(who);
        auto made = differences_of(states, is_everyone ? everybody : all, is_self);
        if (is_everyone)
            return made;
        for (auto const& said : differences_of(states, is_authenticated ? everybody : authenticated, false))
            made.erase(said);
        return made;
    }

    static access::right_differences differences_of(two_states const& states, std::vector<sddl::sid> sids,
                                                    bool is_self) {
        sddl::security_token const token(std::move(sids));
        auto const self = is_self ? std::optional(the_object) : std::nullopt;
        return access::compare_access(states.asked,
                                      {.descriptor = states.before, .token = token, .self = self},
                                      {.descriptor = states.after, .token = token, .self = self})
            .rights;
    }

    [[nodiscard]] std::string name_of(sddl::sid const& trustee) const {
        return trustee == the_creator ? "whoever creates an object" : names_.account(trustee);
    }

    [[nodiscard]] std::string objects(bool below, std::set<std::string> const& class_names) const {
        auto const list = fmt::format("{}", fmt::join(class_names, ", "));
        bool const is_all = class_names.size() == classes_;
        if (below)
            return is_all ? "on objects below" : fmt::format("on objects below of class {}", list);
        return is_all ? "on the object itself"
                      : fmt::format("on the object itself if it is of class {}", list);
    }

    words::name_context const& names_;
    std::size_t classes_;
    std::map<place, std::map<std::string, std::set<std::string>>> found_;
};

sddl::security_descriptor child_of(sddl::security_descriptor const& parent,
                                   directory::object_classes const& classes) {
    sddl::inheriting_object const child{
        .classes = directory::inheriting_classes(classes), .owner = the_creator, .group = std::nullopt};
    sddl::security_descriptor made;
    sddl::set_dacl(made, {.aces = sddl::inherited_aces(*parent.dacl, child), .slack = {}});
    return made;
}

} // namespace

std::vector<claim> access_claims(sddl::security_descriptor const& before,
                                 sddl::security_descriptor const& after, words::name_context const& names,
                                 std::vector<directory::schema_class const*> const& classes) {
    directory::class_rights_cache rights(names.known);
    gathering found(names, classes.size());
    for (auto const* const each : classes) {
        directory::object_classes const resolved{each, {}, {}};
        auto const& asked = rights.find(resolved);
        found.compare(asked, std::string(each->name), false, before, after);
        found.compare(asked, std::string(each->name), true, child_of(before, resolved),
                      child_of(after, resolved));
    }
    return found.claims();
}

} // namespace dsplan::diff
