#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage/object_store.hpp>
#include <ldif/record.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// The rules of Active Directory beside what an operation itself needs: what it certainly refuses, in one
/// table. MS-ADTS 3.1.1.5.2 to 3.1.1.5.5, MS-SAMR 3.1.1.8
///
/// A rule looks at the change, and at the directory where there is one; it says nothing about what it does
/// not know.

/// What rules found.
struct rule_report {
    std::vector<apply_error> refusals; ///< certain
    std::vector<apply_error> doubts;   ///< not known, or not certain
};

/// What rules look at.
struct rule_subject {
    record const& change;
    std::vector<modification> const& written; ///< all that the change writes; an addition adds
    attribute_schema const& schema;
    object_store* store = nullptr; ///< null without a directory
    entry const* target =
        nullptr; ///< the object without its links; null for a new one and where it is not known
    object_store::object_id id = 0; ///< of the target
    bool knows_containers = false;  ///< the directory holds all objects of the containers it holds
    bool is_active_directory = true;
    descriptor_test const& fault_of_descriptor; ///< may be empty
    rule_report& report;

    [[nodiscard]] bool is_addition() const;
    [[nodiscard]] bool is_rename() const { return change.renamed.has_value(); }

    /// The classes of the object, in the order of the file; none where they are not known.
    [[nodiscard]] std::vector<std::string> classes() const;

    void refuse(apply_fault fault, std::string expected, std::string found, std::string hint = {}) const;
    /// For a value of an attribute, or for all of it where the value is empty.
    void refuse_value(std::string_view attribute, std::string_view value, apply_fault fault,
                      std::string expected, std::string found, std::string hint = {}) const;
    void doubt(apply_fault fault, std::string expected, std::string found, std::string hint = {}) const;
};

/// All that a change writes, attribute by attribute; an addition as modifications that add.
[[nodiscard]] std::vector<modification> written_values(record const& change);

/// What is known of a change without any directory: each rule that it breaks.
[[nodiscard]] rule_report check_alone(record const& change, attribute_schema const& schema,
                                      descriptor_test const& fault_of_descriptor = {});

/// What is known of it with one.
void check_in_directory(rule_subject const& subject);

/// Attributes that no server ever gives and no export holds: unicodePwd and its kin.
[[nodiscard]] bool is_never_read(std::string_view description);

/// True where a user changes the own password: the old value deleted and the new one added.
[[nodiscard]] bool is_password_change(std::vector<modification> const& written);

/// True for `delete: isDeleted` with a new distinguishedName. MS-ADTS 3.1.1.5.3.7
[[nodiscard]] bool is_undelete(record const& change);
[[nodiscard]] bool is_part_of_undelete(modification const& it);

/// The first value that is written to an attribute; null where there is none.
[[nodiscard]] std::string const* written_value(std::vector<modification> const& written,
                                               std::string_view description);

// The table's rows, a file a subject.
void check_new_attributes(rule_subject const& subject);
void check_written_attributes(rule_subject const& subject);
void check_object_class(rule_subject const& subject);
void check_classes(rule_subject const& subject);
void check_superior(rule_subject const& subject);
void check_name(rule_subject const& subject);
void check_siblings(rule_subject const& subject);
void check_system_flags(rule_subject const& subject);
void check_attribute_names(rule_subject const& subject);
void check_values(rule_subject const& subject);
void check_passwords(rule_subject const& subject);
void check_accounts(rule_subject const& subject);
void check_taken_values(rule_subject const& subject);
void check_primary_members(rule_subject const& subject);
void check_targets(rule_subject const& subject);
void check_schema_objects(rule_subject const& subject);

} // namespace dsplan::ldif
