#include <sddl/permission.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/schema_names.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/review/ace_use.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::review {
namespace {

namespace flag = sddl::ace_flag;

// ---- classes

directory::schema_class const* heir_of(sddl::ace const& value, words::name_context const& names) {
    bool const is_for_heirs = sddl::is_inheritable(value) && value.has(flag::inherit_only);
    return value.inherited_object_type && is_for_heirs ? names.known.find_class(*value.inherited_object_type)
                                                       : nullptr;
}

// The class whose objects the ACE is for; null where there are several or it is not known.
directory::schema_class const* only_class(sddl::ace const& value, written_descriptor const& written,
                                          words::name_context const& names) {
    if (written.object.is_admin_sd_holder)
        return nullptr; // its list is for the accounts and groups that it is stamped on
    if (auto const* const heir = heir_of(value, names))
        return heir;
    if (sddl::is_inheritable(value) || written.object.object_class.empty())
        return nullptr;
    return names.known.find_class(written.object.object_class);
}

std::string meaningless_text(directory::schema_name const& name, directory::schema_class const& of) {
    switch (name.kind) {
    case directory::schema_kind::attribute:
        return fmt::format("objects of class {} have no {}", of.name, name.text);
    case directory::schema_kind::property_set:
        return fmt::format("objects of class {} have no attribute of {}", of.name, name.text);
    case directory::schema_kind::object_class:
        return fmt::format("no {} can stand below objects of class {}", name.text, of.name);
    case directory::schema_kind::extended_right:
    case directory::schema_kind::validated_write:
        break;
    }
    return fmt::format("{} does not apply to objects of class {}", name.text, of.name);
}

// The root of a naming context is asked for rights of the forest, whatever class the schema gives them.
bool is_asked_of_roots(directory::schema_name const& name, written_descriptor const& written) {
    return written.object.is_domain_root && name.kind == directory::schema_kind::extended_right;
}

// Why the object type can never apply to the only class that the ACE is for; empty where it can.
std::string meaningless_type(sddl::ace const& value, written_descriptor const& written,
                             words::name_context const& names) {
    constexpr auto typed = sddl::right_read_property | sddl::right_write_property | sddl::right_self_write |
                           sddl::right_control_access | sddl::right_create_child | sddl::right_delete_child;
    auto const mask = sddl::map_generic(value.mask);
    auto const* const of = only_class(value, written, names);
    if (of == nullptr || !value.object_type || (mask.bits & ~typed.bits) != 0)
        return {};
    auto const name = directory::object_type_name(names.known, *value.object_type, value.mask);
    if (!name || is_asked_of_roots(*name, written) || names.has_meaning(*of, *value.object_type, mask))
        return {};
    return meaningless_text(*name, *of);
}

// Objects inherit by their most specific class, which is never an abstract one. [MS-ADTS] 6.1.3
std::string abstract_heir(sddl::ace const& value, words::name_context const& names) {
    auto const* const heir = heir_of(value, names);
    if (heir == nullptr || heir->category != directory::class_category::abstract)
        return {};
    return fmt::format("no object inherits as a {}, which is an abstract class", heir->name);
}

// ---- deny ACEs before it

// Whether a deny ACE speaks of every right, for the trustee, wherever the ACE counts. Conditional ones may
// not.
bool takes_all_of(sddl::ace const& before, sddl::ace const& value, words::name_context const& names) {
    constexpr std::uint8_t kinds = flag::container_inherit | flag::object_inherit;
    if (!sddl::is_deny(before.type) || sddl::is_callback(before.type))
        return false;
    bool const same_types =
        (!before.object_type || before.object_type == value.object_type) &&
        (!before.inherited_object_type || before.inherited_object_type == value.inherited_object_type);
    bool const reaches_as_far =
        (before.flags & kinds & value.flags) == (value.flags & kinds) &&
        (!before.has(flag::inherit_only) || value.has(flag::inherit_only)) &&
        (!before.has(flag::no_propagate) || value.has(flag::no_propagate) || !sddl::is_inheritable(value));
    return same_types && reaches_as_far &&
           sddl::map_generic(before.mask).contains(sddl::map_generic(value.mask)) &&
           (before.trustee == value.trustee || before.trustee == directory::everyone ||
            names.is_in(value.trustee, before.trustee));
}

std::optional<useless_ace> find_shadow(std::vector<sddl::ace> const& aces, std::size_t index,
                                       words::name_context const& names) {
    auto const& value = aces[index];
    auto const end = aces.begin() + static_cast<std::ptrdiff_t>(index);
    auto const found = std::find_if(
        aces.begin(), end, [&](sddl::ace const& before) { return takes_all_of(before, value, names); });
    if (!sddl::is_allow(value.type) || found == end)
        return std::nullopt;
    return useless_ace{"ace-shadowed", fmt::format("{} denies all that the ACE allows {}", names.text(*found),
                                                   names.account(value.trustee))};
}

} // namespace

std::optional<useless_ace> find_useless(written_descriptor const& written, std::size_t index,
                                        words::name_context const& names) {
    auto const& value = written.after.dacl->aces[index];
    auto const who = names.account(value.trustee);
    if (value.has(flag::inherit_only) && !sddl::is_inheritable(value))
        return useless_ace{"ace-inherit-only-nowhere", fmt::format("the ACE for {} counts nowhere", who)};
    if (value.has(flag::inherit_only) && written.object.is_admin_sd_holder)
        return useless_ace{"ace-inherit-only-nowhere",
                           fmt::format("the ACE for {} is copied to protected accounts as it is, and an "
                                       "inherit-only ACE does nothing on them",
                                       who)};
    if (value.mask.bits == 0)
        return useless_ace{"ace-no-rights", fmt::format("the ACE for {} names no right", who)};
    if (words::meaningful_bits(value.mask, value.object_type, names.known).bits == 0)
        return useless_ace{
            "ace-does-nothing",
            fmt::format("{}: {}", who, words::describe(value.mask, value.object_type, names.known).text)};
    if (auto fault = abstract_heir(value, names); !fault.empty())
        return useless_ace{"ace-wrong-class", std::move(fault)};
    if (auto fault = meaningless_type(value, written, names); !fault.empty())
        return useless_ace{"ace-wrong-class", std::move(fault)};
    return find_shadow(written.after.dacl->aces, index, names);
}

} // namespace dsplan::review
