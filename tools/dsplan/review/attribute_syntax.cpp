#include <ldif/attribute_description.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

// clang-format off
// [MS-ADTS] 2.2.16
constexpr std::array user_account_control{
    flag_row{0x00000001, "SCRIPT", "the logon script runs"},
    flag_row{0x00000002, "ACCOUNTDISABLE", "disabled"},
    flag_row{0x00000008, "HOMEDIR_REQUIRED", "a home folder is required"},
    flag_row{0x00000010, "LOCKOUT", "locked out"},
    flag_row{0x00000020, "PASSWD_NOTREQD", "may have no password"},
    flag_row{0x00000040, "PASSWD_CANT_CHANGE", "may not change its password (kept in the DACL)"},
    flag_row{0x00000080, "ENCRYPTED_TEXT_PWD_ALLOWED", "the password is kept so that it can be read back"},
    flag_row{0x00000100, "TEMP_DUPLICATE_ACCOUNT", "a local account of a user of another domain"},
    flag_row{0x00000200, "NORMAL_ACCOUNT", "an ordinary user"},
    flag_row{0x00000800, "INTERDOMAIN_TRUST_ACCOUNT", "the account of a trust"},
    flag_row{0x00001000, "WORKSTATION_TRUST_ACCOUNT", "a computer"},
    flag_row{0x00002000, "SERVER_TRUST_ACCOUNT", "a domain controller"},
    flag_row{0x00010000, "DONT_EXPIRE_PASSWORD", "the password never expires"},
    flag_row{0x00020000, "MNS_LOGON_ACCOUNT", "a majority node set account"},
    flag_row{0x00040000, "SMARTCARD_REQUIRED", "logs on with a smart card only"},
    flag_row{0x00080000, "TRUSTED_FOR_DELEGATION", "may act as everybody who comes to it (unconstrained delegation)"},
    flag_row{0x00100000, "NOT_DELEGATED", "nobody may act as it"},
    flag_row{0x00200000, "USE_DES_KEY_ONLY", "only the broken DES keys"},
    flag_row{0x00400000, "DONT_REQ_PREAUTH", "tickets without proof of the password, which can then be guessed offline"},
    flag_row{0x00800000, "PASSWORD_EXPIRED", "the password has expired"},
    flag_row{0x01000000, "TRUSTED_TO_AUTH_FOR_DELEGATION", "may act as anybody who never came to it (protocol transition)"},
    flag_row{0x02000000, "NO_AUTH_DATA_REQUIRED", "tickets without the groups of the account"},
    flag_row{0x04000000, "PARTIAL_SECRETS_ACCOUNT", "a read-only domain controller"},
    flag_row{0x08000000, "USE_AES_KEYS", "AES keys"},
};

// [MS-ADTS] 2.2.12
constexpr std::array group_type{
    flag_row{0x00000001, "BUILTIN_LOCAL", "made by the system"},
    flag_row{0x00000002, "ACCOUNT_GROUP", "global: members of its own domain only"},
    flag_row{0x00000004, "RESOURCE_GROUP", "domain local: counts in its own domain only"},
    flag_row{0x00000008, "UNIVERSAL_GROUP", "universal"},
    flag_row{0x00000010, "APP_BASIC_GROUP", "of Authorization Manager"},
    flag_row{0x00000020, "APP_QUERY_GROUP", "of Authorization Manager, by a query"},
    flag_row{0x80000000, "SECURITY_ENABLED", "a security group: may stand in ACEs"},
};

// [MS-ADTS] 2.2.10
constexpr std::array system_flags{
    flag_row{0x00000001, "ATTR_NOT_REPLICATED", "an attribute: not replicated; a crossRef: a naming context of the forest"},
    flag_row{0x00000002, "ATTR_REQ_PARTIAL_SET_MEMBER", "an attribute: in the global catalog; a crossRef: a domain"},
    flag_row{0x00000004, "ATTR_IS_CONSTRUCTED", "an attribute: computed; a crossRef: not in the global catalog"},
    flag_row{0x00000008, "ATTR_IS_OPERATIONAL", "an attribute: operational"},
    flag_row{0x00000010, "SCHEMA_BASE_OBJECT", "of the base schema"},
    flag_row{0x00000020, "ATTR_IS_RDN", "an attribute: may name objects"},
    flag_row{0x02000000, "DISALLOW_MOVE_ON_DELETE", "stays in its place when it is deleted"},
    flag_row{0x04000000, "DOMAIN_DISALLOW_MOVE", "may not be moved"},
    flag_row{0x08000000, "DOMAIN_DISALLOW_RENAME", "may not be renamed"},
    flag_row{0x10000000, "CONFIG_ALLOW_LIMITED_MOVE", "may be moved within limits"},
    flag_row{0x20000000, "CONFIG_ALLOW_MOVE", "may be moved"},
    flag_row{0x40000000, "CONFIG_ALLOW_RENAME", "may be renamed"},
    flag_row{0x80000000, "DISALLOW_DELETE", "may not be deleted"},
};

