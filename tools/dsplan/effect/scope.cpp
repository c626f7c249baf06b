#include <sddl/access_check.hpp>
#include <sddl/inherit.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/effect/scope.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <span>
#include <tuple>

namespace dsplan::effect {
namespace {

using sddl::ace;

bool is_own_and_inheritable(ace const& value) {
    return value.has(sddl::ace_flag::container_inherit) && !value.has(sddl::ace_flag::inherited) &&
           (sddl::is_allow(value.type) || sddl::is_deny(value.type));
}

// Own inheritable ACEs of `from` that `other` does not have.
std::vector<ace> only_in(sddl::security_descriptor const& from, sddl::security_descriptor const& other) {
    std::vector<ace> made;
    if (!from.dacl)
        return made;
    for (ace const& value : from.dacl->aces) {
        bool const is_there = other.dacl && std::find(other.dacl->aces.begin(), other.dacl->aces.end(),
                                                      value) != other.dacl->aces.end();
        if (is_own_and_inheritable(value) && !is_there)
            made.push_back(value);
    }
    return made;
}

// What of an ACE's right a bare holder of its trustee has under a descriptor.
sddl::access_mask rights_of(ace const& value, sddl::security_descriptor const& descriptor,
                            sddl::guid const& class_id) {
    sddl::object_type_tree tree(class_id);
    auto const mask = sddl::map_generic(value.mask);
    auto node = sddl::object_type_tree::object;
    if (value.object_type)
        node = tree.add_beside(*value.object_type, mask);
    sddl::security_token const token({value.trustee, access::everyone, access::authenticated_users});
    auto const granted = sddl::check_access(descriptor, tree, {.who = token, .self = value.trustee});
    return granted.rights[node] & mask;
}

class scope_meter {
public:
    scope_meter(access::directory_image const& before, access::directory_image const& after,
                std::vector<bool> const& is_protected, access::object_index top, scope_of_ace made)
        : before_(before)
        , after_(after)
        , is_protected_(is_protected)
        , top_(top)
        , made_(std::move(made)) {}

    void look_at(access::object_index object) {
        auto const [why, because] = judge(object);
        if (!why) {
            ++made_.changed;
            return;
        }
        auto const* const structural = after_.classes[after_.objects[object].classes].structural;
        auto& row = rows_[{*why, because, structural == nullptr ? std::string() : structural->name}];
        ++row.objects;
        if (*why != unchanged_reason::class_mismatch)
            row.dns.push_back(after_.dn(object));
    }

    scope_of_ace take() && {
        for (auto& [key, row] : rows_) {
            std::tie(row.why, row.because, row.object_class) = key;
            made_.unchanged.push_back(std::move(row));
        }
        return std::move(made_);
    }

private:
    using verdict = std::pair<std::optional<unchanged_reason>, std::string>; // nothing: it changes

    verdict judge(access::object_index object) {
        auto const& is = after_.objects[object];
        auto const& classes = after_.classes[is.classes];
        if (classes.structural == nullptr)
            return {unchanged_reason::unknown, {}};
        if (!matches(classes))
            return {unchanged_reason::class_mismatch, {}};
        if (is.descriptor == nullptr || before_.objects[object].descriptor == nullptr)
            return {unchanged_reason::unknown, {}};
        if (auto stopped = stopped_on_the_way(object); stopped.first)
            return stopped;
        return {difference(object), {}};
    }

    verdict stopped_on_the_way(access::object_index object) const {
        std::size_t depth = 0;
        for (auto step = object; step != top_; step = after_.objects[step].parent, ++depth) {
            auto const* const descriptor = after_.objects[step].descriptor;
            if (descriptor == nullptr)
                return {unchanged_reason::unknown, after_.dn(step)};
            if (!descriptor->has(sddl::control_bit::dacl_protected))
                continue;
            bool const is_own = step == object;
            if (is_own && step < is_protected_.size() && is_protected_[step])
                return {unchanged_reason::protected_account, {}};
            return {unchanged_reason::blocked_inheritance, after_.dn(step)};
        }
        if (depth > 1 && made_.value.has(sddl::ace_flag::no_propagate))
            return {unchanged_reason::one_level, {}};
        return {};
    }

