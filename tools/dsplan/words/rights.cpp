#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/type_meaning.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dsplan::words {
namespace {

using directory::right_kind;
using directory::right_subject;

constexpr sddl::access_mask without(sddl::access_mask mask, sddl::access_mask taken) {
    return {mask.bits & ~taken.bits};
}

// Bits that share their words: reading and writing, creating and deleting; the others stand alone.
constexpr std::array<sddl::access_mask, 4> families{sddl::right_create_child | sddl::right_delete_child,
                                                    sddl::right_read_property | sddl::right_write_property,
                                                    sddl::right_self_write, sddl::right_control_access};
constexpr sddl::access_mask typed_bits = families[0] | families[1] | families[2] | families[3];

// A phrase for each bit in the order of the bits, "read, write all properties" for two that share one; what
// has no name stays a number.
std::vector<std::string> phrases(sddl::access_mask mask) {
    std::vector<std::string> made;
    mask = sddl::map_generic(mask);
    for (auto const& row : right_words) {
        auto const* const family = std::find_if(families.begin(), families.end(), [&](auto const& each) {
            return each != row.bit && each.contains(row.bit) && mask.contains(each);
        });
        bool const is_shared = family != families.end();
        bool const is_first = is_shared && (family->bits & (row.bit.bits - 1)) == 0;
        if (is_first)
            made.push_back(fmt::format("{}, ", row.verb));
        else if (is_shared)
            made.back() += row.phrase;
        else if (mask.contains(row.bit))
            made.emplace_back(row.phrase);
    }
    for (auto const& row : right_words)
        mask = without(mask, row.bit);
    if (mask.contains(sddl::right_synchronize))
        made.emplace_back("synchronize");
    mask = without(mask, sddl::right_synchronize);
    if (mask.bits != 0)
        made.push_back(fmt::format("0x{:x}", mask.bits));
    return made;
}

// "read, write" and a name.
std::string verbs_before(sddl::access_mask mask, std::string_view name) {
    std::vector<std::string_view> made;
    for (auto const& row : right_words)
        if (mask.contains(row.bit))
            made.push_back(row.verb);
    return fmt::format("{} {}", fmt::join(made, ", "), name);
}

std::string family_text(right_subject const& subject, sddl::access_mask mask) {
    if (subject.kind == right_kind::extended_right || subject.kind == right_kind::validated_write)
        return subject_name(subject);
    if (subject.kind == right_kind::property_set && mask == sddl::right_self_write)
        return "validated writes of " + subject_name(subject);
    return verbs_before(mask, subject_name(subject));
}

// What the bits do on objects of the class that is the object type; "create user" is about children.
std::vector<std::string> class_texts(sddl::access_mask mask, directory::schema_class const& of) {
    auto const children = mask & families[0];
    auto const on_objects = without(mask, families[0]);
    if (mask.contains(sddl::directory_full_control))
        return {fmt::format("full control of {} objects", of.name)};
    std::vector<std::string> made;
    if (children.bits != 0)
        made.push_back(verbs_before(children, of.name));
    if (on_objects.bits != 0)
        made.push_back(fmt::format("{} of {} objects", fmt::join(phrases(on_objects), ", "), of.name));
    return made;
}

std::string unknown_text(sddl::access_mask mask, sddl::guid const& type) {
    std::vector<std::string> made;
    if (mask.contains(sddl::directory_full_control))
        return fmt::format("full control of {} (unknown here)", type);
    for (auto const family : families) {
        auto const bits = mask & family;
        if (bits == sddl::right_control_access)
            made.push_back(fmt::format("extended right {}", type));
        else if (bits.bits != 0)
            made.push_back(verbs_before(bits, fmt::format("{}", type)));
    }
    if (auto const rest = without(mask, typed_bits); rest.bits != 0)
        made.push_back(fmt::format("{} of {} objects", fmt::join(phrases(rest), ", "), type));
    return fmt::format("{} (unknown here)", fmt::join(made, ", "));
}

// The short names of bits, before a subject that they do not fit.
std::string bare_words(sddl::access_mask mask) {
    if (mask.contains(sddl::directory_full_control))
        return "full control";
    std::vector<std::string_view> made;
    for (auto const& row : right_words)
        if (mask.contains(row.bit))
            made.push_back(row.bare);
    return fmt::format("{}", fmt::join(made, ", "));
}

std::string nothing_text(sddl::access_mask mask, type_meaning const& meaning) {
    return fmt::format("{} \"{}\" (does nothing: {} is {})", bare_words(mask), meaning.name(), meaning.name(),
                       meaning.kind_text());
}

std::string remark_on(sddl::access_mask rest) {
    if (rest.bits == 0)
        return {};
    bool const is_single = (rest.bits & (rest.bits - 1)) == 0;
    return is_single ? fmt::format(" ({} does nothing here)", bare_words(rest))
                     : std::string(" (the other rights do nothing here)");
}

std::string typed_text(sddl::access_mask mask, type_meaning const& meaning) {
    std::vector<std::string> made;
    auto const fitting = mask & meaning.bits();
    if (fitting.bits == 0)
        return nothing_text(mask, meaning);
    auto const is_class = meaning.object_class != nullptr;
    if (is_class)
        made =
            class_texts(mask.contains(sddl::directory_full_control) ? mask : fitting, *meaning.object_class);
    for (auto const family : families) {
        auto const bits = fitting & family;
        if (bits.bits != 0 && !is_class)
            made.push_back(family_text(meaning.subject_of(bits), bits));
    }
    auto const rest = is_class && mask.contains(sddl::directory_full_control) ? sddl::access_mask{}
                                                                              : without(mask, meaning.bits());
    return fmt::format("{}{}", fmt::join(made, ", "), remark_on(rest));
}

right_subject subject_in(sddl::access_mask mask, type_meaning const& meaning) {
    auto const fitting = mask & meaning.bits();
    for (auto const family : families) {
        if (auto const bits = fitting & family; bits.bits != 0)
            return meaning.subject_of(bits);
    }
    return meaning.subject_of(fitting);
}

} // namespace

