#include <sddl/ace_types.hpp>
#include <sddl/condition.hpp>
#include <sddl/detail/acl_control.hpp>
#include <sddl/grammar/model_builder.hpp>
#include <sddl/grammar/plain_ace.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/well_known_sids.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::sddl::grammar {
namespace {

// How many ACEs a text this long may hold: enough that most lists need not grow, without looking at the text.
constexpr std::size_t estimate_of_aces(std::size_t text_size) {
    constexpr std::size_t usual_text = 36;
    constexpr std::size_t smallest_ace = 20; // with a SID that has a text
    return std::min(text_size / usual_text + 1, largest_acl / smallest_ace);
}

std::uint16_t control_bits(acl_flags const& flags, acl_control const& bits) {
    return static_cast<std::uint16_t>(bits.present | (flags.is_protected ? bits.is_protected : 0U) |
                                      (flags.auto_inherit_required ? bits.auto_inherit_required : 0U) |
                                      (flags.auto_inherited ? bits.auto_inherited : 0U));
}

std::string types_of(ace_home home) {
    std::string texts;
    for (auto const& row : ace_types) {
        if (row.home != home || row.text.empty())
            continue;
        texts += texts.empty() ? "" : ", ";
        texts += row.text;
    }
    return texts;
}

} // namespace

std::size_t model_builder::offset(slice const& text) const {
    return static_cast<std::size_t>(text.begin() - source_.data());
}

// Runs a field's reader and moves what it says to where the field stands.
template <class Reader>
auto model_builder::located(slice const& text, std::string_view context, Reader const& reader) {
    auto const first_warning = odd_.size();
    auto read = reader(view(text));
    for (auto index = first_warning; index < odd_.size(); ++index) {
        odd_[index].begin += offset(text);
        odd_[index].end += offset(text);
        odd_[index].context = context;
    }
    if (!read)
        read = moved(std::move(read.error()), offset(text), context);
    return read;
}

result<void> model_builder::read_guids(ace& made, ace_text const& tree) {
    auto object_type = located(tree.object_type, "object type, field 4 of 6", read_guid_field);
    if (!object_type)
        return tl::unexpected(std::move(object_type.error()));
    auto inherited =
        located(tree.inherited_object_type, "inherited object type, field 5 of 6", read_guid_field);
    if (!inherited)
        return tl::unexpected(std::move(inherited.error()));
    if (!is_object_type(made.type) && (*object_type || *inherited)) {
        auto const& stray = *object_type ? tree.object_type : tree.inherited_object_type;
        return unexpected_at(
            offset(stray), offset(stray) + view(stray).size(),
            "no GUID, which only the object types OA, OD, OU, OL and ZA have", quoted(view(stray)),
            *object_type ? "object type, field 4 of 6" : "inherited object type, field 5 of 6",
            fmt::format("did you mean the type O{}?", find_ace_type(made.type)->text));
    }
    made.object_type = *object_type;
    made.inherited_object_type = *inherited;
    return success();
}

result<void> model_builder::read_fields(ace& made, ace_text const& tree) {
    auto const flags = located(tree.flags, "flags, field 2 of 6",
                               [this](std::string_view text) { return read_ace_flags(text, odd_); });
    if (!flags)
        return tl::unexpected(flags.error());
    made.flags = *flags;
    auto const mask = located(tree.rights, "rights, field 3 of 6",
                              [&](std::string_view text) { return read_rights(text, made.type, odd_); });
    if (!mask)
        return tl::unexpected(mask.error());
    made.mask = *mask;
    if (auto const guids = read_guids(made, tree); !guids)
        return guids;
    auto const trustee = located(tree.trustee, "account, field 6 of 6", [this](std::string_view text) {
        return read_trustee(text, sids_, false, odd_);
    });
    if (!trustee)
        return tl::unexpected(trustee.error());
    made.trustee = *trustee;
    return success();
}

