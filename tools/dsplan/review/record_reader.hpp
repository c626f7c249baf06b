#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/entry.hpp>
#include <ldif/changes/former_names.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/review/attribute_findings.hpp>
#include <tools/dsplan/review/attribute_operation.hpp>
#include <tools/dsplan/review/domain_authority.hpp>
#include <tools/dsplan/review/member_notes.hpp>
#include <tools/dsplan/review/review.hpp>
#include <tools/dsplan/review/written_descriptors.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace dsplan::review {

/// Reads records one after the other. Keeps what they share: readings of equal descriptors, keys that were
/// seen.
class record_reader {
public:
    explicit record_reader(words::name_context const& names);

    /// With a base: the objects that the changes concern, as those before the next record left them. They
    /// must outlive the last read().
    void follow(ldif::directory_tree const& objects) { objects_ = &objects; }

    /// Fills in summary and attributes. `before` is the object as the changes before left it; null where
    /// there is none or no base. Findings go to `findings`.
    void read(record_reading& made, ldif::record const& change, ldif::entry const* before,
              finding_list const& findings);

private:
    /// `judged` is what is judged in the place of the operation; nothing where another one decides.
    [[nodiscard]] attribute_reading read(attribute_operation const& done,
                                         std::optional<attribute_operation> const& judged,
                                         operation_place const& at);
    [[nodiscard]] value_reading read_one(attribute_operation const& done, std::string const& value,
                                         operation_place const& at);
    void judge(attribute_operation const& done, operation_place const& at);
    [[nodiscard]] std::string former_name(std::string_view dn) const;
    void remember_name(ldif::record const& change);

    words::name_context const& names_;
    ldif::directory_tree const* objects_ = nullptr;
    std::optional<domain_authority> authority_; // with a base
    attribute_judge judge_;
    member_notes notes_;
    written_descriptors descriptors_;
    ldif::former_names former_names_; // with the names as they were spelled
};

/// The same for ACEs that a command adds to the list that is there.
void read_command(record_reading& made, plan::permission_change const& commanded,
                  words::name_context const& names, finding_list const& findings);

} // namespace dsplan::review
