#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What somebody asks for, in words: nothing is resolved yet. A TOML file, options of the command line,
/// dsacls lines and recipes all become this value.
namespace dsplan::plan {

/// Where a table of the request stands, for messages.
struct request_place {
    std::string file; ///< as the user named it; empty for the command line
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    friend bool operator==(request_place const&, request_place const&) = default;
};

/// Objects of the export: those named, and those of a class below one.
struct object_choice {
    std::vector<std::string> names; ///< DNs, or anything else that finds an object
    std::string below;              ///< DN; empty where only names are given
    std::string class_name;         ///< of the objects below; empty for all
    bool only_children = false;     ///< one level below, not all

    friend bool operator==(object_choice const&, object_choice const&) = default;
};

enum class permission_verb : std::uint8_t { grant, deny, revoke };

/// `[[grant]]`, `[[deny]]`, `[[revoke]]`
struct permission_table {
    permission_verb verb = permission_verb::grant;
    std::string trustee; ///< "to", of a revocation "from"
    object_choice on;
    std::vector<std::string> rights;
    std::string ace;            ///< instead of rights: one ACE as SDDL
    std::string applies_to;     ///< empty: this object only; of a revocation: wherever the ACE reaches
    std::string sign = "allow"; ///< of a revocation: allow or deny
    bool all = false;           ///< of a revocation: every ACE of the trustee with this sign
    bool expand = false;        ///< of a revocation: split a property set into its attributes
    bool missing_is_ok = false; ///< of a revocation: nothing to take is no error
    bool grants_follow = false; ///< of a revocation of all: other tables may give the account something again
    bool also_explicit = false; ///< grant though an inherited ACE says it already
    std::string reason;

    friend bool operator==(permission_table const&, permission_table const&) = default;
};

/// `[[members]]`
struct members_table {
    std::string group;
    std::vector<std::string> add;
    std::vector<std::string> remove;
    std::optional<std::vector<std::string>> exactly; ///< the whole list; an empty one is one
    std::string from;         ///< a file of accounts: one a line, or CSV with a column that is named for them
    std::string mode = "add"; ///< what the accounts of the file are for: "add", "remove", "exactly"
    bool allow_empty = false;
    bool missing_is_ok = false; ///< a member to remove that is not there is no error
    std::string reason;

    friend bool operator==(members_table const&, members_table const&) = default;
};

/// `[[replace-trustee]]`
struct replace_trustee_table {
    std::string old_trustee;
    std::string new_trustee;
    std::string from; ///< a CSV file with the columns old and new, in place of the two
    object_choice on;
    bool owners = false; ///< the owner too
    bool audit = true;   ///< ACEs of the SACL too
    bool keep_old = false;
    std::string reason;

    friend bool operator==(replace_trustee_table const&, replace_trustee_table const&) = default;
};

enum class inheritance_change : std::uint8_t { block_copy, block_drop, allow };

/// `[[inheritance]]`
struct inheritance_table {
    object_choice on;
    inheritance_change set = inheritance_change::block_copy;
    std::string list = "dacl";  ///< or "sacl"
    std::string order = "auto"; ///< with `block_copy`: "keep", "canonical", or "auto", which stops where the
                                ///< two differ in meaning
    bool drop_copies = false;   ///< with `allow`: remove explicit ACEs that equal inherited ones
    std::string reason;

    friend bool operator==(inheritance_table const&, inheritance_table const&) = default;
};

/// `[[owner]]`
struct owner_table {
    object_choice on;
    std::string owner;
    std::string group; ///< empty: the primary group in the descriptor stays
    std::string reason;

    friend bool operator==(owner_table const&, owner_table const&) = default;
};

/// `[[audit]]`
struct audit_table {
    std::string who;
    object_choice on;
    std::vector<std::string> rights;
    std::string applies_to; ///< empty: this object only
    bool on_success = true;
    bool on_failure = false;
    bool remove = false; ///< stop auditing it
    std::string reason;

    friend bool operator==(audit_table const&, audit_table const&) = default;
};

/// `[[restore]]`
struct restore_table {
    object_choice on;
    std::string as;   ///< "class-default", "inherited-only" or SDDL text; empty where `from` is given
    std::string from; ///< an LDIF export that holds the objects as they were
    std::vector<std::string> parts; ///< "dacl", "owner", "sacl", "members"; none: the DACL
    std::string reason;

    friend bool operator==(restore_table const&, restore_table const&) = default;
};

/// An ACE of `[[state]]`: in words, or as SDDL.
struct state_ace {
    std::string trustee;
    std::vector<std::string> rights;
    std::string applies_to;
    std::string ace;
    bool denies = false;

    friend bool operator==(state_ace const&, state_ace const&) = default;
};

/// `[[state]]`
struct state_table {
    object_choice on;
    std::vector<state_ace> aces;
    std::vector<state_ace> tolerate;
    std::string mode = "exactly";  ///< or "at-least"
    std::string defaults = "keep"; ///< what the class gives stays, or "drop"
    std::string reason;

    friend bool operator==(state_table const&, state_table const&) = default;
};

/// `[[clean]]`
struct clean_table {
    object_choice on;
    std::vector<std::string> what; ///< of `clean_words`
    bool report_only = true;
    bool export_is_complete = false; ///< the export holds every account of its domains
    std::string reason;

    friend bool operator==(clean_table const&, clean_table const&) = default;
};

using table_content = std::variant<permission_table, members_table, replace_trustee_table, inheritance_table,
                                   owner_table, audit_table, restore_table, state_table, clean_table>;

struct request_table {
    request_place place;
    table_content content;

    friend bool operator==(request_table const&, request_table const&) = default;
};

/// `[[recipe]]`: tables that a recipe makes of these values, and its findings.
struct recipe_use {
    request_place place;
    std::string name;                                                  ///< "use"
    std::map<std::string, std::vector<std::string>, std::less<>> with; ///< by parameter

    friend bool operator==(recipe_use const&, recipe_use const&) = default;
};

struct change_request {
    std::string title;
    std::string ticket;
    std::string requested_by;
    std::vector<std::pair<std::string, std::string>> names; ///< short name and what it stands for, by name
    std::vector<request_table> tables;
    std::vector<recipe_use> recipes; ///< whose tables are not among `tables` yet

    friend bool operator==(change_request const&, change_request const&) = default;
};

/// "request.toml:9:1", or "the command line"
[[nodiscard]] std::string place_text(request_place const& place);

/// "[[grant]]"
[[nodiscard]] std::string table_name(table_content const& table);

} // namespace dsplan::plan
