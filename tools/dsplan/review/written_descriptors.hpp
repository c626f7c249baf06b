#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/review/attribute_operation.hpp>
#include <tools/dsplan/review/domain_authority.hpp>
#include <tools/dsplan/review/member_notes.hpp>
#include <tools/dsplan/review/review.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dsplan::review {

/// Reads and judges the descriptors that records write. Equal ones share a reading.
class written_descriptors {
public:
    /// `authority` is nothing without a base. What the lists grant goes to `notes`.
    written_descriptors(words::name_context const& names, std::optional<domain_authority>& authority,
                        member_notes& notes)
        : names_(names)
        , authority_(authority)
        , notes_(notes) {}

    [[nodiscard]] value_reading read(std::string_view attribute, std::string const& value,
                                     operation_place const& at);

private:
    void judge(std::string_view attribute, sddl::security_descriptor const& after,
               sddl::security_descriptor const* before, operation_place const& at);
    [[nodiscard]] std::optional<bool> gives_power(changed_object const& object);
    [[nodiscard]] words::name_context names_for(std::string_view attribute) const;

    words::name_context const& names_;
    std::optional<domain_authority>& authority_;
    member_notes& notes_;
    std::unordered_map<std::string, std::shared_ptr<words::descriptor_reading const>>
        readings_; // by their octets' hash
};

} // namespace dsplan::review
