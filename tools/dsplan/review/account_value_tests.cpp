#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/value_reading.hpp>
#include <tools/dsplan/review/value_tests.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

/// Values of accounts and groups.
namespace dsplan::review::value_tests {
namespace {

namespace control = account_control;

constexpr std::uint32_t disabled = 0x2;
constexpr std::uint32_t guarding_flags = control::smart_card_required | control::not_delegated;

// The bits that are set now and were not, and the bits that were and are not.
struct bit_change {
    std::uint32_t set = 0;
    std::uint32_t cleared = 0;
    bool is_known = false; ///< the base says what was set before
};

bit_change bits_of_change(value_change const& change) {
    bit_change made;
    if (change.removes || change.values.empty())
        return made;
    auto const after = bits_of(change.values.front()).value_or(0);
    auto const before = change.before.empty() ? 0 : bits_of(change.before.front()).value_or(0);
    made.set = after & ~before;
    made.cleared = before & ~after;
    made.is_known = !change.before.empty();
    return made;
}

// Each of the bits in words: "0x20 PASSWD_NOTREQD: may have no password".
std::string flag_words(std::uint32_t bits, std::string_view end = "") {
    std::string text;
    for (auto const& each : flag_texts(flags_of("userAccountControl"), bits))
        text += fmt::format("{}{}{}", text.empty() ? "" : ", ", each, end);
    return text;
}

bool is_guest(changed_object const& object) {
    if (object.exported != nullptr && object.exported->sid)
        return words::domain_identifier(*object.exported->sid) == sddl::named_rid("Guest");
    return words::is_guest_name(object.first_name);
}

} // namespace

std::string is_enabled(value_change const& change) {
    auto const bits = bits_of_change(change);
    if (change.is_new_object || change.removes || change.values.empty())
        return {};
    if (bits.is_known)
        return (bits.cleared & disabled) != 0 ? "the account is disabled, and the change enables it" : "";
    auto const after = bits_of(change.values.front());
    return after && (*after & disabled) == 0
               ? "the value enables the account if it is disabled, which the review cannot see"
               : "";
}

std::string enables_guest(value_change const& change) {
    if (!is_guest(change.object) || change.removes || change.values.empty())
        return {};
    auto const after = bits_of(change.values.front());
    auto const bits = bits_of_change(change);
    bool const was_disabled = !bits.is_known || (bits.cleared & disabled) != 0;
    return after && (*after & disabled) == 0 && was_disabled ? "the Guest account is enabled" : "";
}

std::string weakens_account(value_change const& change) {
    constexpr std::uint32_t weak = control::password_not_required | control::reversible_password |
                                   control::trusted_for_delegation | control::des_only |
                                   control::no_preauthentication | control::trusted_to_authenticate |
                                   control::no_authorization_data;
    auto const bits = bits_of_change(change);
    auto set = bits.set & weak;
    auto const before = change.before.empty() ? 0 : bits_of(change.before.front()).value_or(0);
    if ((before & control::domain_controller) != 0)
        set &= ~control::trusted_for_delegation; // controllers are trusted for delegation
    auto text = flag_words(set);
    if (auto const cleared = flag_words(bits.cleared & guarding_flags, ", no longer"); !cleared.empty())
        text += (text.empty() ? "" : ", ") + cleared;
    return text;
}

std::string becomes_controller(value_change const& change) {
    return flag_words(bits_of_change(change).set &
                      (control::domain_controller | control::read_only_controller));
}

// A server of a site with such an object below it is a replica. [MS-ADTS] 6.1.1.2.2.1.2.1.1
std::string creates_controller(value_change const& change) {
    constexpr std::array classes{std::string_view{"nTDSDSA"}, std::string_view{"nTDSDSARO"},
                                 std::string_view{"1.2.840.113556.1.5.7000.47"}, // nTDSDSA
                                 std::string_view{"1.2.840.113556.1.5.254"}};    // nTDSDSARO
    auto const coming = change.coming();
    bool const is_replica = std::any_of(coming.begin(), coming.end(), [&classes](std::string_view value) {
        return std::any_of(classes.begin(), classes.end(),
                           [value](std::string_view each) { return equal_ignoring_case(each, value); });
    });
    return is_replica ? "an NTDS Settings object makes its server a domain controller" : "";
}

std::string renames_privileged(value_change const& change) {
    auto const coming = change.coming();
    bool const is_critical = change.object.is_privileged_group || change.object.is_administrator;
    return is_critical && !change.is_new_object && !coming.empty()
               ? fmt::format("its account name becomes {}", coming.front())
               : "";
}

// [MS-ADTS] 3.1.1.5.3.7.1
std::string restores_object(value_change const& change) {
    auto const coming = change.coming();
    bool const is_cleared = change.removes || change.removes_all() ||
                            (!coming.empty() && equal_ignoring_case(coming.front(), "FALSE"));
    return is_cleared && !change.is_new_object ? "a deleted object comes back" : "";
}

std::string is_script(value_change const& change) {
    auto const coming = change.coming();
    return coming.empty() || coming.front().empty() || change.is_privileged
               ? std::string()
               : fmt::format("{} becomes {}", change.attribute, coming.front());
}

std::string is_script_of_privileged(value_change const& change) {
    auto const coming = change.coming();
    return coming.empty() || coming.front().empty() || !change.is_privileged
               ? std::string()
               : fmt::format("{} of an administrator becomes {}", change.attribute, coming.front());
}

std::string weakens_encryption(value_change const& change) {
    constexpr std::uint32_t aes = 0x8 | 0x10;
    constexpr std::uint32_t des = 0x1 | 0x2;
    constexpr std::uint32_t rc4 = 0x4;
    bool const is_removed = change.removes_all() && !change.is_new_object;
    if (!is_removed && (change.removes || change.coming().empty()))
        return {};
    auto const bits = is_removed ? 0 : bits_of(change.values.front());
    // Of one that has none, nothing is said to come back.
    auto const was = change.before.empty() ? rc4 : bits_of(change.before.front()).value_or(rc4);
    if (bits == 0U) // none of its own: what the domain takes for those without
        return change.is_new_object || (change.is_base_known && (was & aes) == 0)
                   ? ""
                   : "the types are removed: those that the domain takes count, RC4 among them by default";
    if (!bits)
        return {};
    if ((*bits & des) != 0)
        return "DES is allowed";
    if ((*bits & aes) == 0)
        return "AES is not allowed";
    return (was & rc4) == 0 && (*bits & rc4) != 0 ? "RC4 is allowed again" : "";
}

std::string is_primary_group_with_power(value_change const& change) {
    auto const number = change.number();
    if (!number || *number <= 0 || *number > UINT32_MAX || change.coming().empty())
        return {};
    auto const* const group = words::find_domain_group(static_cast<std::uint32_t>(*number));
    if (group == nullptr || !group->takes_over)
        return {};
    return fmt::format("the primary group becomes {} ({}), whose members may {}", *number, group->name,
                       group->powers);
}

std::string is_secret(value_change const& change) {
    return change.values.empty() || change.removes ? std::string()
                                                   : fmt::format("{} is written", change.attribute);
}

std::string is_password_of_privileged(value_change const& change) {
    return change.values.empty() || change.removes || !change.is_privileged
               ? std::string()
               : fmt::format("{} of an administrator or a domain controller is written", change.attribute);
}

std::string becomes_security_group(value_change const& change) {
    constexpr std::uint32_t security = 0x80000000;
    auto const bits = bits_of_change(change);
    if (!bits.is_known || change.is_new_object)
        return {};
    if ((bits.set & security) != 0)
        return "a distribution group becomes a security group: ACEs that name it count from then on";
    return (bits.cleared & security) != 0
               ? "a security group becomes a distribution group: ACEs that name it no longer count"
               : "";
}

std::string manages_controller(value_change const& change) {
    auto const coming = change.coming();
    return coming.empty() || !change.object.is_domain_controller
               ? std::string()
               : fmt::format("{} may manage the controller, and administers it if it is a read-only one",
                             coming.front());
}

} // namespace dsplan::review::value_tests
