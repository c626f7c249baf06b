#pragma once
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/words/account_names.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace dsplan::explain {

/// What a new object of one class gets from the DACL.
struct arriving_aces {
    std::string class_name;
    std::size_t existing = 0;           ///< objects of the class right below, in the export
    std::vector<std::string> effective; ///< as SDDL; CREATOR OWNER stands for whoever creates the object
    std::vector<std::string> passed_on; ///< as SDDL: they wait for objects further down
};

/// One object of an export: its descriptor in words, with names of the export and where each ACE comes from.
struct exported_object {
    std::string dn;
    std::string sid; ///< empty where it has none
    std::string object_class;
    words::explanation explanation;
    std::vector<arriving_aces> below; ///< by the classes of its children; those of any directory without some
};

/// Explains an object whose descriptor can be read.
[[nodiscard]] exported_object explain_object(directory::origin_context const& context,
                                             words::name_context const& names,
                                             directory::entry const& object);

} // namespace dsplan::explain
