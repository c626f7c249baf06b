#include <sddl/ace_flags.hpp>
#include <sddl/ace_types.hpp>
#include <sddl/rights.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/words/letters.hpp>
#include <tools/dsplan/words/right_words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace dsplan::words {
namespace {

namespace bit = sddl::control_bit;

struct control_letters {
    std::uint16_t bits; // of either list
    std::string_view text;
    std::string_view words;
};

constexpr std::array<control_letters, 3> list_flags{
    {{bit::dacl_protected | bit::sacl_protected, "P", "protected: the list inherits nothing"},
     {bit::dacl_auto_inherit_required | bit::sacl_auto_inherit_required, "AR",
      "existing objects below are asked to inherit the list"},
     {bit::dacl_auto_inherited | bit::sacl_auto_inherited, "AI",
      "inherited ACEs of the list are kept up to date"}}};

// What occurs in both lists.
struct occurring {
    std::set<sddl::ace_type> types;
    std::uint8_t flags = 0;
    std::set<std::uint32_t> masks;
    std::uint32_t label_bits = 0;
    std::set<std::string_view> aliases;
};

void add_account(occurring& found, sddl::sid const& account, sddl::domain_sids const& sids) {
    auto const* const row = sddl::find_well_known(account, sids);
    if (row != nullptr && !row->alias.empty())
        found.aliases.insert(row->alias);
}

occurring occurring_in(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids) {
    occurring found;
    for (auto const& account : {descriptor.owner, descriptor.group})
        if (account)
            add_account(found, *account, sids);
    for (auto const* const list : {&descriptor.dacl, &descriptor.sacl}) {
        if (!*list)
            continue;
        for (auto const& value : (*list)->aces) {
            found.flags |= value.flags;
            if (!sddl::is_known_type(value.type))
                continue;
            found.types.insert(value.type);
            add_account(found, value.trustee, sids);
            if (sddl::is_label(value.type))
                found.label_bits |= value.mask.bits;
            else
                found.masks.insert(value.mask.bits);
        }
    }
    return found;
}

std::string words_of_right(sddl::right_row const& row, object_kind kind) {
    auto const words =
        kind == object_kind::directory ? find_words({row.bit})->bare : kind_bit_words(kind, row.bit);
    return fmt::format("{} (0x{:x}; {})", words.empty() ? "no right there" : words, row.bit, row.name);
}

// A mask is written as one set, as one number, or in letters.
std::vector<letter_meaning> rights_in(std::set<std::uint32_t> const& masks, object_kind kind) {
    std::vector<letter_meaning> made;
    std::uint32_t in_letters = 0;
    std::vector<letter_meaning> whole;
    for (auto const mask : masks) {
        auto const text = sddl::write_rights({mask});
        auto const* const set =
            std::find_if(sddl::rights_sets.begin(), sddl::rights_sets.end(),
                         [mask](sddl::rights_set_row const& row) { return row.bits == mask; });
        if (set != sddl::rights_sets.end())
            whole.push_back({text, fmt::format("{} (0x{:x})", set->words, mask)});
        else if (text.starts_with("0x"))
            whole.push_back({text, kind == object_kind::directory ? "a mask with bits that have no letters"
                                                                  : kind_mask_words(kind, {mask})});
        else
            in_letters |= mask;
    }
    for (auto const& row : sddl::rights)
        if ((in_letters & row.bit) != 0)
            made.push_back({std::string(row.text), words_of_right(row, kind)});
    made.insert(made.end(), whole.begin(), whole.end());
    return made;
}

std::vector<letter_meaning> list_flags_of(sddl::security_descriptor const& descriptor) {
    std::vector<letter_meaning> made;
    for (auto const& row : list_flags)
        if ((descriptor.control & row.bits) != 0)
            made.push_back({std::string(row.text), std::string(row.words)});
    return made;
}

std::vector<letter_meaning> types_in(std::set<sddl::ace_type> const& types) {
    std::vector<letter_meaning> made;
    for (auto const type : types)
        if (auto const* const row = sddl::find_ace_type(type); row != nullptr && !row->text.empty())
            made.push_back({std::string(row->text), fmt::format("{} ({})", row->words, row->name)});
    return made;
}

std::vector<letter_meaning> flags_in(std::uint8_t flags) {
    std::vector<letter_meaning> made;
    for (auto const& row : sddl::ace_flags)
        if ((flags & row.bit) != 0)
            made.push_back({std::string(row.text), std::string(row.words)});
    return made;
}

std::vector<letter_meaning> accounts_in(std::set<std::string_view> const& aliases) {
    std::vector<letter_meaning> made;
    for (auto const alias : aliases)
        made.push_back({std::string(alias), std::string(sddl::find_alias(alias)->name)});
    return made;
}

} // namespace

std::vector<letter_group> letters_of(sddl::security_descriptor const& descriptor,
                                     sddl::domain_sids const& sids, object_kind kind) {
    auto const found = occurring_in(descriptor, sids);
    std::vector<letter_meaning> labels;
    for (auto const& row : sddl::label_rights)
        if ((found.label_bits & row.bit) != 0)
            labels.push_back({std::string(row.text), std::string(row.words)});
    std::vector<letter_group> groups{{"Flags of a list", list_flags_of(descriptor)},
                                     {"Types of ACEs", types_in(found.types)},
                                     {"Flags of an ACE", flags_in(found.flags)},
                                     {"Rights", rights_in(found.masks, kind)},
                                     {"Labels", std::move(labels)},
                                     {"Accounts", accounts_in(found.aliases)}};
    std::erase_if(groups, [](letter_group const& group) { return group.letters.empty(); });
    return groups;
}

} // namespace dsplan::words
