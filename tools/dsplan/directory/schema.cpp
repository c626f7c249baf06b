#include <ldif/changes/class_schema.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/schema_rows.hpp>
#include <tools/dsplan/ground/ascending.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace dsplan::directory {
namespace {

// Keys are looked up as they are spelled in files: any case.
struct less_ignoring_case {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const { return compare_ignoring_case(a, b) < 0; }
};

template <class Value>
using by_name = std::map<std::string_view, Value const*, less_ignoring_case>;
template <class Value>
using by_id = std::map<sddl::guid, Value const*>;

template <class Map, class Key>
typename Map::mapped_type find_in(Map const& map, Key const& key) {
    auto const found = map.find(key);
    return found == map.end() ? nullptr : found->second;
}

template <class Use>
void for_each_word(std::string_view words, Use&& use) {
    while (!words.empty()) {
        auto const end = std::min(words.find(' '), words.size());
        if (end > 0)
            use(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

failure unreadable_guid(std::string_view name, std::string_view text) {
    return {
        fmt::format("the schema gives '{}' the GUID '{}', which is none", printable(name), printable(text)),
        ""};
}

template <class Value>
void sort_by_name(std::vector<Value>& values) {
    std::sort(values.begin(), values.end(),
              [](Value const& a, Value const& b) { return less_ignoring_case{}(a.name, b.name); });
}

template <class Value>
void sort_unique_by_name(std::vector<Value const*>& values) {
    sort_and_unite(values, [](Value const* a, Value const* b) {
        return std::pair(std::string_view(a->name), a) < std::pair(std::string_view(b->name), b);
    });
}

} // namespace

struct schema::data {
    std::vector<schema_attribute> attributes;
    std::vector<schema_class> classes;
    std::vector<control_access_right> rights;
    by_name<schema_attribute> attribute_named;
    by_name<schema_class> class_named;
    by_name<control_access_right> right_named;
    by_id<schema_attribute> attribute_with;
    by_id<schema_class> class_with;

    void index() {
        for (auto const& value : attributes) {
            attribute_named.emplace(value.name, &value);
            attribute_with.emplace(value.id, &value);
        }
        for (auto const& value : classes) {
            class_named.emplace(value.name, &value);
            class_with.emplace(value.id, &value);
        }
    }
};

namespace {

constexpr std::string_view password = "unicodePwd";

// Secrets nobody reads, and but for the password only the directory writes them. [MS-ADTS] 3.1.1.3.1.5,
// 3.1.1.4.4, 5.1.3.2
void guard(schema_attribute& attribute) {
    auto const is = [&](std::string_view name) {
        return equal_ignoring_case(attribute.name, name);
    };
    attribute.is_secret = ldif::is_never_read(attribute.name);
    if (is(password))
        attribute.written_with = "\"Reset Password\" or \"Change Password\"";
    else
        attribute.is_system_only |= attribute.is_secret;
    if (is("nTSecurityDescriptor")) {
        attribute.read_with = "\"read permissions\"";
        attribute.written_with = "\"change permissions\" or \"take ownership\"";
    }
}

result<std::vector<schema_attribute>> make_attributes(std::span<attribute_row const> rows) {
    std::vector<schema_attribute> made;
    made.reserve(rows.size());
    for (attribute_row const& row : rows) {
        auto const id = sddl::parse_guid(row.id);
        auto const set = sddl::parse_guid(row.property_set);
        if (!id || (!set && !row.property_set.empty()))
            return tl::unexpected(unreadable_guid(row.name, id ? row.property_set : row.id));
        made.push_back({.name = std::string(row.name),
                        .id = *id,
                        .property_set = set ? std::optional(*set) : std::nullopt,
                        .is_constructed = (row.flags & constructed) != 0,
                        .is_system_only = (row.flags & system_only) != 0,
                        .is_back_link = (row.flags & back_link) != 0,
                        .is_confidential = (row.flags & confidential) != 0});
        guard(made.back());
    }
    sort_by_name(made);
    return made;
}

result<std::vector<schema_class>> make_classes(std::span<class_row const> rows) {
    std::vector<schema_class> made;
    made.reserve(rows.size());
    for (class_row const& row : rows) {
        auto const id = sddl::parse_guid(row.id);
        if (!id)
            return tl::unexpected(unreadable_guid(row.name, row.id));
        auto& added = made.emplace_back();
        added.name = row.name;
        added.id = *id;
        added.category = row.category >= 0 && row.category <= 3 ? static_cast<class_category>(row.category)
                                                                : class_category::structural;
        added.is_system_only = row.is_system_only;
        added.default_descriptor = row.default_descriptor;
    }
    sort_by_name(made);
    return made;
}

// Finds what a class names; the first name that the schema lacks is remembered.
class linker {
public:
    linker(by_name<schema_attribute> const& attributes, by_name<schema_class> const& classes)
        : attributes_(attributes)
        , classes_(classes) {}

    void link(schema_class& made, class_row const& row) {
        from_ = row.name;
        if (!equal_ignoring_case(row.superclass, row.name))
            add(classes_, row.superclass, [&](schema_class const* found) { made.superclass = found; });
        for_each_word(row.auxiliaries, [&](std::string_view name) {
            add(classes_, name, [&](schema_class const* found) { made.auxiliaries.push_back(found); });
        });
        for_each_word(row.attributes, [&](std::string_view name) {
            add(attributes_, name, [&](schema_attribute const* found) { made.attributes.push_back(found); });
        });
        for_each_word(row.superiors, [&](std::string_view name) {
            add(classes_, name, [&](schema_class const* found) { made.superiors.push_back(found); });
        });
    }

    [[nodiscard]] std::optional<failure> const& error() const { return error_; }

private:
    template <class Map, class Use>
    void add(Map const& known, std::string_view name, Use&& use) {
        if (auto const* const found = find_in(known, name))
            return use(found);
        if (!error_)
            error_ = failure{fmt::format("the schema lacks '{}', which its class '{}' names", printable(name),
                                         printable(from_)),
                             "  export all of CN=Schema,CN=Configuration,… with every attribute\n"};
    }

    by_name<schema_attribute> const& attributes_;
    by_name<schema_class> const& classes_;
    std::string_view from_;
    std::optional<failure> error_;
};

result<std::vector<control_access_right>> make_rights(std::span<right_row const> rows,
                                                      by_id<schema_class> const& classes) {
    std::vector<control_access_right> made;
    made.reserve(rows.size());
    for (right_row const& row : rows) {
        auto const id = sddl::parse_guid(row.id);
        if (!id)
            return tl::unexpected(unreadable_guid(row.name, row.id));
        auto& added = made.emplace_back();
        added.name = row.name;
        added.display_name = row.display_name;
        added.id = *id;
        added.valid_accesses = row.valid_accesses;
        for_each_word(row.applies_to, [&](std::string_view text) {
            auto const class_id = sddl::parse_guid(text);
            if (auto const* const found = class_id ? find_in(classes, *class_id) : nullptr)
                added.applies_to.push_back(found);
        });
    }
    sort_by_name(made);
    return made;
}

} // namespace

bool schema_class::is_a(schema_class const& other) const {
    for (schema_class const* above = this; above != nullptr; above = above->superclass) {
        if (above == &other)
            return true;
    }
    return false;
}

schema::schema(std::unique_ptr<data> made) : data_(std::move(made)) {}
schema::schema(schema&&) noexcept = default;
schema& schema::operator=(schema&&) noexcept = default;
schema::~schema() = default;

result<schema> schema::make(schema_rows const& rows) {
    auto made = std::make_unique<data>();
    auto attributes = make_attributes(rows.attributes);
    if (!attributes)
        return tl::unexpected(std::move(attributes).error());
    auto classes = make_classes(rows.classes);
    if (!classes)
        return tl::unexpected(std::move(classes).error());
    made->attributes = *std::move(attributes);
    made->classes = *std::move(classes);
    made->index();
    linker links(made->attribute_named, made->class_named);
    for (class_row const& row : rows.classes) {
        auto const place = std::lower_bound(
            made->classes.begin(), made->classes.end(), row.name,
            [](schema_class const& a, std::string_view name) { return less_ignoring_case{}(a.name, name); });
        links.link(*place, row);
    }
    if (links.error())
        return tl::unexpected(*links.error());
    auto rights = make_rights(rows.rights, made->class_with);
    if (!rights)
        return tl::unexpected(std::move(rights).error());
    made->rights = *std::move(rights);
    for (auto const& right : made->rights) {
        made->right_named.emplace(right.name, &right);
        made->right_named.emplace(right.display_name, &right);
    }
    return schema(std::move(made));
}

namespace {

std::vector<class_row> built_in_classes() {
    std::vector<class_row> rows;
    for (auto const& rest : class_rests()) {
        auto const& known = *ldif::built_in_class(rest.name); // the two tables are made of one schema
        rows.push_back({.name = rest.name,
                        .id = rest.id,
                        .category = static_cast<int>(known.category),
                        .is_system_only = rest.is_system_only,
                        .superclass = known.superclass,
                        .auxiliaries = rest.auxiliaries,
                        .attributes = rest.attributes,
                        .superiors = known.superiors,
                        .default_descriptor = rest.default_descriptor});
    }
    return rows;
}

} // namespace

schema const& schema::built_in() {
    static schema const table = [] {
        auto const attributes = attribute_rows();
        auto const rights = right_rows();
        return make({.attributes = {attributes.begin(), attributes.end()},
                     .classes = built_in_classes(),
                     .rights = {rights.begin(), rights.end()},
                     .texts = {}})
            .value();
    }();
    return table;
}

result<schema> schema::load(std::span<std::filesystem::path const> files, reading_options const& reading) {
    auto rows = read_schema_rows(files, reading);
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    if (rows->rights.empty())
        rows->rights.assign(right_rows().begin(), right_rows().end());
    return make(*rows);
}

schema_attribute const* schema::find_attribute(std::string_view name) const {
    return find_in(data_->attribute_named, name);
}

schema_attribute const* schema::find_attribute(sddl::guid const& id) const {
    return find_in(data_->attribute_with, id);
}

schema_class const* schema::find_class(std::string_view name) const {
    return find_in(data_->class_named, name);
}

schema_class const* schema::find_class(sddl::guid const& id) const {
    return find_in(data_->class_with, id);
}

control_access_right const* schema::find_right(std::string_view name) const {
    return find_in(data_->right_named, name);
}

std::span<schema_attribute const> schema::attributes() const {
    return data_->attributes;
}

std::span<schema_class const> schema::classes() const {
    return data_->classes;
}

std::span<control_access_right const> schema::rights() const {
    return data_->rights;
}

object_classes schema::resolve(std::span<std::string_view const> names) const {
    object_classes resolved;
    std::vector<schema_class const*> found;
    for (std::string_view const name : names) {
        if (auto const* const known = find_class(name))
            found.push_back(known);
        else
            resolved.unknown.emplace_back(name);
    }
    for (auto const* const candidate : found) {
        bool const can_be = candidate->category == class_category::structural ||
                            candidate->category == class_category::type_88;
        // The last of unrelated ones, as the directory lists the most specific one last.
        if (can_be && (resolved.structural == nullptr || !resolved.structural->is_a(*candidate)))
            resolved.structural = candidate;
    }
    for (auto const* const candidate : found) {
        if (resolved.structural != nullptr && !resolved.structural->is_a(*candidate))
            resolved.dynamic_auxiliaries.push_back(candidate);
    }
    return resolved;
}

namespace {

// The class, those above it and the auxiliary classes of all of them.
void add_with_sources(std::vector<schema_class const*>& sources, schema_class const* added) {
    for (; added != nullptr; added = added->superclass) {
        if (std::find(sources.begin(), sources.end(), added) != sources.end())
            return;
        sources.push_back(added);
        for (auto const* const auxiliary : added->auxiliaries)
            add_with_sources(sources, auxiliary);
    }
}

std::vector<schema_class const*> sources_of(object_classes const& classes) {
    std::vector<schema_class const*> sources;
    add_with_sources(sources, classes.structural);
    for (auto const* const auxiliary : classes.dynamic_auxiliaries)
        add_with_sources(sources, auxiliary);
    return sources;
}

} // namespace

std::vector<schema_attribute const*> attributes_of(object_classes const& classes) {
    std::vector<schema_attribute const*> attributes;
    for (auto const* const source : sources_of(classes))
        attributes.insert(attributes.end(), source->attributes.begin(), source->attributes.end());
    sort_unique_by_name(attributes);
    return attributes;
}

std::vector<schema_class const*> child_classes_of(schema const& known, schema_class const& parent) {
    std::vector<schema_class const*> children;
    for (schema_class const& candidate : known.classes()) {
        bool const can_be =
            candidate.category == class_category::structural || candidate.category == class_category::type_88;
        auto const sources = sources_of({.structural = &candidate, .dynamic_auxiliaries = {}, .unknown = {}});
        bool const fits = std::any_of(sources.begin(), sources.end(), [&](schema_class const* source) {
            return std::any_of(source->superiors.begin(), source->superiors.end(),
                               [&](schema_class const* superior) { return parent.is_a(*superior); });
        });
        if (can_be && fits && !candidate.is_system_only)
            children.push_back(&candidate);
    }
    return children;
}

bool is_derived_from(object_classes const& classes, std::string_view name) {
    auto const* structural = classes.structural;
    while (structural != nullptr && structural->name != name)
        structural = structural->superclass;
    return structural != nullptr;
}

std::vector<sddl::guid> inheriting_classes(object_classes const& classes) {
    std::vector<sddl::guid> ids;
    if (classes.structural != nullptr)
        ids.push_back(classes.structural->id);
    for (auto const* const auxiliary : classes.dynamic_auxiliaries)
        ids.push_back(auxiliary->id);
    return ids;
}

} // namespace dsplan::directory
