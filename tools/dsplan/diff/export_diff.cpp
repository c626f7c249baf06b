#include <sddl/parse_error.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/diff/export_diff.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/access_comparison.hpp>
#include <tools/dsplan/effect/export_projection.hpp>
#include <tools/dsplan/effect/unknown_objects.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace dsplan::diff {
namespace {

// Nobody opens those of more.
constexpr std::size_t objects_with_octets = 25;

std::string obstacle_in(directory::entry const& one, directory::entry const& other) {
    if ((one.descriptor == nullptr) != (other.descriptor == nullptr))
        return "only one of the exports has the nTSecurityDescriptor";
    for (auto const* const each : {&one, &other})
        if (each->descriptor != nullptr && !each->descriptor->value)
            return "the nTSecurityDescriptor cannot be read: " + sddl::message(*each->descriptor->error);
    return {};
}

class export_comparison {
public:
    export_comparison(directory::snapshot const& before, directory::snapshot const& after,
                      words::name_context const& names)
        : before_(before)
        , after_(after)
        , cache_(names.known)
        , names_(with_cache(names, cache_)) {}

    diff run() && {
        made_.is_of_exports = true;
        made_.sids = names_.sids;
        for (auto const* const each : {&before_, &after_})
            made_.not_known.insert(made_.not_known.end(), each->gaps().begin(), each->gaps().end());
        for (auto const& entry : before_.entries())
            if (after_.find(entry.dn) == nullptr)
                made_.only_before.emplace_back(entry.dn);
        for (auto const& entry : after_.entries()) {
            if (auto const* const was = before_.find(entry.dn))
                compare(*was, entry);
            else
                made_.only_after.emplace_back(entry.dn);
        }
        if (tells_members(before_) == tells_members(after_))
            compare_accounts();
        else
            made_.not_known.emplace_back("only one of the exports tells who is a member of what");
        return std::move(made_);
    }

private:
    static words::name_context with_cache(words::name_context names, words::name_cache& cache) {
        names.cache = &cache;
        return names;
    }

    static bool tells_members(directory::snapshot const& exported) {
        using directory::attribute;
        auto const entries = exported.entries();
        return std::any_of(entries.begin(), entries.end(), [](directory::entry const& object) {
            return object.first(attribute::member) || object.first(attribute::member_of) ||
                   object.first(attribute::primary_group_id);
        });
    }

    void compare_accounts() {
        auto const change = effect::project_exports(before_, after_, names_.known);
        compare_members(change);
        auto compared =
            effect::compare_access({.exported = before_, .known = names_.known, .sids_near = {}}, change);
        made_.accounts = std::move(compared.changes);
        std::move(compared.unknown.begin(), compared.unknown.end(), std::back_inserter(made_.not_known));
        for (auto& reason : effect::unknown_objects(change))
            made_.not_known.push_back(std::move(reason));
    }

    void compare_members(effect::projection const& change) {
        auto const& after = change.after;
        for (access::object_index group = 0; group < after.members.size(); ++group) {
            if (after.objects[group].is_deleted)
                continue;
            auto const was = member_names(change.before, after, group);
            auto const is = member_names(after, after, group);
            membership_difference found{.group = identity_in(after, group),
                                        .added = only_in_first(is, was),
                                        .removed = only_in_first(was, is)};
            if (!found.added.empty() || !found.removed.empty())
                made_.memberships.push_back(std::move(found));
        }
    }

    using members_by_name = std::map<std::string, directory::identity>; // by DN, or SID of those without one

    static std::vector<directory::identity> only_in_first(members_by_name const& first,
                                                          members_by_name const& second) {
        std::vector<directory::identity> made;
        for (auto const& [name, member] : first)
            if (!second.contains(name))
                made.push_back(member);
        return made;
    }

    static directory::identity identity_in(access::directory_image const& after,
                                           access::object_index object) {
        auto made = directory::identity_of(*after.objects[object].exported);
        made.dn = after.dn(object);
        return made;
    }

    // As the later export names them.
    [[nodiscard]] members_by_name member_names(access::directory_image const& image,
                                               access::directory_image const& after,
                                               access::object_index group) const {
        members_by_name members;
        if (group < image.members.size())
            for (auto const member : image.members[group])
                members.try_emplace(after.dn(member), identity_in(after, member));
        auto const outside = image.outside.find(group);
        if (outside == image.outside.end())
            return members;
        for (auto const dn : outside->second.names)
            members.try_emplace(std::string(dn), directory::identity{std::string(dn), {}, std::string(dn)});
        for (auto const& sid : outside->second.sids)
            members.try_emplace(fmt::format("{}", sid),
                                directory::identity_of(&after_, sid, directory::account_name(after_, sid)));
        return members;
    }

    void compare(directory::entry const& was, directory::entry const& is) {
        object_diff found{.dn = std::string(is.dn), .descriptor = {}, .obstacle = obstacle_in(was, is)};
        if (!found.obstacle.empty()) {
            made_.objects.push_back(std::move(found));
            return;
        }
        if (is.descriptor == nullptr)
            return;
        if (was.descriptor->octets != is.descriptor->octets)
            found.descriptor =
                compare_descriptors(*was.descriptor->value, *is.descriptor->value, names_, classes_of(is));
        if (found.descriptor.differs && made_.objects.size() < objects_with_octets)
            found.keep_octets(*was.descriptor->value, *is.descriptor->value);
        if (found.descriptor.differs)
            made_.objects.push_back(std::move(found));
        else
            ++made_.equal;
    }

    // Where the class is not in the schema it is asked as a container.
    [[nodiscard]] asked_classes classes_of(directory::entry const& of) const {
        auto const* found = directory::classes_of(names_.known, of).structural;
        if (found == nullptr)
            found = names_.known.find_class("container");
        asked_classes made{.itself = {found}, .below = {}};
        for (auto const name : {"container", "organizationalUnit", "user", "computer", "group"}) {
            if (auto const* const each = names_.known.find_class(name))
                made.below.push_back(each);
        }
        return made;
    }

    directory::snapshot const& before_;
    directory::snapshot const& after_;
    words::name_cache cache_;
    words::name_context const names_;
    diff made_;
};

} // namespace

void object_diff::keep_octets(sddl::security_descriptor const& before,
                              sddl::security_descriptor const& after) {
    octets_before = sddl::write_self_relative(before);
    octets_after = sddl::write_self_relative(after);
}

bool diff::differs() const {
    return !only_before.empty() || !only_after.empty() || !not_known.empty() || !memberships.empty() ||
           !accounts.empty() || std::any_of(objects.begin(), objects.end(), [](object_diff const& each) {
               return each.descriptor.differs || !each.obstacle.empty();
           });
}

diff compare_exports(directory::snapshot const& before, directory::snapshot const& after,
                     words::name_context const& names) {
    return export_comparison(before, after, names).run();
}

} // namespace dsplan::diff
