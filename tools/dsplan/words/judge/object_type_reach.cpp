#include <tools/dsplan/words/judge/object_type_reach.hpp>

namespace dsplan::words {

object_type_reach reach_of(directory::schema const& known, sddl::guid const& object_type) {
    object_type_reach made{.of_class = known.find_class(object_type), .attributes = {}};
    for (auto const& attribute : known.attributes())
        if (attribute.id == object_type || attribute.property_set == object_type)
            made.attributes.push_back(&attribute);
    return made;
}

} // namespace dsplan::words
