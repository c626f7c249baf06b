#pragma once
#include <sddl/evaluate.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>
#include <tools/dsplan/render/access_trace.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::commands {

/// An account, an object and a right of an export; the object has a readable DACL and a known class.
struct traced_question {
    exported_directory const& from;
    directory::entry const& account;
    directory::entry const& object;
    access::right_query const& query;
    sddl::security_token const& token;
    sddl::account_claims const& claims;
    bool owner_has_implicit_rights = true;
    std::vector<std::string> claim_texts;
    std::vector<std::string> unknown; ///< why the answer may be wrong
};

/// Why the question cannot be traced: it asks for several rights.
[[nodiscard]] std::optional<failure> why_not_traced(access::right_query const& query);

/// The check of that question, step by step.
[[nodiscard]] render::access_story story_of(traced_question const& question, std::string_view who);

/// Writes a story in that format; a page names `sources`. Status 0 for yes, 1 for no.
exit_status write_story(render::access_story const& story, std::string_view format,
                        std::vector<source_arguments> const& sources, console& console);

/// access --descriptor: a descriptor that belongs to no export.
struct bare_access_options {
    std::string descriptor;
    std::string as;           ///< SIDs and aliases, a comma between
    std::string self;         ///< objectSid of the object, which SELF stands for
    std::string object_class; ///< empty: the first usual one that the right fits
    std::string right;
    std::string domain;
    std::string forest_root;
    bool traces = false;
    std::string format = "text";
    std::vector<std::string> schema; ///< exports of it
    ldif_input_options input;
    std::vector<std::string> claim_texts;
};

/// Answers for a bare descriptor.
exit_status answer_bare(bare_access_options const& options, sddl::account_claims const& claims,
                        console& console);

} // namespace dsplan::commands
