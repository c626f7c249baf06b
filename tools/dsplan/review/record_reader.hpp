#pragma once
#include <ldif/changes/entry.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/review/attribute_findings.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/review/domain_authority.hpp>
#include <tools/dsplan/review/group_powers.hpp>
#include <tools/dsplan/review/review.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dsplan::review {

/// Reads records one after the other. Keeps what they share: readings of equal descriptors, keys that were
/// seen.
class record_reader {
public:
    explicit record_reader(words::name_context const& names);

    /// Fills in summary and attributes. `before` is the object as the changes before left it; null where
    /// there is none or no base. Findings go to `findings`.
    void read(record_reading& made, ldif::record const& change, ldif::entry const* before,
              finding_list const& findings);

    /// The same for ACEs that a command adds to the list that is there.
    void read(record_reading& made, plan::permission_change const& commanded, finding_list const& findings);

private:
    // One attribute as one operation of a record changes it.
    struct operation {
        enum class kind : std::uint8_t { set, add, remove, replace, increment } what;
        std::string_view attribute;
        std::vector<std::string> const& values;
    };
    struct situation {
        changed_object const& object;
        ldif::entry const* before;
        finding_list const& findings;
        bool is_new_object;
    };

    [[nodiscard]] attribute_reading read(operation const& done, situation const& at);
    [[nodiscard]] value_reading read_one(operation const& done, std::string const& value,
                                         situation const& at);
    void add_values(attribute_reading& made, operation const& done, situation const& at);
    void read_descriptor_into(value_reading& made, std::string_view attribute, std::string const& value,
                              situation const& at);
    void judge_descriptor(std::string_view attribute, sddl::security_descriptor const& after,
                          sddl::security_descriptor const* before, situation const& at);
    void judge_lost_descriptor(std::string_view attribute, operation const& done, situation const& at);
    void remember_name(ldif::record const& change);
    [[nodiscard]] std::optional<bool> gives_power(changed_object const& object);
    [[nodiscard]] words::name_context names_for(std::string_view attribute) const;
    void remember_grants(sddl::security_descriptor const& after, sddl::security_descriptor const* before,
                         situation const& at);
    void add_member_notes(attribute_reading& made, situation const& at);
    void name_members(attribute_reading& made) const;

    words::name_context const& names_;
    std::optional<group_powers> powers_;        // with a base
    std::optional<domain_authority> authority_; // likewise
    attribute_judge judge_;
    struct grants {
        std::vector<std::string> told; ///< in words
        std::size_t more = 0;
    };
    std::map<sddl::sid, grants> granted_; ///< by the changes so far
    std::unordered_map<std::string, std::shared_ptr<words::descriptor_reading const>>
        descriptors_; ///< by their octets' hash
};

} // namespace dsplan::review
