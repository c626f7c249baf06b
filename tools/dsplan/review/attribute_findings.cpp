#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/public_key.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/attribute_findings.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::review {
namespace {

evidence seen(written_values const& written, std::string_view value) {
    constexpr std::size_t at_most = 200;
    return {std::string(written.object.dn), std::string(written.attribute),
            value.size() > at_most ? fmt::format("{}…", value.substr(0, at_most)) : std::string(value)};
}

std::vector<evidence> all_seen(written_values const& written) {
    std::vector<evidence> all;
    for (auto const& value : written.values)
        all.push_back(seen(written, value));
    return all;
}

// ---- one function for each attribute that matters

void judge_account_control(written_values const& written, finding_list const& findings) {
    constexpr std::uint32_t weak =
        account_control::password_not_required | account_control::reversible_password |
        account_control::trusted_for_delegation | account_control::des_only |
        account_control::no_preauthentication | account_control::trusted_to_authenticate |
        account_control::domain_controller;
    for (auto const& value : written.values) {
        auto const after = bits_of(value).value_or(0);
        auto const before = written.before ? bits_of(*written.before).value_or(0) : 0;
        auto const bits = after & weak & ~before;
        // Domain controllers are trusted for delegation.
        if ((bits & ~account_control::trusted_for_delegation) == 0 &&
            (before & account_control::domain_controller) != 0)
            continue;
        for (auto const& text : flag_texts(flags_of("userAccountControl"), bits))
            findings.add("account-flags", text, {seen(written, value)});
    }
}

void judge_search_flags(written_values const& written, finding_list const& findings) {
    constexpr std::uint32_t confidential = 0x80;
    auto const before = written.before ? bits_of(*written.before).value_or(0) : 0;
    for (auto const& value : written.values)
        if ((before & confidential) != 0 && (bits_of(value).value_or(confidential) & confidential) == 0)
            findings.add("confidential-flag", "the base has the bit 0x80, the change clears it",
                         {seen(written, value)});
}

void judge_system_flags(written_values const& written, finding_list const& findings) {
    constexpr std::uint32_t disallow_delete = 0x80000000;
    auto const before = written.before ? bits_of(*written.before).value_or(0) : 0;
    for (auto const& value : written.values)
        if ((before & disallow_delete) != 0 &&
            (bits_of(value).value_or(disallow_delete) & disallow_delete) == 0)
            findings.add("deletion-protection", "the bit of systemFlags that forbids deletion is cleared",
                         {seen(written, value)});
}

void judge_service_names(written_values const& written, finding_list const& findings) {
    auto const user = is_user(written.object);
    if (!user.value_or(true))
        return;
    findings.add(
        "spn-on-user",
        user ? fmt::format("{} on a user account", counted(written.values.size(), "service principal name",
                                                           "service principal names"))
             : "whether the object is a user account, the review cannot see without a base",
        all_seen(written));
}

void judge_sid_history(written_values const& written, words::name_context const& names,
                       finding_list const& findings) {
    std::vector<evidence> sids;
    for (auto const& value : written.values)
        sids.push_back(seen(written, read_value("sIDHistory", value, names).words.text));
    findings.add("sid-history", "the account also counts as another one", std::move(sids));
}

bool is_secret_of_account(std::string_view attribute) {
    return equal_ignoring_case(attribute, "unicodePwd") || equal_ignoring_case(attribute, "userPassword");
}

} // namespace

std::optional<bool> is_user(changed_object const& object) {
    if (object.object_class.empty())
        return std::nullopt;
    return equal_ignoring_case(object.object_class, "user") ||
           equal_ignoring_case(object.object_class, "inetOrgPerson");
}

attribute_judge::attribute_judge(words::name_context const& names) : names_(names) {
    if (names.exported != nullptr)
        for (auto const& object : names.exported->entries())
            know(object);
}

void attribute_judge::know(directory::entry const& object) {
    object.for_each(directory::attribute::ms_ds_key_credential_link, [&](std::string_view value) {
        if (auto const linked = key_of(value); linked && linked->key.material)
            key_owners_.emplace(linked->key.expected_key_id, key_owner{std::string(object.dn), true});
    });
    if (object.is_a("msDS-DeviceContainer"))
        device_container_ = object.dn;
    if (!object.is_a("msDS-Device"))
        return;
    // The identifier is an attribute, and as a rule the name too.
    if (auto const octets = object.first(directory::attribute::ms_ds_device_id))
        if (auto const id = sddl::read_guid(std::as_bytes(std::span(*octets))))
            devices_.insert(*id);
    auto const name = ldif::first_rdn_text(object.dn);
    if (auto const id = sddl::parse_guid(name.substr(name.find('=') + 1)))
        devices_.insert(*id);
}

// ---- members

