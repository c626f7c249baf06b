#include <ldif/attribute_description.hpp>
#include <ldif/changes/entry.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace dsplan::ldif {
namespace {

// The attributes of an entry by their names: in a list where they are few, as almost always.
class attribute_index {
public:
    explicit attribute_index(entry& of) : entry_(of) {}

    attribute& operator[](std::string_view description) {
        constexpr std::size_t few = 64;
        auto& all = entry_.attributes;
        if (all.size() < few) {
            auto* const found = entry_.find(description);
            return found != nullptr ? *found : all.emplace_back(attribute{std::string(description), {}});
        }
        for (; indexed_ < all.size(); ++indexed_)
            places_.emplace(lower_case(all[indexed_].description), indexed_);
        auto const found = places_.find(lower_case(description));
        return found != places_.end() ? all[found->second]
                                      : all.emplace_back(attribute{std::string(description), {}});
    }

private:
    entry& entry_;
    std::unordered_map<std::string, std::size_t> places_;
    std::size_t indexed_ = 0;
};

template <class Record>
entry make_entry(Record const& record) {
    entry made;
    made.dn = record.dn;
    made.origin = record.line;
    made.attributes.reserve(record.attributes.size());
    attribute_index index(made);
    attribute* last = nullptr; // stays valid: nothing moves before all have come
    for (auto const& it : record.attributes) {
        auto const range = range_of(it.description);
        if (last == nullptr || range || !same_description(last->description, it.description))
            last = &index[range ? without_range(it.description) : std::string(it.description)];
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
    for (auto const& it : more.attributes) {
        auto* const attribute = target.find(it.description);
        if (attribute == nullptr) {
            target.attributes.push_back(it);
            continue;
        }
        attribute->is_open = attribute->is_open && it.is_open;
        std::unordered_set<std::string> const known(attribute->values.begin(), attribute->values.end());
        for (auto const& value : it.values)
            if (!known.contains(value))
                attribute->values.push_back(value);
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
