#pragma once
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>
#include <tools/dsplan/plan/request/table_errors.hpp>

#include <map>
#include <string>
#include <vector>

/// What the readers of the tables of a request share while their names are found.
namespace dsplan::plan {

struct resolving {
    request_context const& context;
    table_errors errors;
    directory::class_rights_cache rights;
    std::map<directory::entry const*, wanted_descriptor> descriptors{};
    std::vector<wanted_members> members{};
};

/// Each adds what the table wants to the objects that it names, or its errors.
void read(resolving& state, permission_table const& table);
void read(resolving& state, members_table const& table);
void read(resolving& state, replace_trustee_table const& table);
void read(resolving& state, inheritance_table const& table);
void read(resolving& state, owner_table const& table);
void read(resolving& state, audit_table const& table);
void read(resolving& state, restore_table const& table);
void read(resolving& state, state_table const& table);
void read(resolving& state, clean_table const& table);

/// Keeps one of equal edits of an object, and complains of those that contradict each other.
void merge_edits(resolving& state);

/// The order of the tables must not show in the plan: edits stand by kind and by what their tables say.
void sort_edits(wanted_descriptor& wanted, std::vector<std::string> const& table_texts);

} // namespace dsplan::plan
