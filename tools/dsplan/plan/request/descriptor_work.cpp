#include <sddl/write.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>

namespace dsplan::plan {

evidence descriptor_work::seen(sddl::ace const& value) const {
    return {std::string(object().dn), "nTSecurityDescriptor", sddl::write_ace(value, sids)};
}

std::vector<evidence> descriptor_work::seen(std::vector<std::size_t> const& places) const {
    std::vector<evidence> made;
    for (auto const place : places)
        made.push_back(seen(before.aces[place]));
    return made;
}

std::vector<evidence> descriptor_work::seen(std::vector<sddl::ace> const& values) const {
    std::vector<evidence> made;
    for (auto const& each : values)
        made.push_back(seen(each));
    return made;
}

sddl::property_set_of descriptor_work::set_of() const {
    return [this](sddl::guid const& type) {
        return facts.context.property_set_of(type);
    };
}

void descriptor_work::note(std::string_view rule, std::string text, std::vector<evidence> seen,
                           std::string advice) const {
    facts.add({std::string(rule), severity::note, std::move(text), std::move(seen), std::move(advice)});
}

void descriptor_work::warn(std::string_view rule, std::string text, std::vector<evidence> seen,
                           std::string advice) const {
    facts.add({std::string(rule), severity::warning, std::move(text), std::move(seen), std::move(advice)});
}

void descriptor_work::stop(std::string_view rule, std::string text, std::vector<evidence> seen,
                           std::string advice) const {
    facts.stop({std::string(rule), severity::stop, std::move(text), std::move(seen), std::move(advice)});
}

sddl::inheriting_object inheriting(descriptor_work const& work) {
    auto made = directory::inheriting_object_of(work.facts.context.known, work.object());
    made.owner = work.after.owner;
    made.group = work.after.group;
    return made;
}

} // namespace dsplan::plan
