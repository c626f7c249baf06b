#include <sddl/ace_types.hpp>
#include <sddl/condition.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/rights.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/words/ace_notes.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/explanation.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace dsplan::words {
namespace {

using sddl::acl_state;
namespace flag = sddl::ace_flag;

// ---- rights

std::string label_words(sddl::access_mask mask) {
    std::vector<std::string_view> words;
    for (auto const& row : sddl::label_rights)
        if ((mask.bits & row.bit) != 0)
            words.push_back(row.words);
    return words.empty() ? "nothing" : fmt::format("{}", fmt::join(words, ", "));
}

// SYNCHRONIZE is no right on a directory object; tools that think of files write it all the same.
std::string directory_words(sddl::ace const& value, directory::schema const& known) {
    sddl::access_mask const others{value.mask.bits & ~sddl::right_synchronize.bits};
    if (others == value.mask)
        return describe(value.mask, value.object_type, known).text;
    return (others.bits == 0 ? "" : describe(others, value.object_type, known).text + ", ") + "synchronize";
}

std::string rights_words(sddl::ace const& value, directory::schema const& known, object_kind kind) {
    if (sddl::is_label(value.type))
        return label_words(value.mask);
    return kind == object_kind::directory ? directory_words(value, known) : kind_mask_words(kind, value.mask);
}

// "this folder, subfolders and files": whatever is no directory object knows no classes.
std::string applies_to(sddl::ace const& value, object_kind_row const& kind) {
    std::string below(value.has(flag::container_inherit) ? kind.container : "");
    if (value.has(flag::object_inherit))
        below += fmt::format("{}{}", below.empty() ? "" : " and ", kind.leaf);
    if (below.empty())
        return value.has(flag::inherit_only) ? "nothing: inherit-only without CI or OI"
                                             : "this" + std::string(kind.words.substr(kind.words.find(' ')));
    below += value.has(flag::no_propagate) ? " directly below" : "";
    return value.has(flag::inherit_only) ? below : fmt::format("{}, {}", kind.itself, below);
}

// ---- ACEs and lists

std::optional<std::string> application(sddl::ace const& value, sddl::domain_sids const& sids) {
    if (sddl::is_claim(value.type)) {
        auto const claim = sddl::decode_claim(value.data);
        return claim ? sddl::write_claim(*claim, sids) : std::nullopt;
    }
    if (!sddl::is_condition(value.data))
        return std::nullopt;
    auto const read = sddl::decode_condition(value.data);
    return read ? sddl::write_condition(*read, sids)
                : std::optional<std::string>("a condition that cannot be read");
}

std::string effect_of(sddl::ace const& value) {
    auto const* const row = sddl::find_ace_type(value.type);
    auto effect =
        row ? std::string(row->words) : fmt::format("type 0x{:02x}", static_cast<unsigned>(value.type));
    if (value.has(flag::successful_access) && value.has(flag::failed_access))
        effect += " success and failure";
    else if (value.has(flag::successful_access))
        effect += " success";
    else if (value.has(flag::failed_access))
        effect += " failure";
    return effect;
}

explained_ace explained(sddl::ace const& value, sddl::domain_sids const& sids, directory::schema const& known,
                        object_kind kind) {
    explained_ace made;
    made.effect = effect_of(value);
    made.is_inherited = value.has(flag::inherited);
    made.raw = sddl::write_ace(value, sids);
    if (!sddl::is_known_type(value.type)) {
        made.who = "unknown";
        made.may = fmt::format("{} octets that are not understood", value.data.size());
        return made;
    }
    made.who = account_name(value.trustee, sids);
    made.sid = fmt::format("{}", value.trustee);
    made.may = rights_words(value, known, kind);
    made.applies_to = kind == object_kind::directory
                          ? application_text(value.flags, value.inherited_object_type, known)
                          : applies_to(value, row_of(kind));
    made.condition = application(value, sids);
    return made;
}

void add_state_notes(explained_list& made, std::string_view name) {
    if (made.state == acl_state::absent)
        made.notes.push_back(fmt::format("there is no {}", name));
    else if (made.state == acl_state::null)
        made.notes.push_back(name == "DACL" ? "NULL: everybody may do everything (no list, not an empty one)"
                                            : "NULL: nothing is audited");
    else if (made.aces.empty())
        made.notes.push_back(name == "DACL" ? "empty: nobody may do anything but the owner, who may change it"
                                            : "empty: nothing is audited");
}

explained_list explained(std::optional<sddl::acl> const& list, acl_state state, bool is_protected,
                         bool auto_inherited, bool auto_inherit_required, std::string_view name,
                         sddl::domain_sids const& sids, directory::schema const& known, object_kind kind) {
    explained_list made;
    made.state = state;
    if (list) {
        made.misplaced = sddl::find_misplaced(*list);
        for (auto const& entry : list->aces)
            made.aces.push_back(explained(entry, sids, known, kind));
    }
    add_state_notes(made, name);
    if (is_protected)
        made.notes.emplace_back("P: protected, inherits nothing from its parents");
    if (auto_inherited)
        made.notes.emplace_back("AI: inherited ACEs are kept up to date from its parents");
    if (auto_inherit_required)
        made.notes.emplace_back("AR: its ACEs are asked to be inherited by existing objects below");
    return made;
}

struct control_words {
    std::uint16_t bit;
    std::string_view words;
};

constexpr std::array<control_words, 7> other_control{
    {{sddl::control_bit::owner_defaulted, "OD: the owner came by default"},
     {sddl::control_bit::group_defaulted, "GD: the group came by default"},
     {sddl::control_bit::dacl_defaulted, "DD: the DACL came by default"},
     {sddl::control_bit::sacl_defaulted, "SD: the SACL came by default"},
     {sddl::control_bit::dacl_trusted, "DT: the DACL comes from a trusted source"},
     {sddl::control_bit::server_security, "SS: a server object, whose ACEs are replaced"},
     {sddl::control_bit::rm_control_valid, "RM: the resource manager control byte counts"}}};

} // namespace

