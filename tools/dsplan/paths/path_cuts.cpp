#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/effect/propagated_records.hpp>
#include <tools/dsplan/paths/path_cuts.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace dsplan::paths {
namespace {

using accounts = std::set<object_index>;

ldif::record modification_of(std::string const& dn, ldif::modification_operation operation,
                             std::string_view attribute, std::vector<std::string> values) {
    ldif::record made;
    made.dn = dn;
    made.changetype = ldif::change_type::modify;
    made.modifications.push_back({operation, std::string(attribute), std::move(values)});
    return made;
}

// What takes a step away.
class cutter {
public:
    explicit cutter(access::directory_image const& image) : image_(image) {
        for (object_index object = 0; object < image.objects.size(); ++object)
            if (!image.objects[object].is_deleted)
                by_name_.emplace(image.dn(object), object);
    }

    [[nodiscard]] std::optional<ldif::record> cut_of(path_step const& step) const {
        auto const to = by_name_.find(step.to.dn);
        if (to == by_name_.end())
            return std::nullopt;
        switch (step.kind) {
        case edge_kind::member:
            return without_member(to->second, step.from.dn);
        case edge_kind::act_on_behalf:
            return modification_of(step.to.dn, ldif::modification_operation::delete_values,
                                   "msDS-AllowedToActOnBehalfOfOtherIdentity", {});
        case edge_kind::owner:
            return with_other_owner(to->second);
        default:
            return step.ace && !step.right.empty() ? without_ace(to->second, *step.ace) : std::nullopt;
        }
    }

private:
    [[nodiscard]] sddl::security_descriptor const* list_of(object_index object) const {
        auto const* const list = image_.objects[object].descriptor;
        return list != nullptr && list->dacl ? list : nullptr;
    }

    [[nodiscard]] std::optional<ldif::record> without_member(object_index group,
                                                             std::string const& member) const {
        auto const found = by_name_.find(member);
        auto const& members = image_.members[group];
        bool const is_direct = found != by_name_.end() &&
                               std::find(members.begin(), members.end(), found->second) != members.end();
        if (!is_direct)
            return std::nullopt;
        return modification_of(image_.dn(group), ldif::modification_operation::delete_values, "member",
                               {member});
    }

    [[nodiscard]] std::optional<ldif::record> with_other_owner(object_index object) const {
        auto const* const list = list_of(object);
        if (list == nullptr)
            return std::nullopt;
        auto changed = *list;
        changed.owner = sddl::named_sid("Administrators");
        return effect::descriptor_record(image_.dn(object), changed);
    }

    // Where it was put, all of it that says the same.
    [[nodiscard]] std::optional<ldif::record> without_ace(object_index object, path_ace const& ace) const {
        if (ace.origin == "inherited") // from where, the export does not show
            return std::nullopt;
        auto const source = by_name_.find(ace.source);
        auto const* const shown = list_of(object);
        auto const* const held = source == by_name_.end() ? nullptr : list_of(source->second);
        if (held == nullptr || shown == nullptr || ace.index >= shown->dacl->aces.size())
            return std::nullopt;
        auto const value = shown->dacl->aces[ace.index];
        auto changed = *held;
        auto const removed = std::erase_if(changed.dacl->aces, [&](sddl::ace const& own) {
            return own == value ||
                   (source->second != object && is_source_of(own, value, object, source->second));
        });
        return removed == 0 ? std::nullopt : std::optional(effect::descriptor_record(ace.source, changed));
    }

    [[nodiscard]] bool is_source_of(sddl::ace const& own, sddl::ace const& arrived, object_index object,
                                    object_index above) const {
        auto const& classes = image_.classes[image_.objects[object].classes];
        auto const* const list = list_of(object);
        if (classes.structural == nullptr || list == nullptr)
            return false;
        sddl::inheriting_object const arriving{
            .classes = directory::inheriting_classes(classes), .owner = list->owner, .group = list->group};
        return directory::arrives_as(own, arrived, arriving, image_.objects[object].parent == above);
    }

    access::directory_image const& image_;
    std::map<std::string, object_index, std::less<>> by_name_;
};

// Who has a way to the target in a directory, if only on a condition.
accounts with_a_way(path_question asked, effect::projection const& directory) {
    asked.with_conditional = true;
    accounts made;
    for (auto const& path : find_paths(asked, directory).paths)
        made.insert(path.sources.objects.begin(), path.sources.objects.end());
    return made;
}

class finding_cuts {
public:
    finding_cuts(path_question const& asked, effect::projection const& directory, with_record const& with)
        : asked_(asked)
        , cutter_(directory.after)
        , with_(with) {}

    result<void> take(control_path& path) {
        if (path.sources.objects.empty())
            return {};
        for (std::size_t step = 0; step < path.steps.size(); ++step) {
            auto const cut = cutter_.cut_of(path.steps[step]);
            auto const left = cut ? accounts_left(*cut) : result<std::optional<accounts>>();
            if (!left)
                return tl::unexpected(left.error());
            if (!*left)
                continue;
            auto const& objects = path.sources.objects;
            auto const remaining = std::count_if(objects.begin(), objects.end(), [&](object_index account) {
                return (*left)->contains(account);
            });
            path.cuts.push_back({step + 1, static_cast<std::size_t>(remaining)});
        }
        return {};
    }

private:
    // Nothing where the directory would refuse the record.
    result<std::optional<accounts>> accounts_left(ldif::record const& cut) {
        auto const& part = cut.modifications.front();
        auto key = std::tuple(cut.dn, part.description, part.values);
        if (auto const known = left_.find(key); known != left_.end())
            return known->second;
        auto const made = with_(cut);
        if (!made)
            return tl::unexpected(made.error());
        auto const& refused = made->summary.refused;
        bool const is_refused = std::any_of(refused.begin(), refused.end(), [&cut](auto const& each) {
            return each.line == 0 && each.dn == cut.dn; // no line of any file
        });
        auto found = is_refused ? std::optional<accounts>() : std::optional(with_a_way(asked_, *made));
        return left_.emplace(std::move(key), std::move(found)).first->second;
    }

    path_question const& asked_;
    cutter cutter_;
    with_record const& with_;
    std::map<std::tuple<std::string, std::string, std::vector<std::string>>, std::optional<accounts>> left_;
};

} // namespace

result<void> find_cuts(path_report& report, path_question const& asked, effect::projection const& directory,
                       std::size_t at_most, with_record const& with) {
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
    return {};
}

} // namespace dsplan::paths
