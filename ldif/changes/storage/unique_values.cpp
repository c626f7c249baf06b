#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/changes/storage/unique_values.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

struct kind {
    std::string_view name;
    char letter; ///< attributes of one letter share their values
};
constexpr std::array<kind, 8> kinds{{
    {"attributeid", 'o'},
    {"governsid", 'o'},
    {"ldapdisplayname", 'l'},
    {"objectguid", 'G'},
    {"objectsid", 'S'},
    {"samaccountname", 'a'},
    {"serviceprincipalname", 's'},
    {"userprincipalname", 'u'},
}};

kind const* kind_of(std::string_view description) {
    auto const* const found = std::find_if(kinds.begin(), kinds.end(), [description](auto const& it) {
        return equals_keyword(attribute_name(description), it.name);
    });
    return found == kinds.end() ? nullptr : found;
}

std::string row_of(std::string const& key, std::uint64_t id) {
    auto row = key + '\0';
    append_sorted(row, id);
    return row;
}

} // namespace

bool unique_values::knows(std::string_view description) {
    return kind_of(description) != nullptr;
}

std::string unique_values::key_of(std::string_view description, std::string_view value) {
    auto const* const found = kind_of(description);
    if (found == nullptr)
        return {};
    auto const text = found->letter == 'G'   ? object_mark(value)
                      : found->letter == 'S' ? sid_mark(value)
                                             : folded_value(value);
    return found->letter + text;
}

void unique_values::add(object_id id, attribute const& held) {
    if (knows(held.description))
        for (auto const& value : held.values)
            rows_.put(row_of(key_of(held.description, value), id), {});
}

void unique_values::remove(object_id id, attribute const& held) {
    if (knows(held.description))
        for (auto const& value : held.values)
            rows_.erase(row_of(key_of(held.description, value), id));
}

void unique_values::add(object_id id, entry const& contents) {
    for (auto const& it : contents.attributes)
        add(id, it);
}

void unique_values::remove(object_id id, entry const& contents) {
    for (auto const& it : contents.attributes)
        remove(id, it);
}

std::optional<unique_values::object_id> unique_values::holder(std::string_view description,
                                                              std::string_view value) {
    return other_holder(description, value, 0, [](object_id) { return true; });
}

std::optional<unique_values::object_id>
unique_values::other_holder(std::string_view description, std::string_view value, object_id self,
                            std::function<bool(object_id)> const& counts) {
    auto const prefix = key_of(description, value) + '\0';
    std::string row = prefix;
    std::string none;
    while (rows_.behind(row, row, none) && row.starts_with(prefix)) {
        if (row.size() != prefix.size() + sizeof(object_id))
            continue;
        auto rest = std::string_view(row).substr(prefix.size());
        auto const id = take_sorted<object_id>(rest);
        if (id != self && counts(id))
            return id;
    }
    return std::nullopt;
}

} // namespace dsplan::ldif