std::string ace_text(sddl::ace const& value, sddl::domain_sids const& sids,
                     std::string_view planned_trustee) {
    auto text = sddl::write_ace(value, sids);
    if (planned_trustee.empty())
        return text;
    auto const place = text.rfind(';') + 1;
    return fmt::format("{}SID of {})", text.substr(0, place), planned_trustee);
}

std::string account_name(sddl::sid const& account, sddl::domain_sids const& sids) {
    if (auto const* const row = sddl::find_well_known(account, sids))
        return row->alias.empty() ? fmt::format("{} ({})", row->name, account)
                                  : fmt::format("{} ({})", row->name, row->alias);
    auto const domain = sddl::domain_of(account);
    if (domain && sddl::is_domain_sid(*domain)) {
        // Groups of a domain have the same relative identifiers everywhere; whose they are stays said.
        sddl::domain_sids const own{domain, domain};
        if (auto const* const row = sddl::find_well_known(account, own))
            return fmt::format("{} of {}", row->name, *domain);
    }
    auto const kind = sddl::kind_of(account);
    return kind.empty() ? fmt::format("{}", account) : fmt::format("{} ({})", account, kind);
}

explanation explain(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids,
                    directory::schema const& known, object_kind kind) {
    namespace bit = sddl::control_bit;
    explanation made;
    made.kind = kind;
    made.owner = descriptor.owner ? account_name(*descriptor.owner, sids) : "none";
    made.group = descriptor.group ? account_name(*descriptor.group, sids) : "none";
    made.owner_sid = descriptor.owner ? fmt::format("{}", *descriptor.owner) : std::string();
    made.group_sid = descriptor.group ? fmt::format("{}", *descriptor.group) : std::string();
    made.dacl = explained(descriptor.dacl, dacl_state(descriptor), descriptor.has(bit::dacl_protected),
                          descriptor.has(bit::dacl_auto_inherited),
                          descriptor.has(bit::dacl_auto_inherit_required), "DACL", sids, known, kind);
    made.sacl = explained(descriptor.sacl, sacl_state(descriptor), descriptor.has(bit::sacl_protected),
                          descriptor.has(bit::sacl_auto_inherited),
                          descriptor.has(bit::sacl_auto_inherit_required), "SACL", sids, known, kind);
    for (auto const& row : other_control)
        if (descriptor.has(row.bit))
            made.control.emplace_back(row.words);
    if (kind == object_kind::directory)
        made.risks = find_risks(descriptor, sids, known);
    return made;
}

explanation explain_in_depth(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids,
                             directory::schema const& known, object_kind kind) {
    auto made = explain(descriptor, sids, known, kind);
    auto notes = ace_notes(descriptor, sids, known, kind);
    for (std::size_t index = 0; index < notes.size(); ++index)
        made.dacl.aces[index].notes = std::move(notes[index]);
    made.letters = letters_of(descriptor, sids, kind);
    return made;
}

} // namespace dsplan::words
