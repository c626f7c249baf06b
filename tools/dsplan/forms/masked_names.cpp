#include <ldif/distinguished_name.hpp>
#include <ldif/folded_text.hpp>
#include <tools/dsplan/forms/masked_names.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/keyed_hash.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

namespace dsplan {
namespace {

// Names that every forest has, whole. MS-ADTS 6.1.1, Active Directory security
// groups
constexpr std::string_view names_of_every_domain[] = {"Users",
                                                      "Computers",
                                                      "Builtin",
                                                      "System",
                                                      "Domain Controllers",
                                                      "ForeignSecurityPrincipals",
                                                      "Configuration",
                                                      "Schema",
                                                      "Services",
                                                      "Sites",
                                                      "Partitions",
                                                      "Extended-Rights",
                                                      "WellKnown Security Principals",
                                                      "Windows NT",
                                                      "Directory Service",
                                                      "AdminSDHolder",
                                                      "DomainUpdates",
                                                      "ForestUpdates",
                                                      "ActiveDirectoryUpdate",
                                                      "Operations",
                                                      "Program Data",
                                                      "Managed Service Accounts",
                                                      "Keys",
                                                      "NTDS Quotas",
                                                      "Infrastructure",
                                                      "LostAndFound",
                                                      "Deleted Objects",
                                                      "TPM Devices",
                                                      "Policies",
                                                      "Machine",
                                                      "User",
                                                      "Public Key Services",
                                                      "Certificate Templates",
                                                      "Enrollment Services",
                                                      "NTAuthCertificates",
                                                      "Password Settings Container",
                                                      "RID Manager$",
                                                      "Default-First-Site-Name",
                                                      "Servers",
                                                      "NTDS Settings",
                                                      "DisplaySpecifiers",
                                                      "Aggregate",
                                                      "Enterprise Configuration",
                                                      "Enterprise Schema",
                                                      "Administrators",
                                                      "Guests",
                                                      "Account Operators",
                                                      "Server Operators",
                                                      "Print Operators",
                                                      "Backup Operators",
                                                      "Replicator",
                                                      "Domain Admins",
                                                      "Enterprise Admins",
                                                      "Schema Admins",
                                                      "Domain Users",
                                                      "Domain Computers",
                                                      "Domain Guests",
                                                      "Cert Publishers",
                                                      "Group Policy Creator Owners",
                                                      "RAS and IAS Servers",
                                                      "Read-only Domain Controllers",
                                                      "Enterprise Read-only Domain Controllers",
                                                      "Cloneable Domain Controllers",
                                                      "Protected Users",
                                                      "Key Admins",
                                                      "Enterprise Key Admins",
                                                      "KeyCredential Admins",
                                                      "Allowed RODC Password Replication Group",
                                                      "Denied RODC Password Replication Group",
                                                      "DnsAdmins",
                                                      "DnsUpdateProxy",
                                                      "Pre-Windows 2000 Compatible Access",
                                                      "Incoming Forest Trust Builders",
                                                      "Windows Authorization Access Group",
                                                      "Terminal Server License Servers",
                                                      "Distributed COM Users",
                                                      "Performance Monitor Users",
                                                      "Performance Log Users",
                                                      "Network Configuration Operators",
                                                      "Cryptographic Operators",
                                                      "Event Log Readers",
                                                      "Certificate Service DCOM Access",
                                                      "IIS_IUSRS",
                                                      "Remote Desktop Users",
                                                      "Remote Management Users",
                                                      "Hyper-V Administrators",
                                                      "Access Control Assistance Operators",
                                                      "Storage Replica Administrators",
                                                      "RDS Remote Access Servers",
                                                      "RDS Endpoint Servers",
                                                      "RDS Management Servers",
                                                      "Administrator",
                                                      "Guest",
                                                      "krbtgt",
                                                      "DefaultAccount",
                                                      "{31B2F340-016D-11D2-945F-00C04FB984F9}",
                                                      "{6AC1786C-016F-11D2-945F-00C04FB984F9}"};

bool is_of_every_domain(std::string_view text) {
    return std::any_of(std::begin(names_of_every_domain), std::end(names_of_every_domain),
                       [text](auto name) { return equal_ignoring_case(name, text); });
}

bool is_word_octet(char c) {
    return (c & 0x80) != 0 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// How many octets at the front say what Entra Connect made: the accounts "MSOL_…" and "AAD_…", and what the
// name of their host follows in the description.
std::size_t size_of_product_words(std::string_view text) {
    for (std::string_view const words : {"MSOL_", "AAD_", "on computer "})
        if (equal_ignoring_case(text.substr(0, words.size()), words))
            return words.size();
    return 0;
}

// Ten letters that stand for fifty bits.
std::string letters_of(std::string_view octets) {
    constexpr std::string_view alphabet = "abcdefghijkmnopqrstuvwxyz2345678";
    std::string made;
    std::uint64_t bits = 0;
    for (char const octet : octets)
        bits = (bits << 8U) | static_cast<unsigned char>(octet);
    made += alphabet[bits % 25]; // a letter in front, so that it is no number
    bits /= 25;
    for (int i = 0; i < 9; ++i, bits >>= 5U)
        made += alphabet[bits & 31U];
    return made;
}

// Objects of the schema and the rights: the names of their classes are those of
// the product.
bool is_container_of_schema(ldif::relative_distinguished_name const& rdn) {
    return rdn.size() == 1 && (equal_ignoring_case(rdn.front().value, "Schema") ||
                               equal_ignoring_case(rdn.front().value, "Extended-Rights"));
}

} // namespace

std::string masked_names::octets(std::string_view original, std::size_t size) const {
    return keyed_octets(key_, original, size);
}

std::string masked_names::octets(std::string_view original) const {
    return octets(original, original.size());
}

std::string masked_names::word(std::string_view original) const {
    std::string folded;
    if (utf8::is_valid(original.begin(), original.end()))
        folded = ldif::folded_text(original);
    else
        folded = original;
    auto const [known, is_new] = words_.try_emplace(folded);
    if (is_new)
        known->second = letters_of(octets(folded, 8));
    return known->second;
}

std::string masked_names::text(std::string_view original) const {
    if (is_of_every_domain(original))
        return std::string(original);
    if (auto const sid = sddl::parse_sid(original))
        return fmt::format("{}", account(*sid));
    std::string made;
    while (!original.empty()) {
        if (auto const kept = size_of_product_words(original); kept != 0) {
            made += original.substr(0, kept);
            original.remove_prefix(kept);
            continue;
        }
        auto const* const end = std::find_if_not(original.begin(), original.end(), is_word_octet);
        auto const size = static_cast<std::size_t>(end - original.begin());
        if (size == 0)
            made += original.front();
        else
            made += word(original.substr(0, size));
        original.remove_prefix(std::max<std::size_t>(1, size));
    }
    return made;
}

std::string masked_names::name(std::string_view dn) const {
    auto parsed = ldif::parse_distinguished_name(dn);
    if (!parsed)
        return text(dn);
    auto const schema = std::find_if(parsed->rdns.begin(), parsed->rdns.end(), is_container_of_schema);
    auto const first = schema == parsed->rdns.end() ? parsed->rdns.begin() : schema;
    for (auto rdn = first; rdn != parsed->rdns.end(); ++rdn)
        for (auto& part : *rdn)
            part.value = text(part.value);
    return ldif::to_string(*parsed);
}

sddl::sid masked_names::account(sddl::sid const& original) const {
    bool const is_of_domain =
        original.identifier_authority == std::array<std::uint8_t, 6>{0, 0, 0, 0, 0, 5} &&
        original.sub_authority_count >= 4 && original.sub_authorities[0] == 21;
    bool const is_of_cloud =
        original.identifier_authority == std::array<std::uint8_t, 6>{0, 0, 0, 0, 0, 12} &&
        original.sub_authority_count >= 5;
    if (!is_of_domain && !is_of_cloud)
        return original;
    std::size_t const count = is_of_domain ? 3 : 4;
    std::string seed;
    for (std::size_t i = 1; i <= count; ++i)
        seed += std::to_string(original.sub_authorities[i]) + '-';
    if (seed == "0-0-0-")
        return original; // "claims valid" and its kin
    auto const made = octets("sid:" + seed, count * 4);
    auto masked = original;
    for (std::size_t i = 0; i < count; ++i)
        masked.sub_authorities[i + 1] = sddl::u32_at(std::as_bytes(std::span(made)), i * 4);
    return masked;
}

} // namespace dsplan
