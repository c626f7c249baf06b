#pragma once
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/effect/change_application.hpp>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dsplan::effect {

/// Where the objects of an image are after changes: by their new names, with room for those that are added.
class object_places {
public:
    /// Gives the image an object for each that the changes add, and marks those that are gone.
    object_places(access::directory_image& image, directory::snapshot const& exported,
                  change_application const& applied);

    /// By the key that directory_tree::for_each gives.
    [[nodiscard]] access::object_index at(std::string_view key) const { return by_key_.at(std::string(key)); }

    /// The object that has this name after the changes; no_object without one.
    [[nodiscard]] access::object_index find(std::string_view dn) const;

    /// The same for a value of member: a foreign security principal stands for its account.
    [[nodiscard]] access::object_index find_member(std::string_view dn) const;

    /// The object that a value of the export names, as it was before the changes.
    [[nodiscard]] access::object_index find_member_before(std::string_view dn) const;

    [[nodiscard]] access::object_index index_of(directory::entry const& of_snapshot) const;

private:
    [[nodiscard]] access::object_index account_of(access::object_index member) const;

    directory::snapshot const& exported_;
    std::unordered_map<std::string, access::object_index> by_key_; // of the objects that changes concern
    std::vector<bool> concerned_;                                  // of the snapshot's
};

} // namespace dsplan::effect
