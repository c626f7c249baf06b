#pragma once
#include <sddl/ace.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which objects an ACE applies to, in the words of the Windows security editor, both ways.
namespace dsplan::words {

/// Where an ACE applies, as its flags and its inherited object type say it.
struct application {
    std::uint8_t flags = 0;                   ///< container_inherit, inherit_only, no_propagate
    std::optional<sddl::guid> inherited_type; ///< the class of the objects that inherit it
    std::string text{};                       ///< the canonical words

    friend bool operator==(application const&, application const&) = default;
};

/// One of the forms; "{}" stands for the name of a class.
struct application_form {
    std::string_view words;
    std::uint8_t flags;
    bool has_class;
    std::string_view dotnet; ///< in ActiveDirectorySecurityInheritance
    std::string_view dsacls; ///< its switch; empty where it has none
    std::string_view others; ///< what else it is called, "|" between
};

// clang-format off
inline constexpr std::array<application_form, 9> application_forms{{
    {"this object only", 0, false, "None", "no /I", "this object"},
    {"this object and all descendant objects", sddl::ace_flag::container_inherit, false, "All", "/I:T", "this object and all objects below|this object and all below|CI"},
    {"all descendant objects", sddl::ace_flag::container_inherit | sddl::ace_flag::inherit_only, false, "Descendents", "/I:S", "all objects below|Descendants|CIIO"},
    {"descendant {} objects", sddl::ace_flag::container_inherit | sddl::ace_flag::inherit_only, true, "Descendents", "/I:S …;CLASS", "{} objects below|all descendant {} objects"},
    {"this object and direct children", sddl::ace_flag::container_inherit | sddl::ace_flag::no_propagate, false, "SelfAndChildren", "", "this object and all objects directly below|CINP"},
    {"direct children", sddl::ace_flag::container_inherit | sddl::ace_flag::no_propagate | sddl::ace_flag::inherit_only, false, "Children", "", "all objects directly below|direct children only|CINPIO|CIIONP"},
    {"direct child {} objects", sddl::ace_flag::container_inherit | sddl::ace_flag::no_propagate | sddl::ace_flag::inherit_only, true, "Children", "", "{} objects directly below"},
    {"this object and descendant {} objects", sddl::ace_flag::container_inherit, true, "All", "", "this object and {} objects below"},
    {"this object and direct child {} objects", sddl::ace_flag::container_inherit | sddl::ace_flag::no_propagate, true, "SelfAndChildren", "", "this object and {} objects directly below"},
}};
// clang-format on

/// The words for the flags of an ACE: "descendant user objects".
[[nodiscard]] std::string application_text(std::uint8_t flags,
                                           std::optional<sddl::guid> const& inherited_type,
                                           directory::schema const& known);

/// Reads the words of `application_forms`, any case; several classes, with commas or "and" between, make one
/// value each. Errors: other words, with the forms; a name that is no class, with the nearest ones.
[[nodiscard]] result<std::vector<application>> parse_application(std::string_view text,
                                                                 directory::schema const& known);

} // namespace dsplan::words
