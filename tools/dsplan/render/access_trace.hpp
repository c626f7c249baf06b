#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/access/right_trace.hpp>
#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/render/page_foot.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// A SID of a token and why it is there.
struct token_line {
    std::string sid;
    std::string name;   ///< empty where it has none
    std::string reason; ///< "through Helpdesk in Staff"
    std::string dn{};   ///< empty where the export has none
};

/// One ACE as the page of a trace shows it.
struct traced_line {
    std::string who;    ///< "Helpdesk"
    std::string sddl;   ///< the ACE
    std::string origin; ///< "inherited from OU=Sales,…"; empty where it is not known
    std::string sid{};  ///< of `who`
    std::string dn{};   ///< empty where the export has none
};

/// An access check with everything that it looked at.
struct access_story {
    std::string who;
    std::string on;                ///< the DN, or "an object of class user"
    directory::identity account{}; ///< empty for a token of SIDs
    directory::identity object{};  ///< empty for a bare descriptor
    std::vector<token_line> token;
    std::vector<std::string> claims;
    access::right_trace trace;
    std::vector<traced_line> aces;    ///< one a step
    std::vector<std::string> unknown; ///< why the answer may be wrong
};

/// The token, each ACE with what became of it, the answer.
[[nodiscard]] std::string access_story_text(access_story const& story);

/// The same as a JSON object with a line end.
[[nodiscard]] std::string access_story_json(access_story const& story);

/// The same as a page: the list as a stack, the deciding ACE marked.
[[nodiscard]] std::string access_story_page(access_story const& story, page_provenance const& from);

} // namespace dsplan::render
