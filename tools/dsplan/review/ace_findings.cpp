#include <tools/dsplan/directory/schema_names.hpp>
#include <tools/dsplan/review/ace_use.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>
#include <tools/dsplan/words/judge/ace_judge.hpp>

#include <fmt/format.h>

namespace dsplan::review {
namespace {

words::ace_place place_of(written_descriptor const& written, words::name_context const& names) {
    auto const& object = written.object;
    return {.object_class =
                object.object_class.empty() ? nullptr : names.known.find_class(object.object_class),
            .is_domain_root = object.is_domain_root,
            .is_admin_sd_holder = object.is_admin_sd_holder,
            .is_group_with_power = object.is_privileged_group || written.gives_power.value_or(false),
            .is_ordinary_group = !object.is_privileged_group && !written.gives_power.value_or(true)};
}

class ace_judge {
public:
    ace_judge(written_descriptor const& written, words::name_context const& names,
              finding_list const& findings)
        : written_(written)
        , names_(names)
        , findings_(findings)
        , place_(place_of(written, names)) {}

    void judge(std::size_t index) const {
        auto const& value = written_.after.dacl->aces[index];
        if (!sddl::is_known_type(value.type)) {
            add("ace-unknown-type", value,
                fmt::format("type 0x{:02x}: nobody can say what it allows",
                            static_cast<unsigned>(value.type)));
            return;
        }
        unknown_names(value);
        if (auto useless = find_useless(written_, index, names_))
            add(useless->rule, value, std::move(useless->text));
        for (auto const& each :
             words::dangers_of(names_.known, value, place_, names_.standing_of(value.trustee)))
            add(rule_name::of(each.rule), value, text_of(each, value));
        lock_out(value);
    }

private:
    [[nodiscard]] std::string text_of(words::ace_danger const& danger, sddl::ace const& value) const {
        auto const who = names_.account(value.trustee);
        auto const words = words::read_ace(value, names_);
        auto const may = words.applies_to == "this object only"
                             ? words.may
                             : fmt::format("{}, on {}", words.may, words.applies_to);
        if (danger.why == "full control" || danger.rule == "broad-trustee")
            return fmt::format("{}: {}", who, may);
        return fmt::format("{}: {}; {}", who, may, danger.why);
    }

    void add(rule_name rule, sddl::ace const& value, std::string text) const {
        findings_.add(rule, std::move(text), {written_.seen(names_.text(value))});
    }

    // A deny ACE that keeps administrators from reading or mending the object, or all below it.
    void lock_out(sddl::ace const& value) const {
        constexpr auto needed = sddl::right_write_dac | sddl::right_write_owner | sddl::right_read_control |
                                sddl::right_read_property | sddl::right_write_property;
        if (sddl::is_deny(value.type) && !value.object_type &&
            (sddl::map_generic(value.mask) & needed).bits != 0 &&
            words::includes_administrators(value.trustee, names_.standing_of(value.trustee)))
            add("lock-out", value,
                fmt::format("{} and all in it are denied: {}", names_.account(value.trustee),
                            words::read_ace(value, names_).may));
    }

    void unknown_names(sddl::ace const& value) const {
        if (value.object_type && !directory::object_type_name(names_.known, *value.object_type, value.mask))
            add("unknown-guid", value,
                fmt::format("{} is no class, attribute or right of the schema", *value.object_type));
        if (value.inherited_object_type && names_.known.find_class(*value.inherited_object_type) == nullptr)
            add("unknown-guid", value,
                fmt::format("{} is no class of the schema", *value.inherited_object_type));
        if (names_.exported != nullptr && words::domain_identifier(value.trustee) != 0 &&
            names_.exported->find(value.trustee) == nullptr)
            add("unresolved-sid", value,
                fmt::format("the base has no account {}", names_.account(value.trustee)));
    }

    written_descriptor const& written_;
    words::name_context const& names_;
    finding_list const& findings_;
    words::ace_place place_;
};

} // namespace

void find_in_aces(written_descriptor const& written, std::vector<std::size_t> const& candidates,
                  words::name_context const& names, finding_list const& findings) {
    ace_judge const judge(written, names, findings);
    for (auto const index : candidates)
        judge.judge(index);
}

} // namespace dsplan::review
