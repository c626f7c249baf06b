#pragma once
#include <ldif/record_view.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// objectClassCategory, in its order. MS-ADTS 3.1.1.2.4.1
enum class class_category : std::uint8_t { type_88, structural, abstract, auxiliary };

/// What a schema says of a class. MS-ADTS 3.1.1.2.4
struct class_rules {
    std::string name;             ///< as it is spelled
    std::string naming_attribute; ///< "ou" for organizationalUnit; empty for a class that names no object
    class_category category = class_category::type_88;
    std::string superclass;
    std::string superiors; ///< what may hold its objects, with a blank between; those of the superclass are
                           ///< not among them
};

/// The class of the built-in table, in any case; null where it has none.
[[nodiscard]] class_rules const* built_in_class(std::string_view name);

/// What a forest's own schema says about classes, and the built-in table for those that it does not describe.
class class_schema {
public:
    /// Takes the record of a classSchema object; true where it was one.
    bool add(record_view const& record);

    /// How many classes were described by records.
    [[nodiscard]] std::size_t size() const { return classes_.size(); }

    /// In any case; null for a class that no schema has.
    [[nodiscard]] class_rules const* find(std::string_view name) const;

    /// Whether the class is the other one or derived from it. False where it is not known.
    [[nodiscard]] bool is_a(std::string_view class_name, std::string_view ancestor) const;

    /// The class of an object that has these: the most derived one that is no auxiliary class. Empty where
    /// they have none or several; nothing where one of them is not known. MS-ADTS 3.1.1.1.4
    [[nodiscard]] std::optional<std::string> object_class_of(std::span<std::string const> classes) const;

    /// Whether an object of that class may lie directly below one of these. Nothing where a class is not
    /// known. MS-ADTS 3.1.1.5.2.2
    [[nodiscard]] std::optional<bool> may_lie_below(std::span<std::string const> container,
                                                    std::string_view class_name) const;

private:
    [[nodiscard]] std::vector<class_rules const*> line_of(std::string_view class_name) const;

    std::map<std::string, class_rules, std::less<>> classes_; // by name in lower case
};

} // namespace dsplan::ldif
