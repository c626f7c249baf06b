#include <tools/dsplan/access/right_holders.hpp>
#include <tools/dsplan/access/who_can.hpp>

#include <set>
#include <utility>

namespace dsplan::access {
namespace {

// Who may delete objects by rights on others, or by another right on them.
class deletion_search {
public:
    deletion_search(directory_image const& image, right_query const& query, who_can_answer& answer)
        : image_(image)
        , query_(query)
        , answer_(answer) {}

    void run(std::function<bool(object_index)> const& is_asked) {
        std::set<object_index> above;
        std::map<std::uint32_t, std::set<object_index>> parents; // by the class of the child
        for (object_index object = 0; object < image_.objects.size(); ++object) {
            auto const& asked = image_.objects[object];
            if (asked.is_deleted || !is_asked(object))
                continue;
            if (asked.parent != no_object)
                parents[asked.classes].insert(asked.parent);
            for (auto step = asked.parent; step != no_object && above.insert(step).second;)
                step = image_.objects[step].parent;
        }
        auto const& known = query_.classes->known();
        auto const tree = deletion_of_tree(known);
        if (query_.rights == sddl::right_delete) {
            for (auto const& [classes, objects] : parents) {
                if (auto const* const of = image_.classes[classes].structural; of != nullptr) {
                    auto const child = deletion_of_child(*of, known);
                    add(child, child.text + " on the parent", objects);
                }
            }
            add(tree, "delete tree on the object", is_asked);
        }
        add(tree, "delete tree on an object above", above);
    }

private:
    void add(right_query const& asked, std::string const& by, std::set<object_index> const& objects) {
        add(asked, by, [&objects](object_index object) { return objects.contains(object); });
    }

    void add(right_query const& asked, std::string const& by,
             std::function<bool(object_index)> const& is_asked) {
        auto found = find_right_holders(image_, asked, is_asked);
        answer_.unknown += found.unknown;
        answer_.conditional += found.conditional;
        answer_.has_unseen_trustee |= found.has_unseen_trustee;
        answer_.unknown_members.add(found.unknown_members);
        answer_.outsiders.merge(found.outsiders);
        take(std::move(found.holders), by, answer_.holders);
        take(std::move(found.unless_denied), by, answer_.unless_denied);
    }

    static void take(std::vector<holder> from, std::string const& by, std::vector<holder>& to) {
        for (auto& each : from) {
            each.by = by;
            to.push_back(std::move(each));
        }
    }

    directory_image const& image_;
    right_query const& query_;
    who_can_answer& answer_;
};

} // namespace

who_can_answer who_can(directory_image const& image, right_query const& query,
                       std::function<bool(object_index)> const& is_asked) {
    auto answer = find_right_holders(image, query, is_asked);
    if (is_deletion(query))
        deletion_search(image, query, answer).run(is_asked);
    return answer;
}

} // namespace dsplan::access
