#include <tools/dsplan/access/property_access.hpp>
#include <tools/dsplan/access/right_changes.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/type_meaning.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace dsplan::access {
namespace {

using directory::right_kind;
using masks = std::vector<sddl::access_mask>;
using node_id = sddl::object_type_tree::node;

constexpr auto object = sddl::object_type_tree::object;

bool is_attribute(directory::class_rights const& asked, node_id node) {
    return asked.subjects[node].kind == right_kind::attribute;
}

// A set is read and written if all of its attributes are that clients read or write.
sddl::access_mask usable_of_set(directory::class_rights const& asked, masks const& rights, node_id set) {
    auto usable = rights[set];
    sddl::access_mask possible;
    for (auto node = set + 1; node < asked.tree[set].end; ++node) {
        if (!is_attribute(asked, node))
            continue;
        auto const needed = asked.subjects[node].attribute->possible_rights();
        possible = possible | needed;
        usable.bits &= ~(needed.bits & ~rights[node].bits);
    }
    return {usable.bits & ~(words::property_bits.bits & ~possible.bits) & ~sddl::right_control_access.bits};
}

// The rights that are of use; the halves of reading confidential attributes are not.
masks usable(directory::class_rights const& asked, masks rights) {
    for (node_id node = 0; node < rights.size(); ++node)
        if (is_attribute(asked, node))
            rights[node] = usable_rights(*asked.subjects[node].attribute, rights[node]);
    for (node_id node = 0; node < rights.size(); ++node) {
        bool const is_set = asked.subjects[node].kind == right_kind::property_set &&
                            asked.tree[node].concerns.contains(sddl::right_read_property);
        if (is_set)
            rights[node] = usable_of_set(asked, rights, node);
    }
    return rights;
}

masks only_in(masks const& one, masks const& other) {
    masks made(one.size());
    for (std::size_t node = 0; node < one.size(); ++node)
        made[node].bits = one[node].bits & ~other[node].bits;
    return made;
}

// What came, or what went.
class direction {
public:
    direction(directory::class_rights const& asked, bool is_gain, masks const& from, masks const& to)
        : asked_(asked)
        , is_gain_(is_gain)
        , to_(usable(asked, to))
        , kept_(usable(asked, from))
        , changed_(only_in(to_, kept_))
        , raw_(only_in(to, from)) {}

    void add(right_differences& differences) const {
        add_beside(differences);
        for (auto const bit : {sddl::right_read_property, sddl::right_write_property})
            add_properties(differences, object, bit);
        add_halves(differences);
    }

private:
    void say(right_differences& differences, std::string text) const {
        differences.emplace(is_gain_, std::move(text));
    }

    // ---- reading and writing

    void add_properties(right_differences& differences, node_id node, sddl::access_mask bit) const {
        if (is_attribute(asked_, node)) {
            if (changed_[node].contains(bit))
                say(differences, words::right_text(asked_.subjects[node], bit));
            return;
        }
        if (changed_[node].contains(bit) && stands_for_others(node)) {
            auto const [changed, same] = count_parts(node, bit);
            if (same == 0 || changed > same) {
                say(differences, words::right_text(asked_.subjects[node], bit) + exceptions(node, bit));
                return;
            }
        }
        for (auto below = node + 1; below < asked_.tree[node].end; below = asked_.tree[below].end)
            add_properties(differences, below, bit);
    }

    // A set says it for its attributes if it is one by name (a validated write's GUID may gather an attribute
    // too) and there are several.
    [[nodiscard]] bool stands_for_others(node_id node) const {
        constexpr std::uint32_t is_property_set = 0x30; // validAccesses
        auto const& subject = asked_.subjects[node];
        if (subject.kind != right_kind::property_set)
            return true;
        return subject.right != nullptr && (subject.right->valid_accesses & is_property_set) != 0 &&
               asked_.tree[node].end > node + 2;
    }

    [[nodiscard]] bool is_unchanged(node_id node, sddl::access_mask bit) const {
        return to_[node].contains(bit) && kept_[node].contains(bit);
    }

    // Attributes below that came or went, and those that were and are held.
    [[nodiscard]] std::pair<std::size_t, std::size_t> count_parts(node_id whole,
                                                                  sddl::access_mask bit) const {
        std::pair<std::size_t, std::size_t> counts;
        for (auto node = whole + 1; node < asked_.tree[whole].end; ++node) {
            if (!is_attribute(asked_, node))
                continue;
            counts.first += changed_[node].contains(bit);
            counts.second += is_unchanged(node, bit);
        }
        return counts;
    }