result<void> model_builder::read_application(ace& made, ace_text const& tree) {
    bool const has_claim = is_claim(made.type);
    auto const text = view(tree.application);
    if (text.empty() && !has_claim && !is_callback(made.type))
        return success();
    if (!has_claim && !is_filter(made.type) && !is_callback(made.type))
        return unexpected_at(offset(tree.application), offset(tree.application) + text.size(),
                             "six fields in an ACE of this type", "a seventh");
    if (text.empty()) {
        auto const end = offset(tree.trustee) + view(tree.trustee).size();
        return unexpected_at(
            end, end, has_claim ? "';' and a resource attribute (field 7)" : "';' and a condition (field 7)",
            "')'");
    }
    if (has_claim && made.trustee != find_alias("WD")->value)
        return unexpected_at(offset(tree.trustee), offset(tree.trustee) + view(tree.trustee).size(),
                             "WD (Everyone), which every resource attribute has", quoted(view(tree.trustee)),
                             "account, field 6 of 7");
    auto const bytes =
        has_claim
            ? located(tree.application, "resource attribute, field 7",
                      [this](std::string_view claim) { return parse_claim(claim, sids_).map(encode_claim); })
            : located(tree.application, "condition, field 7", [this](std::string_view condition) {
                  return parse_condition(condition, sids_).map(encode_condition);
              });
    if (!bytes)
        return tl::unexpected(bytes.error());
    made.data = *bytes;
    return success();
}

result<void> model_builder::read(ace& made, ace_text const& tree) {
    auto const row = located(tree.type, "type, field 1 of 6", read_type);
    if (!row)
        return tl::unexpected(row.error());
    made.type = (*row)->type;
    if (auto fields = read_fields(made, tree); !fields)
        return fields;
    return read_application(made, tree);
}

tl::unexpected<parse_error> model_builder::wrong_home(ace_text const& tree) const {
    return unexpected_at(
        offset(tree.type), offset(tree.type) + view(tree.type).size(),
        fmt::format("an ACE type of a {} ({})", home_ == ace_home::dacl ? "DACL" : "SACL", types_of(home_)),
        quoted(view(tree.type)), "type, field 1 of 6",
        fmt::format("put this ACE after {}", home_ == ace_home::dacl ? "S:" : "D:"));
}

result<void> model_builder::add(ace_text const& tree) {
    if (list_ == nullptr) {
        auto const begin = offset(tree.type) - 1;
        return unexpected_at(begin, begin + 1, "no ACE after NO_ACCESS_CONTROL", "'('");
    }
    auto& made = list_->aces.emplace_back();
    if (auto read_all = read(made, tree); !read_all)
        return read_all;
    if (find_ace_type(made.type)->home != home_)
        return wrong_home(tree);
    return success();
}

std::size_t model_builder::add_plain(std::string_view text) {
    if (list_ == nullptr)
        return 0;
    auto const taken = take_plain_ace(list_->aces.emplace_back(), text, home_, sids_);
    if (taken == 0)
        list_->aces.pop_back();
    return taken;
}

result<void> model_builder::end(section_text const& section) {
    if (list_ == nullptr)
        return success();
    list_->revision = revision_for(list_->aces);
    if (auto const size = size_of(*list_); size > largest_acl)
        return unexpected_at(offset(section.lead), offset(section.lead),
                             "ACEs of at most 65535 octets together with the header of their ACL",
                             fmt::format("{} octets", size), home_ == ace_home::dacl ? "DACL" : "SACL");
    return success();
}

result<void> model_builder::begin_acl(section_text const& section) {
    bool const is_dacl = section.letter == 'D';
    auto const flags = located(section.lead, is_dacl ? "DACL flags" : "SACL flags",
                               [this](std::string_view text) { return read_acl_flags(text, odd_); });
    if (!flags)
        return tl::unexpected(flags.error());
    made_.control |= control_bits(*flags, is_dacl ? dacl_control : sacl_control);
    home_ = is_dacl ? ace_home::dacl : ace_home::sacl;
    list_ = nullptr;
    if (flags->no_access_control)
        return success();
    list_ = &(is_dacl ? made_.dacl : made_.sacl).emplace();
    if (auto const left = source_.size() - offset(section.lead) - view(section.lead).size(); left != 0)
        list_->aces.reserve(estimate_of_aces(left));
    return success();
}

result<void> model_builder::begin(section_text const& section) {
    if (seen_.find(section.letter) != std::string::npos) {
        auto const begin = offset(section.lead) - 2;
        return unexpected_at(begin, begin + 2, "each of O:, G:, D: and S: once",
                             fmt::format("a second '{}:'", section.letter));
    }
    seen_ += section.letter;
    if (section.letter == 'D' || section.letter == 'S')
        return begin_acl(section);
    bool const is_owner = section.letter == 'O';
    auto const trustee = located(section.lead, is_owner ? "owner" : "group", [this](std::string_view text) {
        return read_trustee(text, sids_, true, odd_);
    });
    if (!trustee)
        return tl::unexpected(trustee.error());
    (is_owner ? made_.owner : made_.group) = *trustee;
    return success();
}

} // namespace dsplan::sddl::grammar
