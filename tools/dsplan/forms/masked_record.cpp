#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <sddl/condition.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/forms/masked_key.hpp>
#include <tools/dsplan/forms/masked_record.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace dsplan {
namespace {

template <std::size_t Size>
bool is_one_of(std::string_view name, std::array<std::string_view, Size> const& names) {
    return std::any_of(names.begin(), names.end(),
                       [name](auto each) { return equal_ignoring_case(name, each); });
}

// What the schema and the product say, not the people.
constexpr std::array<std::string_view, 31> of_the_product{"objectClass",
                                                          "structuralObjectClass",
                                                          "operatingSystem",
                                                          "operatingSystemVersion",
                                                          "lDAPDisplayName",
                                                          "attributeID",
                                                          "governsID",
                                                          "attributeSyntax",
                                                          "mayContain",
                                                          "mustContain",
                                                          "systemMayContain",
                                                          "systemMustContain",
                                                          "subClassOf",
                                                          "auxiliaryClass",
                                                          "systemAuxiliaryClass",
                                                          "possSuperiors",
                                                          "systemPossSuperiors",
                                                          "rDNAttID",
                                                          "schemaIDGUID",
                                                          "attributeSecurityGUID",
                                                          "rightsGuid",
                                                          "appliesTo",
                                                          "validAccesses",
                                                          "linkID",
                                                          "oMSyntax",
                                                          "oMObjectClass",
                                                          "isSingleValued",
                                                          "supportedControl",
                                                          "operatingSystemServicePack",
                                                          "dSHeuristics",
                                                          "objectClassCategory"};

// Numbers that name people and things; every other number says how something is
// set.
constexpr std::array<std::string_view, 24> of_people{"cn",
                                                     "name",
                                                     "displayName",
                                                     "sAMAccountName",
                                                     "ou",
                                                     "uid",
                                                     "uidNumber",
                                                     "gidNumber",
                                                     "employeeID",
                                                     "employeeNumber",
                                                     "telephoneNumber",
                                                     "mobile",
                                                     "homePhone",
                                                     "pager",
                                                     "ipPhone",
                                                     "postalCode",
                                                     "facsimileTelephoneNumber",
                                                     "serialNumber",
                                                     "roomNumber",
                                                     "departmentNumber",
                                                     "description",
                                                     "info",
                                                     "comment",
                                                     "title"};

// Beside those that no client reads.
constexpr std::array<std::string_view, 7> of_secrets{"userPassword",
                                                     "ms-Mcs-AdmPwd",
                                                     "msLAPS-Password",
                                                     "msLAPS-EncryptedPassword",
                                                     "msDS-ManagedPassword",
                                                     "msFVE-RecoveryPassword",
                                                     "msLAPS-PasswordExpirationTime"};

constexpr std::array<std::string_view, 4> of_descriptors{"nTSecurityDescriptor",
                                                         "msDS-AllowedToActOnBehalfOfOtherIdentity",
                                                         "msDS-GroupMSAMembership", "fRSRootSecurity"};

std::string to_text(std::span<std::byte const> octets) {
    return {reinterpret_cast<char const*>(octets.data()), octets.size()};
}

sddl::byte_string to_octets(std::string_view text) {
    auto const octets = std::as_bytes(std::span(text));
    return {octets.begin(), octets.end()};
}

// ---- descriptors

class descriptor_mask {
public:
    explicit descriptor_mask(masked_names const& names) : names_(names) {}

    std::string run(sddl::security_descriptor value) const {
        for (auto* const account : {&value.owner, &value.group})
            if (*account)
                **account = names_.account(**account);
        for (auto* const list : {&value.dacl, &value.sacl})
            if (*list)
                mask(**list);
        for (auto& gap : value.read_from.gaps)
            clear(gap.octets);
        return to_text(sddl::write_self_relative(value));
    }

private:
    static void clear(sddl::byte_string& octets) { std::fill(octets.begin(), octets.end(), std::byte{0}); }

    void mask(sddl::acl& list) const {
        clear(list.slack);
        for (auto& each : list.aces)
            mask(each);
    }