void attribute_judge::member(written_values const& written, finding_list const& findings) {
    if (written.object.is_privileged_group) {
        findings.add("privileged-member",
                     fmt::format("{} of a privileged group{}",
                                 counted(written.values.size(), "new member", "new members"),
                                 written.object.by_name ? ", by its name" : ""),
                     all_seen(written));
        return;
    }
    if (authority_ == nullptr || written.object.exported == nullptr)
        return;
    auto const& rights = authority_->of(*written.object.exported);
    if (rights.empty())
        return;
    constexpr std::size_t at_most = 5;
    std::vector<evidence> seen = all_seen(written);
    for (auto const& each : rights)
        if (seen.size() < written.values.size() + at_most)
            seen.push_back({std::string(each.on->dn), "nTSecurityDescriptor", each.ace});
    findings.add(
        "takeover-member",
        fmt::format("{}: {} on {}{}", counted(written.values.size(), "new member", "new members"),
                    rights.front().right, rights.front().on->dn,
                    rights.size() == 1
                        ? ""
                        : fmt::format(", and {}", counted(rights.size() - 1, "more right", "more rights"))),
        std::move(seen));
}

// ---- keys

std::string attribute_judge::why_privileged(changed_object const& object) const {
    if (authority_ != nullptr && object.exported != nullptr)
        return authority_->why_privileged(*object.exported);
    if (object.is_domain_controller && object.exported == nullptr)
        return "a domain controller, by its place";
    return object.is_administrator && object.exported == nullptr ? "by its name" : std::string();
}

void attribute_judge::device(sddl::guid const& id, evidence const& seen, finding_list const& findings) const {
    if (devices_.contains(id))
        return;
    if (!devices_.empty())
        findings.add("key-device-unknown", fmt::format("device {} is none of the devices of the base", id),
                     {seen});
    else if (!device_container_.empty())
        findings.add("key-device-unknown",
                     fmt::format("device {}: the base has {}, and no device in it; the export may have left "
                                 "them out",
                                 id, device_container_),
                     {seen});
}

void attribute_judge::key_origin(written_values const& written, directory::key_credential const& key,
                                 evidence const& seen, finding_list const& findings) const {
    bool const of_user = is_user(written.object).value_or(false);
    if (key.source == std::uint8_t{0} && of_user)
        findings.add("key-source", "the source of the key is Active Directory, and the object is a user",
                     {seen});
    if (!key.device || *key.device == sddl::guid{})
        findings.add("key-device", "the key names no device", {seen});
    else if (of_user)
        device(*key.device, seen, findings);
}

void attribute_judge::key(written_values const& written, std::string const& value,
                          finding_list const& findings) {
    auto const linked = key_of(value);
    if (!linked)
        return; // told as a value that cannot be read
    auto const& key = linked->key;
    auto const add = [&](std::string_view rule, std::string text) {
        findings.add(rule, std::move(text), {seen(written, value)});
    };
    if (key.key_id && key.material && *key.key_id != key.expected_key_id)
        add("key-mismatch", "the KeyID is not the SHA-256 of the key");
    if (key.key_hash && *key.key_hash != key.expected_key_hash)
        add("key-mismatch", "the KeyHash is not the SHA-256 of what follows it");
    if (auto const missing = directory::missing_entries(key); !missing.empty())
        add("key-mismatch", fmt::format("the value lacks {}", missing.front()));
    if (ldif::normalize(linked->owner) != ldif::normalize(written.object.dn))
        add("key-owner", fmt::format("the value names {}", linked->owner));
    key_origin(written, key, seen(written, value), findings);
    if (!key.material)
        return;
    auto const material = directory::read_public_key(*key.material);
    if (material.bits() != 0 && material.bits() < 2048)
        add("key-weak", fmt::format("the key has {} bit", material.bits()));
    if (directory::has_roca_fingerprint(material.modulus))
        add("key-weak", "the key bears the mark of CVE-2017-15361");
    auto const [known, is_new] =
        key_owners_.emplace(key.expected_key_id, key_owner{std::string(written.object.dn), false});
    auto const& owner = known->second;
    // Written again on the account that has it, it is the same key.
    if (!is_new && !(owner.is_of_base && ldif::normalize(owner.dn) == ldif::normalize(written.object.dn)))
        add("key-duplicate", fmt::format("{} has the same key", owner.dn));
}

void attribute_judge::keys(written_values const& written, finding_list const& findings) {
    findings.add("key-added", counted(written.values.size(), "key", "keys"), all_seen(written));
    if (auto const why = why_privileged(written.object); !why.empty())
        findings.add("key-on-privileged", why, all_seen(written));
    for (auto const& value : written.values)
        key(written, value, findings);
}

void attribute_judge::judge(written_values const& written, finding_list const& findings) {
    if (written.values.empty())
        return;
    auto const is = [&](std::string_view name) {
        return equal_ignoring_case(written.attribute, name);
    };
    if (is("member"))
        member(written, findings);
    else if (is("userAccountControl"))
        judge_account_control(written, findings);
    else if (is("searchFlags"))
        judge_search_flags(written, findings);
    else if (is("systemFlags"))
        judge_system_flags(written, findings);
    else if (is("servicePrincipalName"))
        judge_service_names(written, findings);
    else if (is("sIDHistory"))
        judge_sid_history(written, names_, findings);
    else if (is("msDS-AllowedToDelegateTo"))
        findings.add("constrained-delegation",
                     fmt::format("towards {}", counted(written.values.size(), "service", "services")),
                     all_seen(written));
    else if (is("msDS-KeyCredentialLink"))
        keys(written, findings);
    else if (is_secret_of_account(written.attribute))
        findings.add("password-set", fmt::format("{} is written", written.attribute),
                     {seen(written, "(not shown)")});
}

} // namespace dsplan::review
