#pragma once
#include <tools/dsplan/effect/object_places.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::effect {

/// Changes who is in which group of an image, by member and primaryGroupID.
class changed_members {
public:
    changed_members(access::directory_image& image, change_context const& context,
                    object_places const& places)
        : image_(image)
        , context_(context)
        , places_(places) {}

    /// An object that the changes add or change; its entry in the image is as it is afterwards.
    void change(access::object_index object, ldif::entry const& after);

    /// Behind the last object. Returns what is not known, in sentences.
    [[nodiscard]] std::vector<std::string> finish() &&;

private:
    struct member_list {
        std::vector<access::object_index> objects; ///< ascending
        std::map<std::string, std::string> others; ///< names that are of no object, by their tree keys
    };
    struct primary_group {
        access::object_index account = access::no_object;
        std::optional<sddl::sid> before;
        std::optional<sddl::sid> after;
    };

    [[nodiscard]] member_list members_before(access::object_index group) const;
    [[nodiscard]] member_list members_after(ldif::entry const& group) const;
    void set_members(access::object_index group, member_list const& before, member_list const& after);
    void set_outside(access::object_index group, member_list const& after);
    void tell_unknown(member_list const& held, member_list const& other);
    void note_primary_group(access::object_index account);
    [[nodiscard]] bool is_direct_member(access::object_index group, access::object_index account) const;
    void set_primary_group(primary_group const& changed);
    [[nodiscard]] std::optional<sddl::sid> default_group_of(access::object_index account) const;
    [[nodiscard]] access::object_index find(std::optional<sddl::sid> const& group) const;

    access::directory_image& image_;
    change_context const& context_;
    object_places const& places_;
    std::vector<primary_group> primary_groups_;
    std::vector<std::string> unknown_;
};

} // namespace dsplan::effect