    void mask(sddl::ace& value) const {
        value.trustee = names_.account(value.trustee);
        if (sddl::has_condition(value)) {
            if (auto read = sddl::decode_condition(value.data))
                value.data = sddl::encode_condition(masked(*std::move(read)));
            else
                clear(value.data);
        } else if (sddl::is_claim(value.type)) {
            if (auto read = sddl::decode_claim(value.data))
                value.data = sddl::encode_claim(masked(*std::move(read)));
            else
                clear(value.data);
        } else {
            clear(value.data);
        }
    }

    [[nodiscard]] std::u16string masked(std::u16string const& text) const {
        std::string narrow;
        try {
            utf8::utf16to8(text.begin(), text.end(), std::back_inserter(narrow));
        } catch (utf8::exception const&) {
            narrow = "?"; // half of a surrogate pair
        }
        auto const made = names_.text(narrow);
        return utf8::utf8to16(made);
    }

    void mask_in_place(std::u16string& text) const { text = masked(text); }
    void mask_in_place(sddl::sid& account) const { account = names_.account(account); }
    void mask_in_place(sddl::byte_string& octets) const {
        octets = to_octets(names_.octets(to_text(octets)));
    }
    void mask_in_place(sddl::condition_attribute& attribute) const { mask_in_place(attribute.name); }
    void mask_in_place(sddl::condition_list& list) const {
        for (auto& element : list.elements)
            std::visit([this](auto& each) { mask_in_place(each); }, element);
    }
    template <class Other>
    void mask_in_place(Other&) const {}

    sddl::condition masked(sddl::condition value) const {
        for (auto& token : value.postfix)
            std::visit([this](auto& each) { mask_in_place(each); }, token);
        return value;
    }

    sddl::resource_claim masked(sddl::resource_claim value) const {
        mask_in_place(value.name);
        for (auto& each : value.values)
            std::visit([this](auto& it) { mask_in_place(it); }, each);
        return value;
    }

