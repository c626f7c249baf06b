#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/reach_picture.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

namespace dsplan::review {
namespace {

using directory::entry;

constexpr int deepest = 3;
constexpr std::size_t most_nodes = 40;
constexpr std::size_t most_pictures = 20;

using children_map = std::unordered_map<entry const*, std::vector<entry const*>>;

// A container with what is known of the ACE there.
struct place {
    entry const* object = nullptr;
    int depth = 0;
    bool is_blocked = false;
    std::map<std::string, std::size_t> reasons{}; // why it does not arrive, with the number of objects
};

std::string name_of(entry const& object) {
    return std::string(ldif::first_rdn_text(object.dn));
}

class drawer {
public:
    drawer(effect::scope_of_ace const& scope, words::name_context const& names, children_map const& children)
        : scope_(scope)
        , names_(names)
        , children_(children) {}

    [[nodiscard]] reach_picture draw() {
        auto const words = words::read_ace(scope_.value, names_);
        reach_picture made;
        made.ace = fmt::format("{} {}: {}", words.effect, words.who, words.may);
        made.raw = words.raw;
        auto const* const root = names_.find(scope_.on);
        if (root == nullptr)
            return made;
        find_containers(*root);
        note_reasons();
        for (auto const* const object : order_) {
            if (made.nodes.size() == most_nodes) {
                made.left_out = order_.size() - most_nodes;
                break;
            }
            made.nodes.push_back(node_of(places_.at(object), object == root));
        }
        return made;
    }

private:
    // Containers down to some depth, parents first, by name.
    void find_containers(entry const& root) {
        auto const walk = [&](auto const& self, entry const& at, int depth) -> void {
            places_[&at] = {.object = &at, .depth = depth};
            order_.push_back(&at);
            auto const found = children_.find(&at);
            if (depth == deepest || found == children_.end())
                return;
            for (auto const* const child : found->second)
                if (children_.contains(child) || child->is_a("organizationalUnit"))
                    self(self, *child, depth + 1);
        };
        walk(walk, root, 0);
    }

    // The drawn container that holds the object, or is it.
    [[nodiscard]] place* place_of(entry const* object) {
        for (; object != nullptr; object = object->parent)
            if (auto const found = places_.find(object); found != places_.end())
                return &found->second;
        return nullptr;
    }

    void note_reasons() {
        for (auto const& row : scope_.unchanged) {
            if (row.why == effect::unchanged_reason::class_mismatch)
                continue;
            auto const* const blocker = row.because.empty() ? nullptr : names_.find(row.because);
            if (row.why == effect::unchanged_reason::blocked_inheritance)
                if (auto const found = places_.find(blocker); found != places_.end())
                    found->second.is_blocked = true;
            for (auto const& dn : row.dns)
                if (auto* const at = place_of(names_.find(dn)))
                    ++at->reasons[fmt::format("{} objects: {}", row.object_class,
                                              effect::reason_text(row.why))];
        }
        for (auto const* const object : order_)
            if (auto const* const parent = object->parent; parent != nullptr && places_.contains(parent))
                places_[object].is_blocked |= places_[parent].is_blocked;
    }

    [[nodiscard]] picture_node node_of(place const& at, bool is_root) const {
        picture_node made{.dn = std::string(at.object->dn),
                          .name = name_of(*at.object),
                          .depth = at.depth,
                          .arrives = !at.is_blocked,
                          .note = {}};
        if (is_root)
            made.note = fmt::format("the ACE is here; it makes a difference on {} objects",
                                    with_thousands(scope_.changed));
        else if (at.is_blocked)
            made.note = "blocked: does not inherit";
        for (auto const& [reason, count] : at.reasons)
            made.note += fmt::format("{}{} {}", made.note.empty() ? "" : "; ", with_thousands(count), reason);
        return made;
    }

    effect::scope_of_ace const& scope_;
    words::name_context const& names_;
    children_map const& children_;
    std::map<entry const*, place> places_;
    std::vector<entry const*> order_;
};

} // namespace

void draw_reach(review& made, effect::effect const& predicted, words::name_context const& names) {
    children_map children;
    for (auto const& object : names.exported->entries())
        if (object.parent != nullptr)
            children[object.parent].push_back(&object);
    for (auto const& scope : predicted.scopes) {
        if (!scope.added)
            continue;
        if (made.pictures.size() == most_pictures) {
            ++made.pictures_left_out;
            continue;
        }
        if (auto drawn = drawer(scope, names, children).draw(); drawn.nodes.size() > 1)
            made.pictures.push_back(std::move(drawn));
    }
}

} // namespace dsplan::review
