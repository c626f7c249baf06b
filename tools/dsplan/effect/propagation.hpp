#pragma once
#include <tools/dsplan/access/directory_image.hpp>

#include <functional>
#include <vector>

namespace dsplan::effect {

/// Objects whose descriptor is AdminSDHolder's, and that of the holder. [MS-ADTS] 3.1.1.6.1
struct protection_task {
    std::vector<bool> is_protected; ///< one an object; empty where no task runs
    std::function<access::object_index(access::object_index)>
        holder_of; ///< AdminSDHolder of the object's domain, or no_object
};

/// What the task has done to an image.
struct stamping {
    std::size_t stamped = 0;   ///< objects whose descriptor was another
    std::size_t unsettled = 0; ///< objects that get one within the hour, which the export lacks
};

/// Whether the task would change the descriptor of an object.
[[nodiscard]] bool would_stamp(access::directory_image const& image, protection_task const& task);

/// Puts AdminSDHolder's descriptor on the protected objects whose own says something else, owner and group
/// included. [MS-ADTS] 3.1.1.6.1.3 Where the export lacks it,
/// an account whose list inherits nothing has had its copy; the descriptor of any other is unknown.
stamping stamp(access::directory_image& image, protection_task const& task);

/// Computes what the domain controller makes of a changed image: written descriptors as they are stored,
/// inherited ACEs below everything that changed, AdminSDHolder's descriptor on those that it protects.
/// `before` is the image without the change; where a parent did not change, the children keep what they have.
/// [MS-ADTS] 3.1.1.6.3
///
/// Each distinct combination of parent descriptor, own descriptor and classes is computed once.
void propagate(access::directory_image& after, access::directory_image const& before,
               protection_task const& task);

/// Gives the objects of `before` that have another descriptor after the change the inherited ACEs that their
/// containers give there, so that no change is blamed for what had not been passed on yet. Returns how many
/// lacked some.
std::size_t settle(access::directory_image& before, access::directory_image& after);

} // namespace dsplan::effect