// [MS-ADTS] 2.2.9
constexpr std::array search_flags{
    flag_row{0x00000001, "ATTINDEX", "indexed"},
    flag_row{0x00000002, "PDNTATTINDEX", "indexed in each container"},
    flag_row{0x00000004, "ANR", "found by ambiguous name resolution"},
    flag_row{0x00000008, "PRESERVEONDELETE", "kept on deleted objects"},
    flag_row{0x00000010, "COPY", "copied with a user"},
    flag_row{0x00000020, "TUPLEINDEX", "indexed for searches in the middle"},
    flag_row{0x00000040, "SUBTREEATTINDEX", "indexed for virtual list views"},
    flag_row{0x00000080, "CONFIDENTIAL", "confidential: reading it takes a right of its own"},
    flag_row{0x00000100, "NEVERVALUEAUDIT", "its values are not audited"},
    flag_row{0x00000200, "RODCFILTERED", "kept from read-only domain controllers"},
    flag_row{0x00000400, "EXTENDEDLINKTRACKING", "links are tracked"},
    flag_row{0x00000800, "BASEONLY", "found by base searches only"},
    flag_row{0x00001000, "PARTITIONSECRET", "a secret of its naming context"},
};

// [MS-ADTS] 2.2.7
constexpr std::array supported_encryption_types{
    flag_row{0x00000001, "DES_CBC_CRC", "DES, broken"},
    flag_row{0x00000002, "DES_CBC_MD5", "DES, broken"},
    flag_row{0x00000004, "RC4_HMAC", "RC4, weak"},
    flag_row{0x00000008, "AES128", "AES with 128 bit"},
    flag_row{0x00000010, "AES256", "AES with 256 bit"},
    flag_row{0x00000020, "AES256_SK", "AES session keys"},
};

// [MS-ADTS] 3.1.1.2.1
constexpr std::array instance_type{
    flag_row{0x00000001, "NC_HEAD", "the root of a naming context"},
    flag_row{0x00000002, "NOT_INSTANTIATED", "a replica that is not there"},
    flag_row{0x00000004, "WRITABLE", "writable"},
    flag_row{0x00000008, "NC_ABOVE", "a naming context above is held too"},
    flag_row{0x00000010, "NC_COMING", "being built"},
    flag_row{0x00000020, "NC_GOING", "being removed"},
};

// [MS-ADTS] 6.1.6.7.9
constexpr std::array trust_attributes{
    flag_row{0x00000001, "NON_TRANSITIVE", "not transitive"},
    flag_row{0x00000002, "UPLEVEL_ONLY", "Windows 2000 and later only"},
    flag_row{0x00000004, "QUARANTINED_DOMAIN", "SIDs of other domains are filtered"},
    flag_row{0x00000008, "FOREST_TRANSITIVE", "a trust between forests"},
    flag_row{0x00000010, "CROSS_ORGANIZATION", "selective authentication"},
    flag_row{0x00000020, "WITHIN_FOREST", "within the forest"},
    flag_row{0x00000040, "TREAT_AS_EXTERNAL", "SIDs are filtered as from outside"},
    flag_row{0x00000080, "USES_RC4_ENCRYPTION", "RC4, weak"},
};

struct syntax_row {
    std::string_view name; // lower case
    syntax values;
};

