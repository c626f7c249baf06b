#include <tools/dsplan/paths/lasting_tier_zero.hpp>

namespace dsplan::paths {

tier_zero lasting_tier_zero(tier_zero const& other, tier_zero const& is,
                            access::directory_image const& image) {
    auto made = is;
    made.count = 0;
    made.sids.clear();
    for (object_index object = 0; object < is.objects.size(); ++object) {
        auto const& of = *image.objects[object].exported;
        bool const is_by_itself = is.core[object] && !of.is_a("groupPolicyContainer");
        made.objects[object] = is_by_itself || (is.objects[object] && other.contains(object));
        made.count += made.objects[object];
        if (made.objects[object] && of.sid)
            made.sids.insert(*of.sid);
    }
    return made;
}

std::vector<object_index> targets_in(tier_zero const& of, access::directory_image const& image) {
    std::vector<object_index> made;
    for (object_index object = 0; object < image.objects.size(); ++object)
        if (of.contains(object))
            made.push_back(object);
    return made;
}

} // namespace dsplan::paths
