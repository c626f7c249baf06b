#include <ldif/changes/storage/stored_record.hpp>
#include <ldif/changes/storage/stored_text.hpp>

namespace dsplan::ldif {
namespace {

void append_optional(std::string& octets, std::optional<std::string> const& text) {
    append_count(octets, text ? 1 : 0);
    if (text)
        append_text(octets, *text);
}

std::optional<std::string> take_optional(std::string_view& octets) {
    if (take_count(octets) == 0)
        return std::nullopt;
    return std::string(take_text(octets));
}

constexpr std::size_t no_changetype = 255;

} // namespace

void append_stored_record(std::string& octets, record const& stored) {
    append_text(octets, stored.dn);
    append_count(octets, stored.changetype ? static_cast<std::size_t>(*stored.changetype) : no_changetype);
    append_count(octets, stored.controls.size());
    for (auto const& it : stored.controls) {
        append_text(octets, it.oid);
        append_count(octets, it.criticality ? (*it.criticality ? 2 : 1) : 0);
        append_optional(octets, it.value);
    }
    append_count(octets, stored.attributes.size());
    for (auto const& it : stored.attributes) {
        append_text(octets, it.description);
        append_text(octets, it.value);
    }
    append_count(octets, stored.modifications.size());
    for (auto const& it : stored.modifications) {
        append_count(octets, static_cast<std::size_t>(it.operation));
        append_text(octets, it.description);
        append_count(octets, it.values.size());
        for (auto const& value : it.values)
            append_text(octets, value);
    }
    append_count(octets, stored.renamed ? 1 : 0);
    if (!stored.renamed)
        return;
    append_text(octets, stored.renamed->relative_distinguished_name);
    append_count(octets, stored.renamed->delete_old ? 1 : 0);
    append_optional(octets, stored.renamed->superior);
}

record load_record(std::string_view octets) {
    record loaded;
    loaded.dn = take_text(octets);
    if (auto const type = take_count(octets); type != no_changetype)
        loaded.changetype = static_cast<change_type>(type);
    loaded.controls.resize(take_count(octets));
    for (auto& it : loaded.controls) {
        it.oid = take_text(octets);
        if (auto const criticality = take_count(octets); criticality != 0)
            it.criticality = criticality == 2;
        it.value = take_optional(octets);
    }
    loaded.attributes.resize(take_count(octets));
    for (auto& it : loaded.attributes) {
        it.description = take_text(octets);
        it.value = take_text(octets);
    }
    loaded.modifications.resize(take_count(octets));
    for (auto& it : loaded.modifications) {
        it.operation = static_cast<modification_operation>(take_count(octets));
        it.description = take_text(octets);
        it.values.resize(take_count(octets));
        for (auto& value : it.values)
            value = take_text(octets);
    }
    if (take_count(octets) == 0)
        return loaded;
    auto& renamed = loaded.renamed.emplace();
    renamed.relative_distinguished_name = take_text(octets);
    renamed.delete_old = take_count(octets) != 0;
    renamed.superior = take_optional(octets);
    return loaded;
}

} // namespace dsplan::ldif
