#include <sddl/inherit.hpp>
#include <tools/dsplan/effect/propagation.hpp>

#include <optional>
#include <unordered_map>

namespace dsplan::effect {
namespace {

using descriptor = sddl::security_descriptor;

struct computation {
    descriptor const* parent;
    descriptor const* own;
    std::uint32_t classes;
    bool is_written;

    friend bool operator==(computation const&, computation const&) = default;
};

struct computation_hash {
    std::size_t operator()(computation const& key) const {
        auto const mix = [](std::size_t seed, std::size_t value) {
            return seed ^ (value + 0x9E3779B97F4A7C15U + (seed << 6) + (seed >> 2));
        };
        auto seed = std::hash<void const*>{}(key.parent);
        seed = mix(seed, std::hash<void const*>{}(key.own));
        return mix(seed, (std::size_t{key.classes} << 1) | (key.is_written ? 1 : 0));
    }
};

// Equal but for how the octets lie and which "auto" bits they carry: nobody's rights depend on those.
bool says_the_same(descriptor const& a, descriptor const& b) {
    constexpr std::uint16_t deciding = sddl::control_bit::dacl_protected | sddl::control_bit::sacl_protected;
    auto const aces = [](std::optional<sddl::acl> const& list) {
        return list ? std::optional(list->aces) : std::nullopt;
    };
    return ((a.control ^ b.control) & deciding) == 0 && a.owner == b.owner && a.group == b.group &&
           aces(a.dacl) == aces(b.dacl) && aces(a.sacl) == aces(b.sacl);
}

// Whether an object has AdminSDHolder's descriptor. Owner and group count where the export holds them of
// both; audit ACEs are often left out of an export.
bool is_stamped(descriptor const& own, descriptor const& held) {
    auto const differs = [](std::optional<sddl::sid> const& a, std::optional<sddl::sid> const& b) {
        return a && b && *a != *b;
    };
    return own.dacl == held.dacl && !differs(own.owner, held.owner) && !differs(own.group, held.group);
}

class propagator {
public:
    explicit propagator(access::directory_image& after) : after_(after) {}

    descriptor const* compute(access::image_object const& object, descriptor const* parent) {
        computation const key{parent, object.descriptor, object.classes, object.is_written};
        auto const [found, is_new] = computed_.emplace(key, nullptr);
        if (is_new)
            found->second = compute(key);
        return found->second;
    }

private:
    descriptor const* compute(computation const& key) {
        sddl::inheriting_object const object{.classes = inheriting_classes(after_.classes[key.classes]),
                                             .owner = key.own->owner,
                                             .group = key.own->group};
        auto made = key.is_written ? sddl::store(key.parent, *key.own, object)
                                   : sddl::propagate(key.parent, *key.own, object);
        return made == *key.own ? key.own : &after_.made.emplace_back(std::move(made));
    }

    access::directory_image& after_;
    std::unordered_map<computation, descriptor const*, computation_hash> computed_;
};

bool is_changed(access::directory_image const& after, access::directory_image const& before,
                access::object_index object) {
    return object >= before.objects.size() ||
           after.objects[object].descriptor != before.objects[object].descriptor ||
           after.objects[object].is_written || after.objects[object].is_moved;
}

} // namespace

// AdminSDHolder's own list is protected from inheritance, so it may be read before its turn.
bool would_stamp(access::directory_image const& image, protection_task const& task) {
    for (access::object_index object = 0; object < task.is_protected.size(); ++object) {
        auto const* const own = image.objects[object].descriptor;
        if (!task.is_protected[object] || own == nullptr)
            continue;
        auto const holder = task.holder_of(object);
        auto const* const held = holder == access::no_object ? nullptr : image.objects[holder].descriptor;
        if (held == nullptr ? !own->has(sddl::control_bit::dacl_protected) : !is_stamped(*own, *held))
            return true;
    }
    return false;
}

stamping stamp(access::directory_image& image, protection_task const& task) {
    stamping done;
    for (access::object_index object = 0; object < task.is_protected.size(); ++object) {
        auto const*& own = image.objects[object].descriptor;
        if (!task.is_protected[object] || own == nullptr)
            continue;
        auto const holder = task.holder_of(object);
        auto const* const held = holder == access::no_object ? nullptr : image.objects[holder].descriptor;
        if (held == nullptr && !own->has(sddl::control_bit::dacl_protected)) {
            own = nullptr;
            ++done.unsettled;
        } else if (held != nullptr && !is_stamped(*own, *held)) {
            own = held;
            ++done.stamped;
        }
    }
    return done;
}

void propagate(access::directory_image& after, access::directory_image const& before,
               protection_task const& task) {
    propagator made(after);
    stamp(after, task);
    std::vector<bool> changed(after.objects.size());
    for (auto const index : access::tree_order(after)) {
        auto& object = after.objects[index];
        bool const parent_changed = object.parent != access::no_object && changed[object.parent];
        bool const own_changed = is_changed(after, before, index);
        if (object.is_deleted || object.descriptor == nullptr || (!parent_changed && !own_changed))
            continue;
        auto const* const parent = object.is_root || object.parent == access::no_object
                                       ? nullptr
                                       : after.objects[object.parent].descriptor;
        auto const* const old = index < before.objects.size() ? before.objects[index].descriptor : nullptr;
        bool const can_compute = object.is_root || parent != nullptr;
        if (can_compute)
            object.descriptor = made.compute(object, parent);
        if (object.is_written && old != nullptr && says_the_same(*old, *object.descriptor))
            object.descriptor = old;
        // What is written or moved is propagated even if it comes out as it was. [MS-ADTS] 3.1.1.6.3
        changed[index] = object.descriptor != old || object.is_written || object.is_moved;
    }
}

std::size_t settle(access::directory_image& before, access::directory_image& after) {
    propagator made(before);
    std::size_t lacking = 0;
    for (auto const index : access::tree_order(before)) {
        auto& object = before.objects[index];
        auto const* const then = after.objects[index].descriptor;
        bool const has_parent = object.parent != access::no_object && !object.is_root;
        auto const* const parent = has_parent ? before.objects[object.parent].descriptor : nullptr;
        if (object.is_deleted || object.descriptor == nullptr || object.descriptor == then ||
            parent == nullptr)
            continue;
        auto const* const settled = made.compute(object, parent);
        if (settled == object.descriptor || says_the_same(*settled, *object.descriptor))
            continue;
        ++lacking;
        object.descriptor = then != nullptr && says_the_same(*settled, *then) ? then : settled;
    }
    return lacking;
}

} // namespace dsplan::effect