    [[nodiscard]] std::string exceptions(node_id whole, sddl::access_mask bit) const {
        std::vector<std::string> names;
        for (auto node = whole + 1; node < asked_.tree[whole].end;) {
            auto const [changed, same] = is_attribute(asked_, node)
                                             ? std::pair<std::size_t, std::size_t>(0, is_unchanged(node, bit))
                                             : count_parts(node, bit);
            bool const is_named =
                is_attribute(asked_, node) || (stands_for_others(node) && changed == 0 && same > 0);
            if (is_named && same > 0)
                names.push_back(words::subject_name(asked_.subjects[node]));
            node = is_named ? asked_.tree[node].end : node + 1;
        }
        return names.empty() ? std::string() : fmt::format(" but {}", fmt::join(names, ", "));
    }

    // ---- what stands beside the class, and the object itself

    void add_beside(right_differences& differences) const {
        for (node_id node = 0; node < changed_.size(); ++node) {
            for (auto const& row : words::right_words) {
                bool const is_said = changed_[node].contains(row.bit) &&
                                     !words::property_bits.contains(row.bit) && !is_attribute(asked_, node) &&
                                     stands_for_others(node) && !is_said_above(node, row.bit);
                if (is_said)
                    say(differences, words::right_text(asked_.subjects[node], row.bit) +
                                         (node == object ? parts_without(row.bit) : std::string()));
            }
        }
    }

    // Of what stands beside the class: what is not held after a gain of the whole, or still held after a
    // loss.
    [[nodiscard]] std::string parts_without(sddl::access_mask bit) const {
        std::vector<std::string> names;
        for (node_id node = object + 1; node < changed_.size(); ++node) {
            auto const kind = asked_.subjects[node].kind;
            bool const is_part = kind == right_kind::extended_right || kind == right_kind::validated_write ||
                                 kind == right_kind::child_class;
            bool const is_left_out = is_gain_ ? !to_[node].contains(bit) : kept_[node].contains(bit);
            if (is_part && asked_.tree[node].concerns.contains(bit) && is_left_out)
                names.push_back(words::subject_name(asked_.subjects[node]));
        }
        return names.empty() ? std::string() : fmt::format(" but {}", fmt::join(names, ", "));
    }

    // A node whose whole changes the same way says it for this one. Rights beside the class are said by the
    // object's.
    [[nodiscard]] bool is_said_above(node_id node, sddl::access_mask bit) const {
        if (node == object)
            return false;
        auto const parent = asked_.tree[node].parent;
        auto const above = parent == sddl::object_type_tree::none ? object : parent;
        return (changed_[above].contains(bit) && stands_for_others(above)) || is_said_above(above, bit);
    }

    // ---- halves of reading: nothing is read with one alone

    void add_halves(right_differences& differences) const {
        for (node_id node = 0; node < raw_.size(); ++node) {
            auto const* const attribute = asked_.subjects[node].attribute;
            if (attribute == nullptr || !attribute->is_confidential || is_read(node))
                continue;
            if (raw_[node].contains(sddl::right_read_property) &&
                !raw_[object].contains(sddl::right_read_property))
                say(differences, fmt::format("read property {}{}", attribute->name, words::half_of_reading));
            if (raw_[node].contains(sddl::right_control_access) &&
                !raw_[object].contains(sddl::right_control_access))
                say(differences,
                    fmt::format("control access to {}{}", attribute->name, words::half_of_reading));
        }
    }

    [[nodiscard]] bool is_read(node_id node) const {
        return (to_[node] | kept_[node]).contains(sddl::right_read_property);
    }

    directory::class_rights const& asked_;
    bool is_gain_;
    masks to_;      // usable where it has more
    masks kept_;    // usable on the other side
    masks changed_; // usable in the one and not in the other
    masks raw_;     // the same of all bits
};

} // namespace

right_differences right_changes(directory::class_rights const& asked, masks const& before,
                                masks const& after) {
    right_differences made;
    direction(asked, true, before, after).add(made);
    direction(asked, false, after, before).add(made);
    return made;
}

right_differences right_change_memory::of(directory::class_rights const& asked, masks const& before,
                                          masks const& after) {
    constexpr std::size_t at_most = 1000; // where nothing is alike, it stays small
    auto const* const classes = &asked;
    auto const found = known_.find(std::tie(classes, before, after));
    if (found != known_.end())
        return found->second;
    if (known_.size() == at_most)
        known_.clear();
    auto made = right_changes(asked, before, after);
    known_.emplace(std::tuple(classes, before, after), made);
    return made;
}

} // namespace dsplan::access
