#include <ldif/attribute_description.hpp>
#include <ldif/distinguished_name.hpp>
#include <sddl/parse.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/effect/changed_descriptors.hpp>
#include <tools/dsplan/effect/changed_image.hpp>
#include <tools/dsplan/effect/changed_members.hpp>
#include <tools/dsplan/effect/object_places.hpp>

#include <span>
#include <unordered_map>

namespace dsplan::effect {
namespace {

using access::object_index;

std::string_view keep(access::directory_image& image, std::string text) {
    return image.text.emplace_back(std::move(text));
}

std::optional<sddl::sid> sid_of(std::string_view value) {
    // ldbsearch prints the text form; the binary form starts with the octet 1.
    auto const sid =
        value.starts_with("S-") ? sddl::parse_sid(value) : sddl::read_sid(std::as_bytes(std::span(value)));
    return sid ? std::optional(*sid) : std::nullopt;
}

// The object as the snapshot would have it.
directory::entry& add_entry(access::directory_image& image, ldif::entry const& object) {
    auto& made = image.entries.emplace_back();
    made.dn = keep(image, object.dn);
    made.key = keep(image, ldif::normalize(object.dn).value_or(std::string()));
    made.line = object.origin;
    for (auto const& it : object.attributes) {
        auto const name = directory::find_attribute(ldif::attribute_name(it.description));
        if (!name)
            continue;
        for (auto const& value : it.values)
            made.values.push_back({*name, keep(image, value)});
        if (name == directory::attribute::object_sid && !it.values.empty())
            made.sid = sid_of(it.values.front());
    }
    return made;
}

class image_changer {
public:
    image_changer(access::directory_image& image, change_context const& context,
                  change_application const& applied)
        : image_(image)
        , context_(context)
        , applied_(applied)
        , places_(image, context.exported, applied)
        , descriptors_(image, context) {}

    std::vector<std::string> change() {
        changed_members members(image_, context_, places_);
        applied_.objects().for_each(
            [&](std::string_view key, ldif::entry const& object) {
                auto const index = places_.at(key);
                change(index, object);
                members.change(index, object);
            },
            [](ldif::entry const& head) { return head.is_changed || head.origin == 0; });
        auto not_followed = std::move(descriptors_).finish();
        auto const unknown = std::move(members).finish();
        not_followed.insert(not_followed.end(), unknown.begin(), unknown.end());
        return not_followed;
    }

private:
    // Containers come before their contents.
    void change(object_index index, ldif::entry const& object) {
        auto& is = image_.objects[index];
        auto const* const before = is.exported;
        auto& entry = add_entry(image_, object);
        auto const parent = places_.find(ldif::parent_text(object.dn));
        if (parent != access::no_object)
            entry.parent = image_.objects[parent].exported;
        is.is_moved = before != nullptr && (parent != is.parent || ldif::first_rdn_text(before->key) !=
                                                                       ldif::first_rdn_text(entry.key));
        is.exported = &entry;
        is.parent = parent;
        is.is_deleted = entry.first(directory::attribute::is_deleted) == "TRUE";
        if (before == nullptr || class_key(*before) != class_key(entry))
            is.classes = classes_of(entry);
        is.scope = directory::scope_of(entry);
        if (parent != access::no_object)
            is.domain = image_.objects[parent].domain;
        if (before == nullptr || applied_.has_written_descriptor(object.origin))
            descriptors_.set(index, object);
        else
            entry.descriptor = before->descriptor;
    }

    static std::string class_key(directory::entry const& object) {
        std::string key;
        object.for_each(directory::attribute::object_class, [&key](std::string_view name) {
            key += name;
            key += '\0';
        });
        return key;
    }

    std::uint32_t classes_of(directory::entry const& object) {
        auto const [found, is_new] =
            classes_.emplace(class_key(object), static_cast<std::uint32_t>(image_.classes.size()));
        if (is_new)
            image_.classes.push_back(directory::classes_of(context_.known, object));
        return found->second;
    }

    access::directory_image& image_;
    change_context const& context_;
    change_application const& applied_;
    object_places places_;
    changed_descriptors descriptors_;
    std::unordered_map<std::string, std::uint32_t> classes_; // by the names of the classes
};

} // namespace

std::vector<std::string> change_image(access::directory_image& image, change_context const& context,
                                      change_application const& applied) {
    return image_changer(image, context, applied).change();
}

} // namespace dsplan::effect
