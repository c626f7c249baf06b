// The modify operation on one entry. RFC 4511 section 4.6, RFC 4525
#include <ldif/attribute_description.hpp>
#include <ldif/changes/apply_modification.hpp>
#include <ldif/decimal.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace dsplan::ldif {
namespace {

using status = tl::expected<void, apply_error>;

tl::unexpected<apply_error> refuse(modification const& change, std::string_view value, apply_fault fault,
                                   std::string expected, std::string found, std::string hint = {}) {
    apply_error error;
    error.attribute = change.description;
    error.value = value;
    error.fault = fault;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return tl::unexpected(std::move(error));
}

// Where each value of an attribute is, by what Active Directory takes for equal.
class value_index {
public:
    value_index(attribute_schema const& schema, std::string_view description,
                std::vector<std::string> const& values)
        : schema_(schema)
        , description_(description) {
        for (std::size_t i = 0; i < values.size(); ++i)
            places_.emplace(schema_.value_key(description_, values[i]), i);
    }
    [[nodiscard]] std::optional<std::size_t> find(std::string const& value) const {
        auto const found = places_.find(schema_.value_key(description_, value));
        return found == places_.end() ? std::nullopt : std::optional(found->second);
    }
    bool insert(std::string const& value) {
        return places_.emplace(schema_.value_key(description_, value), 0).second;
    }

private:
    attribute_schema const& schema_;
    std::string_view description_; // of the change, which outlives it
    std::unordered_map<std::string, std::size_t> places_;
};

status add_values(entry& target, modification const& change, attribute_schema const& schema) {
    if (change.values.empty())
        return refuse_no_values(change);
    auto* existing = target.find(change.description);
    if (existing == nullptr)
        existing = &target.attributes.emplace_back(attribute{change.description, {}});
    if (auto checked = check_single(change, existing->values.size() + change.values.size(), schema); !checked)
        return checked;
    value_index known(schema, change.description, existing->values);
    for (auto const& value : change.values) {
        if (!known.insert(value))
            return refuse_known_value(change, value);
        existing->values.push_back(value);
    }
    return {};
}

status delete_values(entry& target, modification const& change, attribute_schema const& schema) {
    auto* const existing = target.find(change.description);
    if (existing == nullptr)
        return refuse_missing_attribute(change);
    if (!change.values.empty()) {
        value_index const known(schema, change.description, existing->values);
        std::vector<bool> deleted(existing->values.size());
        for (auto const& value : change.values) {
            auto const place = known.find(value);
            if (!place || deleted[*place])
                return refuse_missing_value(change, value);
            deleted[*place] = true;
        }
        std::size_t index = 0;
        std::erase_if(existing->values, [&](std::string const&) { return deleted[index++]; });
    }
    if (change.values.empty() || existing->values.empty())
        target.attributes.erase(target.attributes.begin() + (existing - target.attributes.data()));
    return {};
}

status replace_values(entry& target, modification const& change, attribute_schema const& schema) {
    if (auto checked = check_single(change, change.values.size(), schema); !checked)
        return checked;
    value_index known(schema, change.description, {});
    for (auto const& value : change.values)
        if (!known.insert(value))
            return refuse_repeated_value(change, value);
    auto* const existing = target.find(change.description);
    if (change.values.empty()) {
        if (existing != nullptr)
            target.attributes.erase(target.attributes.begin() + (existing - target.attributes.data()));
    } else if (existing != nullptr) {
        existing->values = change.values;
    } else {
        target.attributes.push_back({change.description, change.values});
    }
    return {};
}

status increment(entry& target, modification const& change) {
    auto* const existing = target.find(change.description);
    if (existing == nullptr)
        return refuse(change, {}, apply_fault::no_such_attribute,
                      fmt::format("a value of {} to increment", change.description), "none");
    auto const step = change.values.size() == 1 ? read_decimal<std::int64_t>(change.values[0]) : std::nullopt;
    for (auto& value : existing->values) {
        auto const before = read_decimal<std::int64_t>(value);
        std::int64_t after = 0;
        if (!step || !before || __builtin_add_overflow(*before, *step, &after))
            return refuse(change, {}, apply_fault::no_number,
                          fmt::format("numbers to increment {} by one of", change.description),
                          ldif::quoted(step                    ? value
                                       : change.values.empty() ? std::string()
                                                               : change.values[0]));
        value = std::to_string(after);
    }
    return {};
}

} // namespace

tl::unexpected<apply_error> refuse_no_values(modification const& change) {
    return refuse(change, {}, apply_fault::no_such_attribute,
                  fmt::format("a value of {} to add", change.description), "none");
}

tl::unexpected<apply_error> refuse_known_value(modification const& change, std::string_view value) {
    return refuse(change, value, apply_fault::value_exists,
                  fmt::format("a new value of {}", change.description),
                  fmt::format("{}, which is there already", ldif::quoted(value)),
                  "leave the value out; -k would pass over this error, and over a refused descriptor too");
}

tl::unexpected<apply_error> refuse_repeated_value(modification const& change, std::string_view value) {
    return refuse(change, value, apply_fault::value_exists,
                  fmt::format("every value of {} once", change.description),
                  fmt::format("{} twice", ldif::quoted(value)));
}

tl::unexpected<apply_error> refuse_missing_attribute(modification const& change) {
    return refuse(change, {}, apply_fault::no_such_attribute,
                  fmt::format("the attribute {} to delete", change.description), "no value of it");
}

tl::unexpected<apply_error> refuse_missing_value(modification const& change, std::string_view value) {
    return refuse(change, value, apply_fault::no_such_attribute,
                  fmt::format("a value of {} to delete", change.description),
                  fmt::format("{}, which is not there", ldif::quoted(value)));
}

status check_single(modification const& change, std::size_t count, attribute_schema const& schema) {
    if (count < 2 || !schema.rules_of(change.description).is_single_valued)
        return {};
    return refuse(change, change.values.empty() ? std::string_view() : std::string_view(change.values.back()),
                  apply_fault::single_valued, fmt::format("one value of {}", change.description),
                  fmt::format("{}", count), "the attribute is single-valued: use replace");
}

status check_writable(std::string_view dn, modification const& change, apply_options const& options) {
    auto type = first_rdn_text(dn);
    type = type.substr(0, type.find_first_of(" =", type.find_first_not_of(' ')));
    type.remove_prefix(std::min(type.find_first_not_of(' '), type.size()));
    if (same_description(attribute_name(change.description), type))
        return refuse(change, {}, apply_fault::names_the_entry, "an attribute that is not part of the name",
                      ldif::quoted(change.description), "rename the object with changetype: modrdn");
    auto const rules = options.schema->rules_of(change.description);
    if (options.protects_system_owned && (rules.is_system_owned || rules.is_back_link))
        return refuse(change, {}, apply_fault::system_owned, "an attribute that may be written",
                      ldif::quoted(change.description),
                      rules.is_back_link ? "Active Directory computes it from the links of other objects: "
                                           "change those"
                                         : "Active Directory maintains it itself");
    return {};
}

status apply(entry& target, modification const& change, apply_options const& options) {
    if (auto checked = check_writable(target.dn, change, options); !checked)
        return checked;
    switch (change.operation) {
    case modification_operation::add:
        return add_values(target, change, *options.schema);
    case modification_operation::delete_values:
        return delete_values(target, change, *options.schema);
    case modification_operation::replace:
        return replace_values(target, change, *options.schema);
    case modification_operation::increment:
        return increment(target, change);
    }
    return {};
}

} // namespace dsplan::ldif
