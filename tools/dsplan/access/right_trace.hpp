#pragma once
#include <sddl/access_trace.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/directory/class_rights.hpp>

#include <string>
#include <vector>

namespace dsplan::access {

/// The check of one right, step by step.
struct right_trace {
    std::string right;       ///< in words
    bool is_granted = false; ///< as `decide` answers
    std::string remark{};    ///< what the answer rests on that no ACE says; may be empty
    sddl::access_trace check{};
    std::vector<std::string> path{};       ///< what is asked about: "user", "Personal-Information", …
    std::vector<std::string> step_nodes{}; ///< what the object type of each ACE names there; empty for none
};

/// Traces a question for one right on an object of these classes; `classes.structural` must be set. A
/// confidential attribute is asked for control access too. [MS-ADTS] 3.1.1.4.4, 5.1.3.3
[[nodiscard]] right_trace trace_right(right_query const& query, directory::object_classes const& classes,
                                      sddl::security_descriptor const& descriptor,
                                      sddl::access_request const& request);

} // namespace dsplan::access
