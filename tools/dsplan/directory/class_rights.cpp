#include <tools/dsplan/directory/class_rights.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace dsplan::directory {
namespace {

constexpr std::uint32_t extended = 0x100; // validAccesses, [MS-ADTS] 5.1.3.2.1
constexpr std::uint32_t validated = 0x8;
constexpr std::uint32_t property_set = 0x30;

bool applies_to(control_access_right const& right, object_classes const& classes) {
    return std::any_of(right.applies_to.begin(), right.applies_to.end(), [&](schema_class const* target) {
        return classes.structural->is_a(*target) ||
               std::find(classes.dynamic_auxiliaries.begin(), classes.dynamic_auxiliaries.end(), target) !=
                   classes.dynamic_auxiliaries.end();
    });
}

class builder {
public:
    builder(schema const& known, object_classes const& classes)
        : known_(known)
        , classes_(classes)
        , made_{.tree = sddl::object_type_tree(classes.structural->id), .subjects = {{}}} {}

    class_rights build() && {
        add_attributes();
        for (control_access_right const& right : known_.rights()) {
            if (applies_to(right, classes_))
                add_control_access(right);
        }
        for (auto const* const child : child_classes_of(known_, *classes_.structural))
            add_beside(child->id, sddl::right_create_child | sddl::right_delete_child,
                       {.kind = right_kind::child_class, .child = child});
        return std::move(made_);
    }

private:
    // Attributes of one set stand together, since a set is one node of the tree.
    void add_attributes() {
        std::map<sddl::guid, std::vector<schema_attribute const*>> sets;
        for (auto const* const attribute : attributes_of(classes_)) {
            if (attribute->property_set)
                sets[*attribute->property_set].push_back(attribute);
            else
                add(*attribute, sddl::object_type_tree::object);
        }
        for (auto const& [id, attributes] : sets) {
            auto const set = made_.tree.add(id, sddl::property_rights);
            made_.subjects.push_back({.kind = right_kind::property_set, .right = find_right(id)});
            for (auto const* const attribute : attributes)
                add(*attribute, set);
        }
    }

    void add(schema_attribute const& attribute, sddl::object_type_tree::node parent) {
        made_.tree.add(attribute.id, sddl::property_rights, parent);
        made_.subjects.push_back({.kind = right_kind::attribute, .attribute = &attribute});
    }

    void add_control_access(control_access_right const& right) {
        if ((right.valid_accesses & extended) != 0)
            add_beside(right.id, sddl::right_control_access,
                       {.kind = right_kind::extended_right, .right = &right});
        if ((right.valid_accesses & validated) != 0)
            add_validated_write(right);
    }

    // The set of the attribute that is written stands for the validated write, too.
    void add_validated_write(control_access_right const& right) {
        auto const* const attribute = known_.find_attribute(right.id);
        auto const set = attribute != nullptr ? attribute->property_set : std::nullopt;
        right_subject const subject{.kind = right_kind::validated_write, .right = &right};
        if (!set || *set == right.id)
            return add_beside(right.id, sddl::right_self_write, subject);
        auto const above = made_.tree.add_beside(*set, sddl::right_self_write);
        made_.subjects.push_back({.kind = right_kind::property_set, .right = find_right(*set)});
        made_.tree.add(right.id, sddl::right_self_write, above);
        made_.subjects.push_back(subject);
    }

    void add_beside(sddl::guid const& type, sddl::access_mask concerns, right_subject subject) {
        made_.tree.add_beside(type, concerns);
        made_.subjects.push_back(subject);
    }

    // Of a GUID that is a validated write as well, the property set.
    [[nodiscard]] control_access_right const* find_right(sddl::guid const& id) const {
        control_access_right const* found = nullptr;
        for (control_access_right const& right : known_.rights()) {
            if (right.id == id && (found == nullptr || (right.valid_accesses & property_set) != 0))
                found = &right;
        }
        return found;
    }

    schema const& known_;
    object_classes const& classes_;
    class_rights made_;
};

} // namespace

std::string right_subject::name() const {
    if (attribute != nullptr)
        return attribute->name;
    if (right != nullptr)
        return right->name;
    return child != nullptr ? child->name : std::string();
}

class_rights make_class_rights(schema const& known, object_classes const& classes) {
    return builder(known, classes).build();
}

class_rights const& class_rights_cache::find(object_classes const& classes) {
    auto key = classes.dynamic_auxiliaries;
    key.push_back(classes.structural);
    auto const found = made_.find(key);
    if (found != made_.end())
        return found->second;
    return made_.emplace(std::move(key), make_class_rights(schema_, classes)).first->second;
}

} // namespace dsplan::directory
