#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace dsplan::words {
namespace {

constexpr bool of_domain = false;
constexpr bool builtin = true;

consteval known_group known(std::string_view name, bool is_builtin, std::string_view powers,
                            bool takes_over) {
    return {sddl::named_rid(name), is_builtin, name, powers, takes_over};
}

// clang-format off
constexpr std::array groups{
    known("Enterprise Read-only Domain Controllers", of_domain, "act as a read-only domain controller", true),
    known("Domain Admins", of_domain, "full control of the domain, its controllers and, as a rule, every computer in it", true),
    known("Domain Controllers", of_domain, "replicate the secrets of every account", true),
    known("Cert Publishers", of_domain, "publish certificates of users and computers", true),
    known("Schema Admins", of_domain, "change the schema of the whole forest", true),
    known("Enterprise Admins", of_domain, "full control of every domain of the forest", true),
    known("Group Policy Creator Owners", of_domain, "make group policies", true),
    known("Read-only Domain Controllers", of_domain, "act as a read-only domain controller", true),
    known("Cloneable Domain Controllers", of_domain, "be cloned as a domain controller", true),
    known("Protected Users", of_domain, "", false),
    known("Key Admins", of_domain, "write the keys of every account of the domain (msDS-KeyCredentialLink), and so log on as it", true),
    known("Enterprise Key Admins", of_domain, "write the keys of every account of the forest (msDS-KeyCredentialLink), and so log on as it", true),
    known("Allowed RODC Password Replication Group", of_domain, "have their passwords held by read-only domain controllers", true),
    known("Denied RODC Password Replication Group", of_domain, "", false),
    known_group{0, of_domain, "DnsAdmins", "load a library on DNS servers, which as a rule are domain controllers", true},
    known_group{0, of_domain, "Exchange Trusted Subsystem", "change what Exchange may change, groups and, in older installations, the permissions of the domain among it", true},
    known_group{0, of_domain, "Exchange Windows Permissions", "change the permissions of the domain, in older installations of Exchange", true},
    known_group{0, of_domain, "Organization Management", "administer Exchange, and so join its other groups", true},
    known("Administrators", builtin, "full control of the domain and its controllers", true),
    known("Account Operators", builtin, "make, change and delete ordinary accounts and groups", true),
    known("Server Operators", builtin, "administer domain controllers, and so take over the domain", true),
    known("Print Operators", builtin, "load printer drivers on domain controllers, and so take over the domain", true),
    known("Backup Operators", builtin, "read and replace every file of a domain controller, and so take over the domain", true),
    known("Replicator", builtin, "replicate files of domain controllers", true),
    known("Pre-Windows 2000 Compatible Access", builtin, "", false),
    known("Remote Desktop Users", builtin, "log on to domain controllers remotely where policy allows it", false),
    known("Incoming Forest Trust Builders", builtin, "make other forests trust this one", true),
};

struct name_row {
    std::string_view name;
    std::uint32_t identifier;
    bool is_builtin;
};
constexpr std::array names{
    // German
    name_row{"Administratoren", 544, builtin}, name_row{"Domänen-Admins", 512, of_domain},
    name_row{"Organisations-Admins", 519, of_domain}, name_row{"Schema-Admins", 518, of_domain},
    name_row{"Konten-Operatoren", 548, builtin}, name_row{"Server-Operatoren", 549, builtin},
    name_row{"Druck-Operatoren", 550, builtin}, name_row{"Sicherungs-Operatoren", 551, builtin},
    name_row{"Replikations-Operator", 552, builtin}, name_row{"Domänencontroller", 516, of_domain},
    name_row{"Zertifikatherausgeber", 517, of_domain}, name_row{"Richtlinien-Ersteller-Besitzer", 520, of_domain},
    name_row{"Schlüsseladministratoren", 526, of_domain}, name_row{"Unternehmensschlüsseladministratoren", 527, of_domain},
    // French
    name_row{"Administrateurs", 544, builtin}, name_row{"Admins du domaine", 512, of_domain},
    name_row{"Administrateurs de l’entreprise", 519, of_domain}, name_row{"Administrateurs de l'entreprise", 519, of_domain},
    name_row{"Administrateurs du schéma", 518, of_domain}, name_row{"Opérateurs de compte", 548, builtin},
    name_row{"Opérateurs de serveur", 549, builtin}, name_row{"Opérateurs d’impression", 550, builtin},
    name_row{"Opérateurs d'impression", 550, builtin}, name_row{"Opérateurs de sauvegarde", 551, builtin},
    name_row{"Duplicateurs", 552, builtin}, name_row{"Contrôleurs de domaine", 516, of_domain},
    // Spanish
    name_row{"Administradores", 544, builtin}, name_row{"Admins. del dominio", 512, of_domain},
    name_row{"Administradores de empresas", 519, of_domain}, name_row{"Administradores de organización", 519, of_domain},
    name_row{"Administradores de esquema", 518, of_domain}, name_row{"Opers. de cuentas", 548, builtin},
    name_row{"Opers. de servidores", 549, builtin}, name_row{"Opers. de impresión", 550, builtin},
    name_row{"Operadores de copia de seguridad", 551, builtin},
    name_row{"Controladores de dominio", 516, of_domain},
    // Portuguese
    name_row{"Admins. do Domínio", 512, of_domain}, name_row{"Administradores do Domínio", 512, of_domain},
    name_row{"Administradores de Empresa", 519, of_domain}, name_row{"Administração de empresa", 519, of_domain},
    name_row{"Administradores de Esquema", 518, of_domain}, name_row{"Controladores de Domínio", 516, of_domain},
    name_row{"Operadores de cópia", 551, builtin}, name_row{"Opers. de contas", 548, builtin},
    name_row{"Opers. de servidores", 549, builtin}, name_row{"Opers. de impressão", 550, builtin},
    // Italian
    name_row{"Amministratori", 544, builtin},
    name_row{"Amministratori dominio", 512, of_domain},
    // Polish
    name_row{"Administratorzy", 544, builtin}, name_row{"Administratorzy domeny", 512, of_domain},
    name_row{"Administratorzy przedsiębiorstwa", 519, of_domain}, name_row{"Administratorzy schematu", 518, of_domain},
    name_row{"Kontrolery domeny", 516, of_domain}, name_row{"Operatorzy kont", 548, builtin},
    name_row{"Operatorzy serwerów", 549, builtin}, name_row{"Operatorzy drukowania", 550, builtin},
    name_row{"Operatorzy kopii zapasowych", 551, builtin},
    // Russian
    name_row{"Администраторы", 544, builtin}, name_row{"Администраторы домена", 512, of_domain},
    name_row{"Администраторы предприятия", 519, of_domain}, name_row{"Администраторы схемы", 518, of_domain},
    name_row{"Контроллеры домена", 516, of_domain}, name_row{"Операторы учета", 548, builtin},
    name_row{"Операторы сервера", 549, builtin}, name_row{"Операторы печати", 550, builtin},
    name_row{"Операторы архива", 551, builtin},
    // Dutch
    name_row{"Domeinadministrators", 512, of_domain}, name_row{"Ondernemingsadministrators", 519, of_domain},
    name_row{"Schema-administrators", 518, of_domain}, name_row{"Domeincontrollers", 516, of_domain},
    name_row{"Accountoperators", 548, builtin}, name_row{"Serveroperators", 549, builtin},
    name_row{"Printeroperators", 550, builtin}, name_row{"Back-upoperators", 551, builtin},
    // Swedish
    name_row{"Administratörer", 544, builtin}, name_row{"Domänadministratörer", 512, of_domain},
    name_row{"Företagsadministratörer", 519, of_domain}, name_row{"Schemaadministratörer", 518, of_domain},
    name_row{"Domänkontrollanter", 516, of_domain}, name_row{"Kontoansvariga", 548, builtin},
    name_row{"Serveransvariga", 549, builtin}, name_row{"Utskriftsansvariga", 550, builtin},
    name_row{"Ansvariga för säkerhetskopiering", 551, builtin},
    // Danish, Norwegian
    name_row{"Administratorer", 544, builtin}, name_row{"Domæneadministratorer", 512, of_domain},
    name_row{"Virksomhedsadministratorer", 519, of_domain}, name_row{"Skemaadministratorer", 518, of_domain},
    name_row{"Domænecontrollere", 516, of_domain}, name_row{"Domeneadministratorer", 512, of_domain},
    name_row{"Skjemaadministratorer", 518, of_domain}, name_row{"Domenekontrollere", 516, of_domain},
    // Finnish
    name_row{"Järjestelmänvalvojat", 544, builtin}, name_row{"Toimialueen järjestelmänvalvojat", 512, of_domain},
    name_row{"Varmuuskopio-operaattorit", 551, builtin},
    // Hungarian
    name_row{"Rendszergazdák", 544, builtin}, name_row{"Tartománygazdák", 512, of_domain},
    name_row{"Vállalati rendszergazdák", 519, of_domain}, name_row{"Sémagazdák", 518, of_domain},
    name_row{"Tartományvezérlők", 516, of_domain}, name_row{"Fiókfelelősök", 548, builtin},
    name_row{"Kiszolgálófelelősök", 549, builtin}, name_row{"Nyomtatófelelősök", 550, builtin},
    name_row{"Biztonságimásolat-felelősök", 551, builtin},
};
// clang-format on

constexpr std::array administrator_names{
    std::string_view{"Administrator"},       std::string_view{"Administrateur"},
    std::string_view{"Administrador"},       std::string_view{"Администратор"},
    std::string_view{"Administratör"},       std::string_view{"Rendszergazda"},
    std::string_view{"Järjestelmänvalvoja"},
};
constexpr std::array guest_names{
    std::string_view{"Guest"},    std::string_view{"Gast"},      std::string_view{"Invité"},
    std::string_view{"Invitado"}, std::string_view{"Convidado"}, std::string_view{"Гость"},
    std::string_view{"Gość"},     std::string_view{"Gäst"},      std::string_view{"Gæst"},
    std::string_view{"Gjest"},    std::string_view{"Vieras"},    std::string_view{"Vendég"},
};

known_group const* find(std::uint32_t identifier, bool is_builtin) {
    auto const found = std::find_if(groups.begin(), groups.end(), [&](known_group const& row) {
        return identifier != 0 && row.identifier == identifier && row.is_builtin == is_builtin;
    });
    return found == groups.end() ? nullptr : &*found;
}

// Folds case as the directory does, beyond ASCII too.
std::string folded(std::string_view name) {
    ldif::distinguished_name made;
    made.rdns.push_back({{"CN", std::string(name)}});
    return ldif::normalized(made);
}

bool same_name(std::string_view left, std::string_view right) {
    return equal_ignoring_case(left, right) || folded(left) == folded(right);
}

} // namespace

