#pragma once
#include <tools/dsplan/access/effective_access.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace dsplan::render {

/// Who is asked about which object, and how its ACEs are shown.
struct access_question {
    directory::origin_context const& origins;
    std::string_view account; ///< as it was asked for
    directory::entry const& object;
    directory::entry const* who = nullptr; ///< the account; null where it is not at hand
};

/// "format", "version", "who", "on", the lists of names, "descriptor_rights", "object_rights", "decided_by",
/// "unknown".
[[nodiscard]] nlohmann::ordered_json access_json(access_question const& question,
                                                 access::effective_access const& access);

/// A table for people.
[[nodiscard]] std::string access_text(access_question const& question,
                                      access::effective_access const& access);

/// "(A;CIID;RPWP;;;AU), inherited from OU=Sales,DC=contoso,DC=com"
[[nodiscard]] std::string basis_text(access_question const& question, sddl::access_basis basis,
                                     std::size_t index);

/// "who", "on", "right", "granted", "remark", "decided_by", "unknown_conditions"; "unknown" is left to the
/// caller.
[[nodiscard]] nlohmann::ordered_json answer_json(access_question const& question,
                                                 access::right_query const& query,
                                                 access::right_answer const& answer);

/// "yes: …" or "no: …" with the reason.
[[nodiscard]] std::string answer_text(access_question const& question, access::right_query const& query,
                                      access::right_answer const& answer);

} // namespace dsplan::render