    [[nodiscard]] bool matches(directory::object_classes const& classes) const {
        if (!made_.value.inherited_object_type)
            return true;
        auto const ids = directory::inheriting_classes(classes);
        return std::find(ids.begin(), ids.end(), *made_.value.inherited_object_type) != ids.end();
    }

    // Each distinct pair of descriptors is judged once.
    std::optional<unchanged_reason> difference(access::object_index object) {
        auto const* const was = before_.objects[object].descriptor;
        auto const* const is = after_.objects[object].descriptor;
        auto const classes = after_.objects[object].classes;
        auto const [found, is_new] = judged_.emplace(std::tuple(was, is, classes), std::nullopt);
        if (!is_new)
            return found->second;
        auto const& id = after_.classes[classes].structural->id;
        auto const rights_before = rights_of(made_.value, *was, id);
        auto const rights_after = rights_of(made_.value, *is, id);
        bool const gives = made_.added == sddl::is_allow(made_.value.type);
        if (rights_before != rights_after)
            found->second = std::nullopt;
        else if (gives && !rights_after.contains(sddl::map_generic(made_.value.mask)))
            found->second = unchanged_reason::denied;
        else
            found->second = unchanged_reason::had_it;
        return found->second;
    }

    using judgement_key =
        std::tuple<sddl::security_descriptor const*, sddl::security_descriptor const*, std::uint32_t>;
    access::directory_image const& before_;
    access::directory_image const& after_;
    std::vector<bool> const& is_protected_;
    access::object_index top_;
    scope_of_ace made_;
    std::map<std::tuple<unchanged_reason, std::string, std::string>, unchanged_objects> rows_;
    std::map<judgement_key, std::optional<unchanged_reason>> judged_;
};

bool is_child(access::image_object const& object) {
    return !object.is_root && object.parent != access::no_object;
}

// The children of every object, so that a change of many descriptors looks only at what is below each.
class subtrees {
public:
    explicit subtrees(access::directory_image const& image)
        : first_(image.objects.size() + 2)
        , children_(image.objects.size()) {
        for (auto const& object : image.objects)
            if (is_child(object))
                ++first_[object.parent + 2];
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
        for (access::object_index index = 0; index < image.objects.size(); ++index)
            if (is_child(image.objects[index]))
                children_[first_[image.objects[index].parent + 1]++] = index;
    }

    [[nodiscard]] std::span<access::object_index const> children_of(access::object_index object) const {
        return std::span(children_).subspan(first_[object], first_[object + 1] - first_[object]);
    }

    /// All that is below, ascending.
    [[nodiscard]] std::vector<access::object_index> below(access::object_index top) const {
        std::vector<access::object_index> all;
        auto const add = [&](access::object_index object) {
            auto const found = children_of(object);
            all.insert(all.end(), found.begin(), found.end());
        };
        add(top);
        for (std::size_t next = 0; next < all.size(); ++next)
            add(all[next]);
        std::sort(all.begin(), all.end());
        return all;
    }

private:
    std::vector<std::size_t> first_; // where each object's children start
    std::vector<access::object_index> children_;
};

} // namespace

std::vector<scope_of_ace> measure_scopes(access::directory_image const& before,
                                         access::directory_image const& after,
                                         std::vector<bool> const& is_protected) {
    std::vector<scope_of_ace> made;
    subtrees const tree(after);
    for (access::object_index top = 0; top < before.objects.size(); ++top) {
        auto const* const was = before.objects[top].descriptor;
        auto const* const is = after.objects[top].descriptor;
        if (was == is || was == nullptr || is == nullptr || tree.children_of(top).empty())
            continue;
        std::vector<scope_meter> meters;
        for (bool const added : {true, false}) {
            for (auto const& value : added ? only_in(*is, *was) : only_in(*was, *is)) {
                scope_of_ace scope{.added = added, .on = after.dn(top), .value = value, .unchanged = {}};
                meters.emplace_back(before, after, is_protected, top, std::move(scope));
            }
        }
        if (meters.empty())
            continue;
        for (auto const object : tree.below(top)) {
            if (object >= before.objects.size() || after.objects[object].is_deleted)
                continue; // made by the change, or gone with it
            for (auto& meter : meters)
                meter.look_at(object);
        }
        for (auto& meter : meters)
            made.push_back(std::move(meter).take());
    }
    return made;
}

} // namespace dsplan::effect