known_group const* find_domain_group(std::uint32_t identifier) {
    return find(identifier, of_domain);
}

std::string_view domain_group_name(std::uint32_t identifier) {
    if (auto const* const found = find_domain_group(identifier))
        return found->name;
    auto const* const row = std::find_if(sddl::well_known_sids.begin(), sddl::well_known_sids.end(),
                                         [identifier](auto const& each) {
                                             return each.scope != sddl::sid_scope::universal &&
                                                    sddl::relative_identifier(each.value) == identifier;
                                         });
    return row == sddl::well_known_sids.end() ? std::string_view() : row->name;
}

known_group const* find_known_group(sddl::sid const& group) {
    if (auto const identifier = domain_identifier(group); identifier != 0)
        return find(identifier, of_domain);
    return sddl::domain_of(group) == sddl::well_known(5, {32})
               ? find(sddl::relative_identifier(group).value_or(0), builtin)
               : nullptr;
}

known_group const* find_known_group(std::string_view name) {
    for (auto const& row : groups)
        if (same_name(row.name, name))
            return &row;
    for (auto const& row : names)
        if (same_name(row.name, name))
            return find(row.identifier, row.is_builtin);
    return nullptr;
}

bool is_administrator_name(std::string_view name) {
    return std::any_of(administrator_names.begin(), administrator_names.end(),
                       [name](std::string_view each) { return same_name(each, name); });
}

bool is_guest_name(std::string_view name) {
    return std::any_of(guest_names.begin(), guest_names.end(),
                       [name](std::string_view each) { return same_name(each, name); });
}

bool takes_over(sddl::sid const& group) {
    auto const* const found = find_known_group(group);
    return found != nullptr && found->takes_over;
}

std::string_view well_known_power(sddl::sid const& group) {
    auto const* const found = find_known_group(group);
    return found == nullptr ? std::string_view() : found->powers;
}

} // namespace dsplan::words
