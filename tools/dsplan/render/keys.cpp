#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/render/keys.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;
using directory::key_form;
using directory::surveyed_key;

std::string hexadecimal(std::string_view octets) {
    std::string text;
    for (char const octet : octets)
        text += fmt::format("{:02x}", static_cast<unsigned char>(octet));
    return text;
}

std::string_view form_name(key_form form) {
    switch (form) {
    case key_form::rsa_blob:
        return "RSA";
    case key_form::rsa_der:
        return "RSA (DER)";
    case key_form::tpm_blob:
        return "TPM";
    case key_form::fido:
        return "FIDO";
    case key_form::unknown:
        return "unknown form";
    }
    return "";
}

std::string material_text(directory::public_key const& material) {
    std::string text(form_name(material.form));
    if (material.bits() != 0)
        text += fmt::format(" {} bits", material.bits());
    if (!material.name.empty())
        text += fmt::format(" '{}'", material.name);
    return text;
}

std::string key_text(surveyed_key const& shown) {
    auto const& key = shown.link->key;
    auto text = fmt::format("{}, {}, source {}", directory::usage_text(key), material_text(shown.material),
                            directory::source_text(key));
    if (key.created)
        text += ", created " + directory::time_text(key, *key.created);
    if (key.last_logon)
        text += ", last logon " + directory::time_text(key, *key.last_logon);
    if (key.device)
        text += fmt::format(", device {}", *key.device);
    return text;
}

json optional_time(directory::key_credential const& key, std::optional<std::int64_t> const& time) {
    return time ? json(directory::time_text(key, *time)) : json(nullptr);
}

json key_json(surveyed_key const& shown) {
    auto faults = json::array();
    for (directory::key_fault const& fault : shown.faults)
        faults.push_back({{"rule", fault.rule}, {"text", fault.text}});
    auto const account = directory::identity_of(*shown.account);
    json made = {{"name", account.name},           {"sid", text_or_null_json(account.sid)},
                 {"dn", shown.account->dn},        {"class", shown.account->structural_class()},
                 {"unreadable", shown.unreadable}, {"findings", std::move(faults)}};
    if (!shown.link)
        return made;
    auto const& key = shown.link->key;
    made["owner"] = shown.link->owner;
    made["key_id"] = hexadecimal(key.key_id.value_or(""));
    made["computed_key_id"] = hexadecimal(key.expected_key_id);
    made["usage"] = directory::usage_text(key);
    made["source"] = directory::source_text(key);
    made["form"] = form_name(shown.material.form);
    made["bits"] = shown.material.bits();
    made["device"] = key.device ? json(fmt::format("{}", *key.device)) : json(nullptr);
    made["created"] = optional_time(key, key.created);
    made["last_logon"] = optional_time(key, key.last_logon);
    return made;
}

std::size_t count_of_findings(directory::key_survey const& survey) {
    std::size_t count = 0;
    for (surveyed_key const& key : survey.keys)
        count += key.faults.size();
    return count;
}

// An export without the attribute looks like a directory without keys.
std::string nothing_text(directory::key_survey const& survey) {
    return fmt::format(
        "No msDS-KeyCredentialLink on {} of the export. An export that left the attribute out looks "
        "the same; this one holds it:\n"
        "  ldifde -f keys.ldf -h -d \"DC=contoso,DC=com\" -r \"(msDS-KeyCredentialLink=*)\" -l "
        "objectClass,objectSid,sAMAccountName,userAccountControl,adminCount,msDS-KeyCredentialLink\n",
        counted(survey.accounts, "account", "accounts"));
}

} // namespace

std::string keys_text(directory::key_survey const& survey) {
    if (survey.keys.empty())
        return nothing_text(survey);
    std::string text;
    directory::entry const* before = nullptr;
    std::size_t accounts = 0;
    for (surveyed_key const& key : survey.keys) {
        if (key.account != before) {
            text += fmt::format("{}  {}\n", printable(key.account->dn),
                                printable(key.account->structural_class()));
            before = key.account;
            ++accounts;
        }
        if (key.link)
            text += fmt::format("  key {}\n    {}\n", hexadecimal(key.link->key.expected_key_id),
                                printable(key_text(key)));
        else
            text += "  a value that is no key\n";
        for (directory::key_fault const& fault : key.faults)
            text += fmt::format("    ✗ {}: {}\n", fault.rule, printable(fault.text));
    }
    if (!survey.knows_devices)
        text += "Not known: whether the devices exist; the export holds no msDS-Device.\n";
    return text + fmt::format("{} on {}; {}. No directory was contacted.\n",
                              counted(survey.keys.size(), "key", "keys"),
                              counted(accounts, "account", "accounts"),
                              counted(count_of_findings(survey), "finding", "findings"));
}

std::string keys_json(directory::key_survey const& survey) {
    auto keys = json::array();
    for (surveyed_key const& key : survey.keys)
        keys.push_back(key_json(key));
    json const made = {{"format", "dsplan.keys"},
                       {"version", 1},
                       {"accounts", survey.accounts},
                       {"knows_devices", survey.knows_devices},
                       {"keys", std::move(keys)}};
    return made.dump(2, ' ', true, json::error_handler_t::replace) + "\n";
}

} // namespace dsplan::render
