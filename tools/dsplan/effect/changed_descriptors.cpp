#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/effect/changed_descriptors.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <span>

namespace dsplan::effect {

using access::object_index;

void changed_descriptors::set(object_index index, ldif::entry const& object) {
    auto& is = image_.objects[index];
    is.is_written = true;
    auto const* const written = object.find("nTSecurityDescriptor");
    if (written == nullptr || written->values.empty())
        return is.is_added ? set_class_default(index) : lose(index);
    auto const [found, is_new] = known_.emplace(written->values.front(), nullptr);
    if (is_new)
        if (auto read = sddl::read_self_relative(std::as_bytes(std::span(written->values.front()))))
            found->second = &image_.made.emplace_back(*std::move(read));
    is.descriptor = found->second;
}

void changed_descriptors::lose(object_index index) {
    image_.objects[index].descriptor = nullptr;
    not_followed_.push_back(
        fmt::format("the change takes the descriptor of {} away", printable(image_.dn(index))));
}

// The account that imports the change will own the new object; a Domain Admin's objects belong to that
// group.
void changed_descriptors::set_class_default(object_index index) {
    auto const* const structural = image_.classes[image_.objects[index].classes].structural;
    auto const sids = sids_near(index);
    auto descriptor = structural == nullptr ? sddl::result<sddl::security_descriptor>{}
                                            : sddl::parse(structural->default_descriptor, sids);
    if (structural == nullptr || !descriptor || !sids.domain) {
        not_followed_.push_back(fmt::format("the descriptor that {} gets from its class is not known",
                                            printable(image_.dn(index))));
        return;
    }
    descriptor->owner = sddl::with_relative_identifier(*sids.domain, sddl::named_rid("Domain Admins"));
    descriptor->group = descriptor->owner;
    if (!descriptor->dacl)
        sddl::set_dacl(*descriptor, {});
    image_.objects[index].descriptor = &image_.made.emplace_back(*std::move(descriptor));
    image_.objects[index].is_class_default = true;
}

// Those of the domain that the nearest exported container is in.
sddl::domain_sids changed_descriptors::sids_near(object_index object) const {
    auto const& entries = context_.exported.entries();
    while (object != access::no_object && object >= entries.size())
        object = image_.objects[object].parent;
    return context_.sids_near(object == access::no_object ? nullptr : &entries[object]);
}

} // namespace dsplan::effect
