#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/review/account_list_findings.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/review/stored_list.hpp>
#include <tools/dsplan/review/value_reading.hpp>
#include <tools/dsplan/review/written_descriptors.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <fmt/format.h>

namespace dsplan::review {

value_reading written_descriptors::read(std::string_view attribute, std::string const& value,
                                        operation_place const& at) {
    value_reading made;
    auto const* const was = at.values_of(attribute);
    auto const names = names_for(attribute);
    auto const before = was == nullptr || was->values.size() != 1
                            ? std::nullopt
                            : std::optional(descriptor_of(was->values.front(), names.sids));
    auto const* const old = before && before->has_value() ? &**before : nullptr;
    auto const after = descriptor_of(value, names.sids);
    if (!after) {
        made.text = fmt::format("{} octets that are no security descriptor", value.size());
        at.findings.add("unreadable-value", fmt::format("{}: {}", attribute, after.error()),
                        {{std::string(at.object.dn), std::string(attribute), {}}});
        return made;
    }
    auto const key =
        sha256_octets(value) + (old == nullptr ? std::string() : sha256_octets(was->values.front()));
    auto& reading = readings_[key];
    if (!reading)
        reading =
            std::make_shared<words::descriptor_reading const>(words::read_descriptor(*after, old, names));
    made.descriptor = reading;
    judge(attribute, *after, old, at);
    return made;
}

void written_descriptors::judge(std::string_view attribute, sddl::security_descriptor const& after,
                                sddl::security_descriptor const* before, operation_place const& at) {
    written_descriptor const written{.object = at.object,
                                     .after = after,
                                     .before = before,
                                     .is_new_object = at.is_new_object,
                                     .attribute = attribute,
                                     .gives_power = gives_power(at.object)};
    if (lists_accounts(attribute))
        return find_in_account_list(written, names_, at.findings);
    if (equal_ignoring_case(attribute, "defaultSecurityDescriptor"))
        at.findings.add("default-descriptor", "the class gives it to every new object",
                        {{std::string(at.object.dn), std::string(attribute), {}}});
    else
        notes_.remember(after, before, at.object, at.findings);
    find_in_descriptor(written, names_for(attribute), at.findings);
}

std::optional<bool> written_descriptors::gives_power(changed_object const& object) {
    if (!authority_ || object.exported == nullptr || !equal_ignoring_case(object.object_class, "group"))
        return std::nullopt;
    return authority_->gives_power(*object.exported);
}

// Aliases of a domain in a schema mean the domain of each object that is created; without one they keep their
// names.
words::name_context written_descriptors::names_for(std::string_view attribute) const {
    auto names = names_;
    if (names.sids.domain || syntax_of(attribute) != syntax::descriptor_text)
        return names;
    constexpr auto placeholder = sddl::well_known(5, {21, 0, 0, 0});
    names.sids = {placeholder, placeholder};
    return names;
}

} // namespace dsplan::review
