#pragma once
#include <sddl/access_check.hpp>
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <sddl/object_type_tree.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace dsplan::access {

/// One right, as a person asks for it in the words of `words::parse_right`.
struct right_query {
    std::string text;                       ///< in the canonical words: "write msDS-KeyCredentialLink"
    sddl::access_mask rights;               ///< one bit or several, which must all be granted
    std::optional<sddl::guid> type;         ///< attribute, right or class of children
    std::optional<sddl::guid> property_set; ///< that the attribute is in
    directory::schema_attribute const* attribute = nullptr; ///< objects without it cannot give the right

    /// The smallest tree that answers for objects of the class.
    [[nodiscard]] sddl::object_type_tree tree_for(directory::schema_class const& object_class) const;

    /// The node of that tree.
    [[nodiscard]] sddl::object_type_tree::node node() const;
};

/// False for an attribute that objects of these classes cannot hold: nobody has a right on it there.
[[nodiscard]] bool is_meaningful(right_query const& query, directory::object_classes const& classes);

/// Whether the right is granted; of several bits the first that is refused answers.
[[nodiscard]] sddl::access_decision decide(right_query const& query, directory::object_classes const& classes,
                                           sddl::security_descriptor const& descriptor,
                                           sddl::access_request const& request);

/// Reads rights on one subject. Errors: those of `words::parse_right`.
[[nodiscard]] result<right_query> parse_right(std::string_view text, directory::schema const& known);

} // namespace dsplan::access
