#include <tools/dsplan/access/right_trace.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::access {
namespace {

using node = sddl::object_type_tree::node;

// Reading a confidential attribute takes control access, too.
sddl::access_mask asked_for(words::right const& wanted) {
    auto const* const attribute = wanted.subject.attribute;
    bool const needs_control =
        attribute != nullptr && attribute->is_confidential && wanted.mask.contains(sddl::right_read_property);
    return needs_control ? wanted.mask | sddl::right_control_access : wanted.mask;
}

// The node that the right is asked about; `none` for a type that objects of the class do not have.
node find_node(words::right const& wanted, directory::class_rights const& on_class) {
    if (!wanted.type ||
        (wanted.subject.kind == directory::right_kind::object && wanted.subject.child != nullptr))
        return sddl::object_type_tree::object;
    auto found = sddl::object_type_tree::none;
    for (auto const& [type, place] : on_class.tree.find(*wanted.type)) {
        bool const fits = on_class.tree[place].concerns.contains(wanted.mask);
        if (fits &&
            (found == sddl::object_type_tree::none || on_class.subjects[place].kind == wanted.subject.kind))
            found = place;
    }
    return found;
}

std::string name_of(directory::class_rights const& on_class, node which,
                    directory::object_classes const& classes) {
    return which == sddl::object_type_tree::object ? classes.structural->name
                                                   : on_class.subjects[which].name();
}

void add_names(right_trace& made, directory::class_rights const& on_class, node asked,
               directory::object_classes const& classes) {
    for (auto which = asked; which != sddl::object_type_tree::none; which = on_class.tree[which].parent)
        made.path.push_back(name_of(on_class, which, classes));
    std::reverse(made.path.begin(), made.path.end());
    for (auto const& step : made.check.aces)
        made.step_nodes.push_back(step.on ? name_of(on_class, *step.on, classes) : std::string());
}

// Which objects a right is for is a hint that nothing enforces: its GUID alone is asked about.
void trace_alone(right_trace& made, words::right const& wanted, directory::object_classes const& classes,
                 sddl::security_descriptor const& descriptor, sddl::access_request const& request) {
    sddl::object_type_tree tree(classes.structural->id);
    auto const place = tree.add_beside(*wanted.type, wanted.mask);
    made.check = sddl::trace_access(descriptor, tree, place, asked_for(wanted), request);
    made.path.push_back(words::subject_name(wanted.subject));
    made.step_nodes.resize(made.check.aces.size());
}

} // namespace

right_trace trace_right(right_query const& query, directory::object_classes const& classes,
                        sddl::security_descriptor const& descriptor, sddl::access_request const& request) {
    auto const answer = decide(query, classes, descriptor, request);
    right_trace made{.right = query.text, .is_granted = answer.granted, .remark = answer.remark};
    auto const& wanted = query.wanted.front();
    auto const& on_class = query.classes->find(classes);
    auto const place = find_node(wanted, on_class);
    if (place == sddl::object_type_tree::none) {
        trace_alone(made, wanted, classes, descriptor, request);
        return made;
    }
    made.check = sddl::trace_access(descriptor, on_class.tree, place, asked_for(wanted), request);
    add_names(made, on_class, place, classes);
    return made;
}

} // namespace dsplan::access
