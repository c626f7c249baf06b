#pragma once
#include <sddl/access_check.hpp>
#include <sddl/access_mask.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::access {

/// What a person asks for, in the words of `words::parse_rights`: one right, or several that must all be held
/// ("DCSync").
struct right_query {
    std::string text;                 ///< in the canonical words: "write msDS-KeyCredentialLink"
    sddl::access_mask rights;         ///< every bit that an ACE which decides it may have
    std::vector<words::right> wanted; ///< one a subject
    std::string never;                ///< why nobody holds it, whatever a list says; empty where lists decide
    std::shared_ptr<directory::class_rights_cache> classes; ///< what objects of a class can grant
};

/// Whether the right is held, and what a yes or no rests on that no ACE says.
struct right_answer : sddl::access_decision {
    std::string remark; ///< "reading it takes control access, too"; empty where the ACE says it all
    directory::entry const* on = nullptr; ///< whose list decides, where it is another object's: the parent's
    std::optional<right_query> by{};      ///< the right that is held there, which allows what is asked for
};

/// True for deleting an object, alone or as a tree: its parent may allow that, too. [MS-ADTS] 3.1.1.5.5
[[nodiscard]] bool is_deletion(right_query const& query);

/// Deleting children of that class, as the parent of an object grants it; and deleting a tree.
[[nodiscard]] right_query deletion_of_child(directory::schema_class const& of,
                                            directory::schema const& known);
[[nodiscard]] right_query deletion_of_tree(directory::schema const& known);

/// False for what objects of these classes do not have, like an attribute: nobody has a right on it there.
[[nodiscard]] bool is_meaningful(right_query const& query, directory::object_classes const& classes);

/// Whether the right is granted; of several bits and subjects the first that is refused answers.
///
/// A property set or all properties are held if all of their attributes are. A confidential attribute is read
/// with control access only. What the directory maintains itself nobody writes. [MS-ADTS] 3.1.1.4.4, 5.1.3.3
[[nodiscard]] right_answer decide(right_query const& query, directory::object_classes const& classes,
                                  sddl::security_descriptor const& descriptor,
                                  sddl::access_request const& request);

/// The question for rights that are known already; `known` must outlive it.
[[nodiscard]] right_query make_query(std::vector<words::right> wanted, directory::schema const& known);

/// Reads a question; `known` must outlive it. Errors: those of `words::parse_rights`, and a right on an
/// attribute that other rights read or write, with what to ask for.
[[nodiscard]] result<right_query> parse_right(std::string_view text, directory::schema const& known);

} // namespace dsplan::access