    masked_names const& names_;
};

// SDDL as some exports have it: its SIDs and the text of its conditions.
std::string masked_sddl(std::string_view value, masked_names const& names) {
    std::string made;
    while (!value.empty()) {
        auto const size = value.starts_with("S-1-")
                              ? std::min(value.find_first_not_of("S0123456789-"), value.size())
                          : value.starts_with('"') ? std::min(value.find('"', 1), value.size() - 1) + 1
                                                   : 1;
        auto const part = value.substr(0, size);
        made += size == 1 ? std::string(part) : names.text(part);
        value.remove_prefix(size);
    }
    return made;
}

// ---- values

bool is_integer(std::string_view value) {
    value.remove_prefix(value.starts_with('-') ? 1 : 0);
    return !value.empty() &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A moment in hundreds of nanoseconds since 1601; the largest number means
// never.
bool is_filetime(std::string_view value) {
    return value.size() >= 17 && value.size() <= 18 && value.front() != '-';
}

bool is_generalized_time(std::string_view value) {
    return value.size() > 14 && value.ends_with('Z') && is_integer(value.substr(0, 14)) &&
           value.find_first_not_of("0123456789.Z") == std::string_view::npos;
}

constexpr std::string_view some_filetime = "132223104000000000"; // the first day of 2020
constexpr std::string_view some_time = "20200101000000.0Z";

std::string masked_name_with_data(std::string_view attribute, std::string_view value,
                                  masked_names const& names) {
    auto read = ldif::parse_name_with_data(value);
    if (!read)
        return names.text(value);
    if (equal_ignoring_case(attribute, "msDS-KeyCredentialLink"))
        read->data = masked_key_credential(read->data, names);
    else if (!equal_ignoring_case(attribute, "wellKnownObjects") &&
             !equal_ignoring_case(attribute, "otherWellKnownObjects"))
        read->data = read->type == ldif::name_with_data::kind::binary ? names.octets(read->data)
                                                                      : names.text(read->data);
    read->dn = names.name(read->dn);
    return ldif::to_string(*read);
}

// "[LDAP://cn={…},cn=policies,cn=system,DC=contoso,DC=com;0]…"
std::string masked_policy_links(std::string_view value, masked_names const& names) {
    std::string made;
    while (!value.empty()) {
        auto const begin = value.find("://");
        auto const end = value.find(';', begin == std::string_view::npos ? 0 : begin);
        if (begin == std::string_view::npos || end == std::string_view::npos)
            return made + std::string(value.find_first_not_of("]0123456789; ") == std::string_view::npos
                                          ? std::string(value)
                                          : names.text(value));
        made.append(value.substr(0, begin + 3)).append(names.name(value.substr(begin + 3, end - begin - 3)));
        auto const next = std::min(value.find('[', end), value.size());
        made.append(value.substr(end, next - end));
        value.remove_prefix(next);
    }
    return made;
}

// "HOST/dc1.contoso.com": the class of a service is the product's.
std::string masked_service(std::string_view value, masked_names const& names) {
    auto const slash = std::min(value.find('/'), value.size());
    constexpr std::array<std::string_view, 14> classes{"HOST",
                                                       "RestrictedKrbHost",
                                                       "cifs",
                                                       "ldap",
                                                       "http",
                                                       "GC",
                                                       "MSSQLSvc",
                                                       "WSMAN",
                                                       "TERMSRV",
                                                       "RPC",
                                                       "DNS",
                                                       "kadmin",
                                                       "E3514235-4B06-11D1-AB04-00C04FC2DCD2",
                                                       "Dfsr-12F9A27C-BF97-4787-9364-D31B6C55EB04"};
    if (!is_one_of(value.substr(0, slash), classes))
        return names.text(value);
    return std::string(value.substr(0, slash)) + names.text(value.substr(slash));
}

std::optional<std::string> masked_binary(std::string_view attribute, std::string_view value,
                                         masked_names const& names) {
    auto const octets = std::as_bytes(std::span(value));
    if (is_one_of(attribute, of_descriptors)) {
        if (value.size() > 1 && value[1] == ':')
            return masked_sddl(value, names);
        if (auto read = sddl::read_self_relative(octets))
            return descriptor_mask(names).run(*std::move(read));
        return names.octets(value);
    }
    if (auto const sid = sddl::read_sid(octets);
        sid && sddl::size_of(*sid) == value.size() && value.size() >= 12) {
        sddl::byte_string made;
        sddl::append(made, names.account(*sid));
        return to_text(made);
    }
    bool const is_text =
        utf8::is_valid(value.begin(), value.end()) && value.find('\0') == std::string_view::npos;
    return is_text ? std::nullopt : std::optional(names.octets(value));
}

std::string masked_number(std::string_view attribute, std::string_view value, masked_names const& names) {
    if (is_one_of(attribute, of_people))
        return names.text(value);
    if (is_filetime(value))
        return std::string(some_filetime);
    return equal_ignoring_case(attribute.substr(0, 3), "uSN") ? "1" : std::string(value);
}

} // namespace

std::string masked_value(std::string_view description, std::string_view value, masked_names const& names) {
    auto const attribute = ldif::attribute_name(description);
    if (value.empty() || is_one_of(attribute, of_the_product))
        return std::string(value);
    if (ldif::is_never_read(attribute) || is_one_of(attribute, of_secrets))
        return names.octets(value, 16);
    if (auto binary = masked_binary(attribute, value, names))
        return *std::move(binary);
    if (value == "TRUE" || value == "FALSE")
        return std::string(value);
    if (is_integer(value))
        return masked_number(attribute, value, names);
    if (is_generalized_time(value))
        return std::string(some_time);
    if (equal_ignoring_case(attribute, "defaultSecurityDescriptor"))
        return masked_sddl(value, names);
    if (equal_ignoring_case(attribute, "gPLink"))
        return masked_policy_links(value, names);
    if (equal_ignoring_case(attribute, "servicePrincipalName"))
        return masked_service(value, names);
    if (ldif::looks_like_name_with_data(value))
        return masked_name_with_data(attribute, value, names);
    bool const is_name =
        ldif::rules_of(attribute).is_name_valued ||
        (value.find("DC=") != std::string_view::npos && ldif::check_distinguished_name(value));
    return is_name ? names.name(value) : names.text(value);
}

ldif::record masked_record(ldif::record const& original, masked_names const& names) {
    auto made = original;
    made.dn = names.name(original.dn);
    for (auto& each : made.controls)
        each.value.reset();
    for (auto& each : made.attributes)
        each.value = masked_value(each.description, each.value, names);
    for (auto& each : made.modifications)
        for (auto& value : each.values)
            value = masked_value(each.description, value, names);
    if (made.renamed) {
        made.renamed->relative_distinguished_name = names.name(made.renamed->relative_distinguished_name);
        if (made.renamed->superior)
            made.renamed->superior = names.name(*made.renamed->superior);
    }
    return made;
}

} // namespace dsplan
