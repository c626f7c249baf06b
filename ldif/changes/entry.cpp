#include <ldif/attribute_description.hpp>
#include <ldif/changes/entry.hpp>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace dsplan::ldif {
namespace {

template <class Record>
entry make_entry(Record const& record) {
    entry made;
    made.dn = record.dn;
    made.origin = record.line;
    attribute* last = nullptr;
    for (auto const& it : record.attributes) {
        bool const is_range = range_of(it.description).has_value();
        if (last == nullptr || is_range || !same_description(last->description, it.description)) {
            auto const description = is_range ? without_range(it.description) : std::string(it.description);
            last = made.find(description);
            if (last == nullptr)
                last = &made.attributes.emplace_back(attribute{description, {}});
        }
        // An empty "member:" beside "member;range=0-1499" says nothing.
        if (!is_range || !it.value.empty())
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
    for (auto const& it : more.attributes) {
        auto* const attribute = target.find(it.description);
        if (attribute == nullptr) {
            target.attributes.push_back(it);
            continue;
        }
        std::unordered_set<std::string> const known(attribute->values.begin(), attribute->values.end());
        for (auto const& value : it.values)
            if (!known.contains(value))
                attribute->values.push_back(value);
    }
}

record to_record(entry const& entry) {
    record made;
    made.dn = entry.dn;
    for (auto const& it : entry.attributes)
        for (auto const& value : it.values)
            made.attributes.push_back({it.description, value});
    return made;
}

} // namespace dsplan::ldif
