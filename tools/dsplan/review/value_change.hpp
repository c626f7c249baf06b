#pragma once
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::review {

/// What a record does to the values of one attribute.
struct value_change {
    changed_object const& object;
    std::string_view attribute; ///< without options
    std::span<std::string const> values;
    bool adds = false;    ///< to those that are there
    bool removes = false; ///< the values, or all where it names none
    bool is_new_object = false;
    bool is_base_known = false;                 ///< the object as it was is in the base
    std::span<std::string const> before = {};   ///< its values in the base
    words::name_context const* names = nullptr; ///< of the base
    bool is_privileged = false; ///< the object is an administrator, a controller, or protected like them

    /// The values that come; empty where values are removed.
    [[nodiscard]] std::vector<std::string_view> coming() const;

    /// Values that the base has and that go.
    [[nodiscard]] std::vector<std::string_view> going() const;

    /// The number that is written, of a value that comes.
    [[nodiscard]] std::optional<std::int64_t> number() const;

    /// The number of the base; nothing where the base does not say.
    [[nodiscard]] std::optional<std::int64_t> number_before() const;

    [[nodiscard]] bool removes_all() const { return values.empty() && !adds; }
};

} // namespace dsplan::review