// [MS-ADA1], [MS-ADA2], [MS-ADA3]
constexpr std::array syntaxes{
    syntax_row{"accountexpires", syntax::filetime},
    syntax_row{"attributesecurityguid", syntax::guid},
    syntax_row{"badpasswordtime", syntax::filetime},
    syntax_row{"creationtime", syntax::filetime},
    syntax_row{"dbcspwd", syntax::secret},
    syntax_row{"defaultsecuritydescriptor", syntax::descriptor_text},
    syntax_row{"forcelogoff", syntax::interval},
    syntax_row{"frsrootsecurity", syntax::descriptor},
    syntax_row{"grouptype", syntax::flags},
    syntax_row{"instancetype", syntax::flags},
    syntax_row{"invocationid", syntax::guid},
    syntax_row{"lastlogoff", syntax::filetime},
    syntax_row{"lastlogon", syntax::filetime},
    syntax_row{"lastlogontimestamp", syntax::filetime},
    syntax_row{"lmpwdhistory", syntax::secret},
    syntax_row{"lockoutduration", syntax::interval},
    syntax_row{"lockoutobservationwindow", syntax::interval},
    syntax_row{"lockouttime", syntax::filetime},
    syntax_row{"maxpwdage", syntax::interval},
    syntax_row{"minpwdage", syntax::interval},
    syntax_row{"ms-ds-consistencyguid", syntax::guid},
    syntax_row{"ms-mcs-admpwd", syntax::secret},
    syntax_row{"ms-mcs-admpwdexpirationtime", syntax::filetime},
    syntax_row{"msds-allowedtoactonbehalfofotheridentity", syntax::descriptor},
    syntax_row{"msds-groupmsamembership", syntax::descriptor},
    syntax_row{"msds-keycredentiallink", syntax::key_credential},
    syntax_row{"msds-lockoutduration", syntax::interval},
    syntax_row{"msds-lockoutobservationwindow", syntax::interval},
    syntax_row{"msds-managedpassword", syntax::secret},
    syntax_row{"msds-maximumpasswordage", syntax::interval},
    syntax_row{"msds-minimumpasswordage", syntax::interval},
    syntax_row{"msds-supportedencryptiontypes", syntax::flags},
    syntax_row{"mslaps-encryptedpassword", syntax::secret},
    syntax_row{"mslaps-password", syntax::secret},
    syntax_row{"mslaps-passwordexpirationtime", syntax::filetime},
    syntax_row{"ntpwdhistory", syntax::secret},
    syntax_row{"ntsecuritydescriptor", syntax::descriptor},
    syntax_row{"objectguid", syntax::guid},
    syntax_row{"objectsid", syntax::sid},
    syntax_row{"parentguid", syntax::guid},
    syntax_row{"primarygroupid", syntax::group_identifier},
    syntax_row{"pwdlastset", syntax::filetime},
    syntax_row{"schemaidguid", syntax::guid},
    syntax_row{"searchflags", syntax::flags},
    syntax_row{"securityidentifier", syntax::sid},
    syntax_row{"sidhistory", syntax::sid},
    syntax_row{"supplementalcredentials", syntax::secret},
    syntax_row{"systemflags", syntax::flags},
    syntax_row{"trustattributes", syntax::flags},
    syntax_row{"trustauthincoming", syntax::secret},
    syntax_row{"trustauthoutgoing", syntax::secret},
    syntax_row{"unicodepwd", syntax::secret},
    syntax_row{"useraccountcontrol", syntax::flags},
    syntax_row{"userpassword", syntax::secret},
    syntax_row{"whenchanged", syntax::generalized_time},
    syntax_row{"whencreated", syntax::generalized_time},
};
// clang-format on

static_assert(std::is_sorted(syntaxes.begin(), syntaxes.end(),
                             [](auto const& a, auto const& b) { return a.name < b.name; }));

} // namespace

syntax syntax_of(std::string_view description) {
    auto const name = ldif::attribute_name(description);
    auto const* const found = std::lower_bound(syntaxes.begin(), syntaxes.end(), name,
                                               [](syntax_row const& row, std::string_view wanted) {
                                                   return compare_ignoring_case(row.name, wanted) < 0;
                                               });
    return found != syntaxes.end() && equal_ignoring_case(found->name, name) ? found->values : syntax::text;
}

std::span<flag_row const> flags_of(std::string_view description) {
    auto const name = ldif::attribute_name(description);
    auto const is = [name](std::string_view wanted) {
        return equal_ignoring_case(name, wanted);
    };
    if (is("userAccountControl"))
        return user_account_control;
    if (is("groupType"))
        return group_type;
    if (is("systemFlags"))
        return system_flags;
    if (is("searchFlags"))
        return search_flags;
    if (is("msDS-SupportedEncryptionTypes"))
        return supported_encryption_types;
    if (is("instanceType"))
        return instance_type;
    if (is("trustAttributes"))
        return trust_attributes;
    return {};
}

bool is_descriptor(std::string_view description) {
    auto const kind = syntax_of(description);
    return kind == syntax::descriptor || kind == syntax::descriptor_text;
}

std::vector<std::string> flag_texts(std::span<flag_row const> rows, std::uint32_t bits) {
    std::vector<std::string> texts;
    for (auto const& row : rows)
        if ((bits & row.bits) == row.bits) {
            texts.push_back(fmt::format("0x{:x} {}: {}", row.bits, row.name, row.words));
            bits &= ~row.bits;
        }
    if (bits != 0)
        texts.push_back(fmt::format("0x{:x}: bits without a name", bits));
    return texts;
}

std::string shown_value(std::string_view attribute, std::string const& value) {
    constexpr std::size_t at_most = 120;
    if (syntax_of(attribute) == syntax::secret)
        return "(not shown)";
    return value.size() > at_most ? value.substr(0, at_most) + "…" : value;
}

} // namespace dsplan::review
