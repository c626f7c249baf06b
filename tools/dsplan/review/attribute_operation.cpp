#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/attribute_operation.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/value_reading.hpp>

namespace dsplan::review {
namespace {

using enum attribute_operation::kind;

std::string count_of(std::size_t count) {
    return counted(count, "value", "values");
}

// Bits of the value with what becomes of each against the one before.
std::vector<std::string> bit_difference(std::string_view attribute, std::string_view before,
                                        std::string_view after) {
    auto const was = bits_of(before);
    auto const is = bits_of(after);
    if (!was || !is)
        return {};
    std::vector<std::string> parts;
    auto const rows = flags_of(attribute);
    for (auto const& text : flag_texts(rows, *is & *was))
        parts.push_back("stays " + text);
    for (auto const& text : flag_texts(rows, *is & ~*was))
        parts.push_back("set " + text);
    for (auto const& text : flag_texts(rows, *was & ~*is))
        parts.push_back("cleared " + text);
    return parts;
}

} // namespace

ldif::attribute const* operation_place::values_of(std::string_view attribute) const {
    return before ? before->find(ldif::attribute_name(attribute)) : nullptr;
}

value_set::value_set(std::string_view attribute, std::vector<std::string> const& values) {
    for (auto const& value : values)
        keys_.insert(ldif::value_key(attribute, value));
}

bool value_set::has(std::string_view attribute, std::string_view value) const {
    return !keys_.empty() && keys_.contains(ldif::value_key(attribute, value));
}

value_set replaced_values(attribute_operation const& done, operation_place const& at) {
    auto const* const was = at.values_of(done.attribute);
    return was == nullptr || done.what != replace ? value_set() : value_set(was->description, was->values);
}

std::string words_of(attribute_operation const& done) {
    switch (done.what) {
    case set:
        return {};
    case add:
        return "adds " + count_of(done.values.size());
    case remove:
        return done.values.empty() ? "removes all values" : "removes " + count_of(done.values.size());
    case replace:
        return done.values.empty() ? "removes all values" : "replaces all values";
    case increment:
        return done.values.size() == 1 ? "increments by " + done.values.front() : "increments";
    }
    return {};
}

std::vector<value_reading> lost_values(attribute_operation const& done, operation_place const& at,
                                       words::name_context const& names) {
    auto const* const was = at.values_of(done.attribute);
    bool const loses = done.what == replace || (done.what == remove && done.values.empty());
    // What a descriptor replaces shows in the reading of the new one.
    if (was == nullptr || !loses || (is_descriptor(done.attribute) && !done.values.empty()))
        return {};
    std::vector<value_reading> lost;
    value_set const now(was->description, done.values);
    for (auto const& value : was->values) {
        if (now.has(was->description, value))
            continue;
        auto& gone = lost.emplace_back(read_value(done.attribute, value, names).words);
        gone.what = words::mark::removed;
        gone.parts.clear();
    }
    return lost;
}

void mark_change(value_reading& read, attribute_operation const& done, std::string const& value,
                 value_set const& replaced, operation_place const& at) {
    auto const* const was = at.values_of(done.attribute);
    if (done.what == add || (done.what == replace && !replaced.has(done.attribute, value)))
        read.what = words::mark::added;
    else if (done.what == remove)
        read.what = words::mark::removed;
    if (done.what == replace && was != nullptr && was->values.size() == 1 &&
        !flags_of(done.attribute).empty())
        read.parts = bit_difference(done.attribute, was->values.front(), value);
}

} // namespace dsplan::review
