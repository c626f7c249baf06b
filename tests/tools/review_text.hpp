#pragma once
#include <ldif/base64.hpp>
#include <ldif/name_with_data.hpp>

#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <tests/tools/key_credential_value.hpp>
#include <tests/tools/sddl_export.hpp>

/// Turns the readable form of LDIF in testdata/review into LDIF, as the README there says.

inline std::string octets_line(std::string_view attribute, std::string const& octets) {
    return std::string(attribute) + ":: " + dsplan::ldif::encode_base64(octets) + "\n";
}

/// "bits=1024 device=none owner=CN=Ruth,…"; a device is none or a GUID
inline std::string key_value(std::string text) {
    std::map<std::string, std::string, std::less<>> options;
    auto const owner = text.find("owner=");
    options["owner"] = text.substr(owner + 6);
    std::istringstream words(text.substr(0, owner));
    for (std::string word; words >> word;)
        options[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
    auto const option = [&options](std::string_view name, std::string otherwise) {
        auto const found = options.find(name);
        return found == options.end() ? otherwise : found->second;
    };
    auto modulus = test_modulus(std::stoul(option("bits", "2048")));
    modulus[1] = static_cast<char>(std::stoi(option("seed", "1")));
    key_plan plan{.material = rsa_blob(modulus)};
    plan.source = static_cast<std::uint8_t>(std::stoi(option("source", "1")));
    if (auto const device = option("device", ""); device == "none") {
        plan.device = std::string(16, '\0');
    } else if (!device.empty()) {
        auto const octets = dsplan::sddl::parse_guid(device).value().octets;
        plan.device.assign(reinterpret_cast<char const*>(octets.data()), octets.size());
    }
    auto blob = key_blob(plan);
    if (option("fault", "") == "hash")
        blob[4 + 3 + 32 + 3] = static_cast<char>(blob[4 + 3 + 32 + 3] ^ 1);
    using dsplan::ldif::name_with_data;
    return dsplan::ldif::to_string({name_with_data::kind::binary, std::move(blob), option("owner", "")});
}

inline std::string to_ldif_line(std::string const& line) {
    auto const colon = line.find(": ");
    auto const name = line.substr(0, colon);
    auto const value = colon == std::string::npos ? std::string() : line.substr(colon + 2);
    if (name == "nTSecurityDescriptor" || name == "msDS-GroupMSAMembership" ||
        name == "msDS-AllowedToActOnBehalfOfOtherIdentity") {
        auto const made = descriptor_line(value);
        return name + made.substr(made.find(':'));
    }
    if (name == "objectSid" || name == "sIDHistory") {
        auto const made = sid_line(value);
        return name + made.substr(made.find(':'));
    }
    if (value.starts_with("@key "))
        return name + ": " + key_value(value.substr(5)) + "\n";
    return line + "\n";
}

inline std::string to_ldif(std::string const& text) {
    std::istringstream lines(text);
    std::string made;
    for (std::string line; std::getline(lines, line);)
        made += to_ldif_line(line);
    return made;
}
