#pragma once
#include <tools/dsplan/diff/descriptor_diff.hpp>

namespace dsplan::diff {

/// What two lists let people do, compared.
struct compared_access {
    std::vector<claim> claims;          ///< who may do more or less
    bool has_unknown_condition = false; ///< a condition whose outcome is not known decides somewhere
    bool speaks_of_deletion = false;    ///< which other objects' lists may allow, too
};

/// Who may do more or less, on an object that has the descriptor (of each class of `asked.itself`) and on
/// those that inherit from it (of `asked.below`).
///
/// Asked are every trustee of both lists and, where a denial may meet a grant, who is in two of them at once:
/// with the classes asked, nothing else can differ. Who is in what is not known here.
[[nodiscard]] compared_access compare_access(sddl::security_descriptor const& before,
                                             sddl::security_descriptor const& after,
                                             words::name_context const& names, asked_classes const& asked);

} // namespace dsplan::diff
