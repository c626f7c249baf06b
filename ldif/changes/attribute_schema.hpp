#pragma once
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/class_schema.hpp>
#include <ldif/record_view.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// What a forest's own schema says about attributes, and the built-in table for those that it does not
/// describe.
///
///     attribute_schema schema;
///     schema.add(record);                          // for each record of an export of CN=Schema
///     schema.rules_of("contoso-Badge").is_single_valued
class attribute_schema {
public:
    /// The built-in table alone.
    [[nodiscard]] static attribute_schema const& built_in();

    /// Takes the record of an attributeSchema or classSchema object; true where it was one. What Active
    /// Directory itself maintains is known from the table alone: no schema object says it. MS-ADTS 3.1.1.2.3
    bool add(record_view const& record);

    /// What it says about classes.
    [[nodiscard]] class_schema const& classes() const { return classes_; }

    /// How many attributes were described by records.
    [[nodiscard]] std::size_t size() const { return attributes_.size(); }

    /// As the functions of the same name in attribute_rules.hpp, which know the table alone.
    [[nodiscard]] attribute_rules rules_of(std::string_view description) const;
    [[nodiscard]] bool is_outside_change_files(std::string_view description) const;
    [[nodiscard]] std::string value_key(std::string_view description, std::string_view value) const;
    [[nodiscard]] bool same_value(std::string_view description, std::string_view left,
                                  std::string_view right) const;

    /// "member" for "2.5.4.31"; empty where no schema has it.
    [[nodiscard]] std::string name_of_identifier(std::string_view identifier) const;

    /// "memberOf" for "member": the back link that is computed from a forward link; empty where none is
    /// known.
    [[nodiscard]] std::string back_link_of(std::string_view description) const;

private:
    struct described {
        std::string name; ///< as it is spelled
        attribute_rules rules;
        bool folds_case = false;
        std::optional<std::int64_t> link;
    };
    [[nodiscard]] described const* find(std::string_view description) const;

    class_schema classes_;
    std::map<std::string, described, std::less<>> attributes_; // by name in lower case
    std::map<std::int64_t, std::string> back_links_;           // names by linkID
    std::map<std::string, std::string, std::less<>> names_;    // by attributeID
};

} // namespace dsplan::ldif
