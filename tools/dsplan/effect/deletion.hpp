#pragma once
#include <sddl/security_descriptor.hpp>
#include <sddl/security_token.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace dsplan::effect {

/// The list that decides, beside an object's own, who may delete it.
struct parent_list {
    sddl::security_descriptor const* list = nullptr; ///< null where the export lacks it, or the parent
    std::uint32_t classes = 0;                       ///< of the image after the change

    friend auto operator<=>(parent_list const&, parent_list const&) = default;
};

/// Those of an object before a change, before AdminSDHolder's task runs, and after it.
struct parent_lists {
    parent_list before;
    parent_list until_task;
    parent_list after;
    bool is_head = false; ///< the object heads a naming context: no parent has a say

    friend auto operator<=>(parent_lists const&, parent_lists const&) = default;

    [[nodiscard]] bool are_known() const {
        return is_head || (before.list != nullptr && after.list != nullptr);
    }
};

[[nodiscard]] parent_lists parents_of(projection const& change, access::object_index object);

/// Trustees of ACEs about deleting children that differ.
[[nodiscard]] std::vector<sddl::sid> concerned_by_deletion(sddl::security_descriptor const* before,
                                                           sddl::security_descriptor const* after);

/// Whether deleting the object itself is among the rights.
[[nodiscard]] bool speaks_of_deletion(access::access_difference const& found);

/// One side of a comparison: whose list says what the object's own says, and who asks.
struct deletion_state {
    sddl::security_descriptor const& own;
    parent_list const& parent;
    sddl::security_token const& token;
    std::optional<sddl::sid> self{};
};

/// Judges who may delete objects, by their own list or by that of the parent. [MS-ADTS] 3.1.1.5.5
class deletion_judge {
public:
    deletion_judge(directory::schema const& known, access::directory_image const& image)
        : known_(known)
        , image_(image)
        , own_(access::make_query({words::describe(sddl::right_delete, {}, known)}, known))
        , tree_(access::deletion_of_tree(known)) {}

    /// Changes what is said of the object's own list to what that comes to with the parent's.
    void complete(access::access_difference& found, std::uint32_t classes, deletion_state const& before,
                  deletion_state const& after);

private:
    [[nodiscard]] bool is_allowed_above(access::access_difference& found, std::uint32_t classes,
                                        deletion_state const& state);
    [[nodiscard]] bool is_held(access::right_query const& asked, access::access_difference& found,
                               std::uint32_t classes, deletion_state const& state) const;

    directory::schema const& known_;
    access::directory_image const& image_;
    access::right_query own_;
    access::right_query tree_;
    std::map<directory::schema_class const*, access::right_query> of_children_;
};

} // namespace dsplan::effect
