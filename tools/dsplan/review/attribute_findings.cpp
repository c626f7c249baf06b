#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/public_key.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/attribute_findings.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/value_rules.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::review {
namespace {

evidence seen_value(value_change const& written, std::string_view value) {
    constexpr std::size_t at_most = 200;
    return {std::string(written.object.dn), std::string(written.attribute),
            value.size() > at_most ? fmt::format("{}…", value.substr(0, at_most)) : std::string(value)};
}

std::vector<evidence> all_seen(value_change const& written) {
    std::vector<evidence> all;
    for (auto const& value : written.values)
        all.push_back(seen_value(written, value));
    return all;
}

// ---- one function for each attribute that matters

void judge_search_flags(value_change const& written, finding_list const& findings) {
    constexpr std::uint32_t confidential = 0x80;
    auto const before = written.before.empty() ? 0 : bits_of(written.before.front()).value_or(0);
    if (written.removes_all() && (before & confidential) != 0)
        findings.add("confidential-flag", "the base has the bit 0x80, and the change removes searchFlags",
                     {seen_value(written, {})});
    for (auto const& value : written.values)
        if ((before & confidential) != 0 && (bits_of(value).value_or(confidential) & confidential) == 0)
            findings.add("confidential-flag", "the base has the bit 0x80, the change clears it",
                         {seen_value(written, value)});
}

void judge_system_flags(value_change const& written, finding_list const& findings) {
    constexpr std::uint32_t disallow_delete = 0x80000000;
    auto const before = written.before.empty() ? 0 : bits_of(written.before.front()).value_or(0);
    if (written.removes_all() && (before & disallow_delete) != 0)
        findings.add("deletion-protection", "systemFlags, which forbid deletion, are removed",
                     {seen_value(written, {})});
    for (auto const& value : written.values)
        if ((before & disallow_delete) != 0 &&
            (bits_of(value).value_or(disallow_delete) & disallow_delete) == 0)
            findings.add("deletion-protection", "the bit of systemFlags that forbids deletion is cleared",
                         {seen_value(written, value)});
}

void judge_service_names(value_change const& written, finding_list const& findings) {
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

void judge_sid_history(value_change const& written, words::name_context const& names,
                       finding_list const& findings) {
    std::vector<evidence> sids;
    for (auto const& value : written.values)
        sids.push_back(seen_value(written, read_value("sIDHistory", value, names).words.text));
    findings.add("sid-history", "the account also counts as another one", std::move(sids));
}

} // namespace

std::optional<bool> is_user(changed_object const& object) {
    if (object.object_class.empty())
        return std::nullopt;
    return equal_ignoring_case(object.object_class, "user") ||
           equal_ignoring_case(object.object_class, "inetOrgPerson");
}

attribute_judge::attribute_judge(words::name_context const& names) : names_(names), members_(names) {
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

void attribute_judge::key_origin(value_change const& written, directory::key_credential const& key,
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

void attribute_judge::key(value_change const& written, std::string const& value,
                          finding_list const& findings) {
    auto const linked = key_of(value);
    if (!linked)
        return; // told as a value that cannot be read
    auto const& key = linked->key;
    auto const add = [&](rule_name rule, std::string text) {
        findings.add(rule, std::move(text), {seen_value(written, value)});
    };
    if (key.key_id && key.material && *key.key_id != key.expected_key_id)
        add("key-mismatch", "the KeyID is not the SHA-256 of the key");
    if (key.key_hash && *key.key_hash != key.expected_key_hash)
        add("key-mismatch", "the KeyHash is not the SHA-256 of what follows it");
    if (auto const missing = directory::missing_entries(key); !missing.empty())
        add("key-mismatch", fmt::format("the value lacks {}", missing.front()));
    if (ldif::normalize(linked->owner) != ldif::normalize(written.object.dn))
        add("key-owner", fmt::format("the value names {}", linked->owner));
    key_origin(written, key, seen_value(written, value), findings);
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

void attribute_judge::keys(value_change const& written, finding_list const& findings) {
    findings.add("key-added", counted(written.values.size(), "key", "keys"), all_seen(written));
    if (auto const why = why_privileged(written.object); !why.empty())
        findings.add("key-on-privileged", why, all_seen(written));
    for (auto const& value : written.values)
        key(written, value, findings);
}

void attribute_judge::judge(value_change change, finding_list const& findings) {
    auto const is = [&](std::string_view name) {
        return equal_ignoring_case(change.attribute, name);
    };
    change.names = &names_;
    change.is_privileged = !why_privileged(change.object).empty();
    judge_values(change, findings);
    if (is("member"))
        members_.judge(change, findings);
    if (is("searchFlags"))
        judge_search_flags(change, findings);
    else if (is("systemFlags"))
        judge_system_flags(change, findings);
    if (change.values.empty() || change.removes)
        return;
    if (is("servicePrincipalName"))
        judge_service_names(change, findings);
    else if (is("sIDHistory"))
        judge_sid_history(change, names_, findings);
    else if (is("msDS-KeyCredentialLink"))
        keys(change, findings);
}

} // namespace dsplan::review
