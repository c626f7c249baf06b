#pragma once
#include <sddl/security_descriptor.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/implicit_owner_rights.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::access {

using object_index = std::uint32_t;
inline constexpr object_index no_object = UINT32_MAX;

/// Of objects for which every domain's local groups count: those of the configuration, and all where the
/// export is of one domain.
inline constexpr std::uint32_t any_domain = 0;

/// One object before or after a change, small enough for a million of them.
struct image_object {
    directory::entry const* exported = nullptr;            ///< as it is in this image
    object_index parent = no_object;                       ///< no_object where the export lacks it
    std::uint32_t classes = 0;                             ///< index into `directory_image::classes`
    std::uint32_t domain = any_domain;                     ///< below `directory_image::domains`
    sddl::security_descriptor const* descriptor = nullptr; ///< null where it is missing or cannot be read
    directory::group_scope scope = directory::group_scope::everywhere; ///< where its membership counts
    bool is_root = false;                                              ///< of a naming context
    bool is_deleted = false;                                           ///< by the change, or in the export
    bool is_written = false;       ///< the change gives it a descriptor, or makes it
    bool is_moved = false;         ///< the change gives it another parent or name
    bool is_added = false;         ///< by the change: it has no SID yet
    bool is_class_default = false; ///< its descriptor, with an owner that is assumed
};

/// The directory as far as permissions go: objects, their descriptors and who is a member of what. The
/// objects of the snapshot come first, in its order; those that a change adds follow.
struct directory_image {
    std::vector<image_object> objects;
    std::vector<std::vector<object_index>> members;             ///< of each object, primary group members too
    std::map<object_index, directory::outside_members> outside; ///< members that are no objects
    std::map<sddl::sid, std::vector<object_index>> primary_members; ///< by SID of a group that is no object
    std::map<object_index, std::vector<std::string_view>> unseen_groups; ///< in memberOf, and no objects
    std::vector<object_index> without_primary_group; ///< accounts of which the export does not say it
    std::uint32_t domains = 1;                       ///< `any_domain` among them
    std::vector<directory::object_classes> classes;
    std::deque<sddl::security_descriptor> made;          ///< descriptors that are in no export
    std::deque<directory::entry> entries;                ///< of objects that a change adds or changes
    std::deque<std::string> text;                        ///< theirs
    std::map<object_index, object_index> default_groups; ///< the primary groups of added accounts
    directory::implicit_owner_rights owners;             ///< what the forest leaves to the owners of objects

    [[nodiscard]] std::string dn(object_index object) const {
        return std::string(objects[object].exported->dn);
    }
};

/// Where the image is compared with that of another export, `other` numbers the domains of both alike.
[[nodiscard]] directory_image make_image(directory::snapshot const& exported,
                                         directory::membership const& members, directory::schema const& known,
                                         directory::snapshot const* other = nullptr);

/// Indices in an order in which parents come before their children.
[[nodiscard]] std::vector<object_index> tree_order(directory_image const& image);

} // namespace dsplan::access