std::string right_text(sddl::access_mask mask) {
    mask = sddl::map_generic(mask);
    if (mask.contains(sddl::directory_full_control)) {
        auto const more = phrases(without(mask, sddl::directory_full_control));
        return more.empty() ? "full control" : fmt::format("full control, {}", fmt::join(more, ", "));
    }
    return mask.bits == 0 ? "nothing" : fmt::format("{}", fmt::join(phrases(mask), ", "));
}

std::string right_text(right_subject const& subject, sddl::access_mask mask) {
    if (subject.kind == right_kind::object)
        return right_text(mask);
    std::vector<std::string> made;
    for (auto const family : families)
        if (auto const bits = mask & family; bits.bits != 0)
            made.push_back(family_text(subject, bits));
    return fmt::format("{}", fmt::join(made, ", "));
}

std::string dsacls_letters(sddl::access_mask mask) {
    std::string made;
    for (auto const& row : right_words)
        if (mask.contains(row.bit))
            made += row.dsacls;
    return made;
}

std::string subject_name(right_subject const& subject) {
    return subject.right != nullptr && !subject.right->display_name.empty() ? subject.right->display_name
                                                                            : subject.name();
}

sddl::access_mask meaningful_bits(sddl::access_mask mask, std::optional<sddl::guid> const& type,
                                  directory::schema const& known) {
    auto const mapped = sddl::map_generic(mask);
    if (!type)
        return mapped;
    auto const meaning = meaning_of(*type, known);
    return meaning.is_known() ? mapped & meaning.bits() : mapped;
}

right describe(sddl::access_mask mask, std::optional<sddl::guid> const& type,
               directory::schema const& known) {
    if (!type)
        return {.mask = mask, .type = {}, .subject = {}, .text = right_text(mask)};
    auto const meaning = meaning_of(*type, known);
    auto const mapped = sddl::map_generic(mask);
    if (!meaning.is_known())
        return {.mask = mask, .type = type, .subject = {}, .text = unknown_text(mapped, *type)};
    return {.mask = mask,
            .type = type,
            .subject = subject_in(mapped, meaning),
            .text = typed_text(mapped, meaning)};
}

std::optional<failure> why_never(right const& on) {
    auto const* const attribute = on.subject.attribute;
    if (on.subject.kind != right_kind::attribute || attribute == nullptr)
        return std::nullopt;
    auto const name = printable(attribute->name);
    auto const possible = attribute->possible_rights();
    auto const is_vain = [&](sddl::access_mask bit) {
        return on.mask.contains(bit) && !possible.contains(bit);
    };
    auto const by_others = [&](std::string_view verb, std::string_view others) {
        return failure{fmt::format("no right on properties {} {}", verb, name),
                       fmt::format("  ask for {}\n", others)};
    };
    if (is_vain(sddl::right_write_property))
        return attribute->written_with.empty()
                   ? failure{fmt::format("the directory maintains {}: no client writes it", name), {}}
                   : by_others("writes", attribute->written_with);
    if (is_vain(sddl::right_read_property))
        return attribute->read_with.empty()
                   ? failure{fmt::format("{} is a secret of the directory: no client reads it", name), {}}
                   : by_others("reads", attribute->read_with);
    return std::nullopt;
}

} // namespace dsplan::words
