#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/effect/change_application.hpp>

#include <string>
#include <unordered_map>
#include <vector>

namespace dsplan::effect {

/// Gives objects of an image the descriptors that changes write, or those that their classes have.
class changed_descriptors {
public:
    changed_descriptors(access::directory_image& image, change_context const& context)
        : image_(image)
        , context_(context) {}

    /// `object` is as the changes leave it; its class and parent in the image are so already.
    void set(access::object_index index, ldif::entry const& object);

    /// After the last object. Returns what is not known, in sentences.
    [[nodiscard]] std::vector<std::string> finish() && { return std::move(not_followed_); }

private:
    void lose(access::object_index index);
    void set_class_default(access::object_index index);
    [[nodiscard]] sddl::domain_sids sids_near(access::object_index object) const;

    access::directory_image& image_;
    change_context const& context_;
    std::unordered_map<std::string, sddl::security_descriptor const*> known_; // by their octets
    std::vector<std::string> not_followed_;
};

} // namespace dsplan::effect
