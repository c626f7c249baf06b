#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_index.hpp>
#include <ldif/changes/entry.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace dsplan::ldif {
namespace {

// The attribute of that description, made where the entry does not have it.
attribute& get_or_add(entry& of, attribute_index const& index, std::string_view description) {
    auto const place = index.place(description);
    return place ? of.attributes[*place]
                 : of.attributes.emplace_back(attribute{std::string(description), {}});
}

template <class Record>
entry make_entry(Record const& record) {
    entry made;
    made.dn = record.dn;
    made.origin = record.line;
    made.attributes.reserve(record.attributes.size());
    attribute_index const index(made);
    attribute* last = nullptr; // stays valid: nothing moves before all have come
    for (auto const& it : record.attributes) {
        auto const range = range_of(it.description);
        if (last == nullptr || range || !same_description(last->description, it.description))
            last =
                &get_or_add(made, index, range ? without_range(it.description) : std::string(it.description));
        if (range)
            last->is_open = (last->is_open || last->values.empty()) && range->last.has_value();
        // An empty "member:" beside "member;range=0-1499" says nothing.
        if (!range || !it.value.empty())
            last->values.emplace_back(it.value);
    }
    return made;
}

} // namespace

attribute const* entry::find(std::string_view description) const {
    auto const found = std::find_if(attributes.begin(), attributes.end(), [description](attribute const& it) {
        return same_description(it.description, description);
    });
    return found == attributes.end() ? nullptr : &*found;
}

attribute* entry::find(std::string_view description) {
    return const_cast<attribute*>(std::as_const(*this).find(description));
}

entry to_entry(record_view const& record) {
    return make_entry(record);
}

entry to_entry(record const& record) {
    return make_entry(record);
}

void merge(entry& target, entry const& more) {
    attribute_index const index(target);
    for (auto const& it : more.attributes) {
        auto const place = index.place(it.description);
        if (!place) {
            target.attributes.push_back(it);
            continue;
        }
        auto& attribute = target.attributes[*place];
        attribute.is_open = attribute.is_open && it.is_open;
        std::unordered_set<std::string> const known(attribute.values.begin(), attribute.values.end());
        for (auto const& value : it.values)
            if (!known.contains(value))
                attribute.values.push_back(value);
    }
}

record to_record(entry const& entry) {
    record made;
    made.dn = entry.dn;
    for (auto const& it : entry.attributes) {
        auto const description = written_description(it);
        for (auto const& value : it.values)
            made.attributes.push_back({description, value});
    }
    return made;
}

std::string written_description(attribute const& of) {
    if (!of.is_open || of.values.empty())
        return of.description;
    return fmt::format("{};range=0-{}", of.description, of.values.size() - 1);
}

} // namespace dsplan::ldif
