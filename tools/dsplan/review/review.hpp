#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/evidence.hpp>
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/review/rules.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// A change file as a person would read it. Values only: `render` decides how they look, and makes printable
/// what comes from files.
namespace dsplan::review {

/// One value in words.
struct value_reading {
    words::mark what = words::mark::none;
    std::string text{};
    std::string raw{};                ///< as the file has it, where the words are others; may be empty
    std::vector<std::string> parts{}; ///< bit by bit, entry by entry
    std::shared_ptr<words::descriptor_reading const>
        descriptor{}; ///< of descriptor values; shared by equal ones
};

/// What a record does to one attribute.
struct attribute_reading {
    std::string name;
    std::string what; ///< "adds 2 values", "replaces all values", "increments by 1"
    std::vector<value_reading> values;
    std::vector<std::string> notes; ///< what follows from it: what the members of a group may do
};

struct record_reading {
    std::size_t number = 0; ///< from 1, over all files
    std::size_t file = 0;   ///< index into `review::files`
    std::uint64_t line = 0;
    std::string dn;      ///< empty for the rootDSE
    std::string summary; ///< "changes the group CN=Staff,…"
    std::vector<attribute_reading> attributes;
    std::string failure; ///< why the directory of the base would refuse it; empty where it would not
};

/// A record that could not be read.
struct unreadable_record {
    std::string reason; ///< one line
    std::string place;  ///< file, line, the line itself with a caret, and what to do: whole indented lines
};

struct finding {
    rule const* broken = nullptr;
    std::size_t record = 0; ///< its number; 0 where it is about a file
    std::string file;       ///< as the user named it
    std::uint64_t line = 0;
    std::string text; ///< one sentence
    std::vector<evidence> seen;
    std::optional<std::size_t> way{}; ///< index into the changes of `review::ways` that it is about
    std::string advice{};             ///< what to do about this one, where the words of the rule are not all
};

/// A container or object in the picture of how far grants reach.
struct picture_node {
    std::string dn;
    std::string name; ///< its first part
    int depth = 0;    ///< below the object that gets the ACE
    bool arrives = true;
    std::string note; ///< "12 user objects", "blocked: does not inherit"
};

/// How far one inheritable ACE of the change reaches.
struct reach_picture {
    std::string ace; ///< in words
    std::string raw;
    std::vector<picture_node> nodes; ///< parents before their children
    std::size_t left_out = 0;        ///< containers that are not drawn
};

/// Everything about the files. Records and findings in the order of the import.
struct review {
    std::vector<std::string> files;
    bool has_base = false;
    sddl::domain_sids sids; ///< for aliases in ACEs
    std::vector<unreadable_record> unreadable;
    std::vector<record_reading> records;
    std::vector<finding> findings;
    std::set<std::string, std::less<>> unjudged; ///< attributes that security rests on and no rule knows
    std::size_t failing = 0;                     ///< records that the directory would refuse
    std::optional<effect::effect> predicted;     ///< of the records that it would take
    std::optional<paths::path_report> ways;      ///< to tier 0; with a base, and where they are asked for
    std::string not_predicted;                   ///< why there is no effect; empty where there is one
    std::vector<reach_picture> pictures;
    std::size_t pictures_left_out = 0; ///< of a change that adds very many inheritable ACEs
};

/// "1 danger, 2 warnings, 3 notes", "no findings"; "no rule fired; 1 attribute here has no rule: dnsRecord"
[[nodiscard]] std::string count_text(review const& shown);

} // namespace dsplan::review
