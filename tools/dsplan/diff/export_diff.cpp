#include <sddl/parse_error.hpp>
#include <tools/dsplan/diff/export_diff.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::diff {
namespace {

std::string obstacle_in(directory::entry const& one, directory::entry const& other) {
    if ((one.descriptor == nullptr) != (other.descriptor == nullptr))
        return "only one of the exports has the nTSecurityDescriptor";
    for (auto const* const each : {&one, &other})
        if (each->descriptor != nullptr && !each->descriptor->value)
            return "the nTSecurityDescriptor cannot be read: " + sddl::message(*each->descriptor->error);
    return {};
}

class export_comparison {
public:
    export_comparison(directory::snapshot const& before, directory::snapshot const& after,
                      words::name_context const& names)
        : before_(before)
        , after_(after)
        , names_(names) {}

    diff run() && {
        made_.is_of_exports = true;
        for (auto const* const each : {&before_, &after_})
            made_.not_known.insert(made_.not_known.end(), each->gaps().begin(), each->gaps().end());
        for (auto const& entry : before_.entries())
            if (after_.find(entry.dn) == nullptr)
                made_.only_before.emplace_back(entry.dn);
        for (auto const& entry : after_.entries()) {
            if (auto const* const was = before_.find(entry.dn))
                compare(*was, entry);
            else
                made_.only_after.emplace_back(entry.dn);
        }
        return std::move(made_);
    }

private:
    void compare(directory::entry const& was, directory::entry const& is) {
        object_diff found{.dn = std::string(is.dn), .descriptor = {}, .obstacle = obstacle_in(was, is)};
        if (!found.obstacle.empty()) {
            made_.objects.push_back(std::move(found));
            return;
        }
        if (is.descriptor == nullptr)
            return;
        if (was.descriptor->octets != is.descriptor->octets)
            found.descriptor =
                compare_descriptors(*was.descriptor->value, *is.descriptor->value, names_, classes_of(is));
        if (found.descriptor.differs)
            made_.objects.push_back(std::move(found));
        else
            ++made_.equal;
    }

    // Where the class is not in the schema it is asked as a container.
    [[nodiscard]] asked_classes classes_of(directory::entry const& of) const {
        auto const* found = directory::classes_of(names_.known, of).structural;
        if (found == nullptr)
            found = names_.known.find_class("container");
        asked_classes made{.itself = {found}, .below = {}};
        for (auto const name : {"container", "organizationalUnit", "user", "computer", "group"}) {
            if (auto const* const each = names_.known.find_class(name))
                made.below.push_back(each);
        }
        return made;
    }

    directory::snapshot const& before_;
    directory::snapshot const& after_;
    words::name_context const& names_;
    diff made_;
};

} // namespace

bool diff::differs() const {
    return !only_before.empty() || !only_after.empty() || !not_known.empty() ||
           std::any_of(objects.begin(), objects.end(), [](object_diff const& each) {
               return each.descriptor.differs || !each.obstacle.empty();
           });
}

diff compare_exports(directory::snapshot const& before, directory::snapshot const& after,
                     words::name_context const& names) {
    return export_comparison(before, after, names).run();
}

} // namespace dsplan::diff
