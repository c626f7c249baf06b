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
    known("Domain Admins", of_domain, "take full control of the domain, its controllers and, as a rule, every computer in it", true),
    known("Domain Controllers", of_domain, "replicate the secrets of every account", true),
    known("Cert Publishers", of_domain, "publish certificates of users and computers", true),
    known("Schema Admins", of_domain, "change the schema of the whole forest", true),
    known("Enterprise Admins", of_domain, "take full control of every domain of the forest", true),
    known("Group Policy Creator Owners", of_domain, "make group policies", true),
    known("Read-only Domain Controllers", of_domain, "act as a read-only domain controller", true),
    known("Cloneable Domain Controllers", of_domain, "be cloned as a domain controller", true),
    known("Protected Users", of_domain, "", false),
    known("Key Admins", of_domain, "write the keys of every account of the domain (msDS-KeyCredentialLink), and so log on as it", true),
    known("Enterprise Key Admins", of_domain, "write the keys of every account of the forest (msDS-KeyCredentialLink), and so log on as it", true),
    known("Allowed RODC Password Replication Group", of_domain, "have their passwords held by read-only domain controllers", true),
    known("Denied RODC Password Replication Group", of_domain, "", false),
    known("RAS and IAS Servers", of_domain, "read how accounts may dial in", false),
    known_group{0, of_domain, "ADSyncAdmins", "direct the synchronization with Entra ID, and use the account that it runs as", true},
    known_group{0, of_domain, "DHCP Administrators", "direct the DHCP servers, and so where computers look for others", false},
    known_group{0, of_domain, "DnsUpdateProxy", "register DNS names that anybody can take over afterwards", false},
    known_group{0, of_domain, "DnsAdmins", "load a library on DNS servers, which as a rule are domain controllers", true},
    known_group{0, of_domain, "Exchange Trusted Subsystem", "change what Exchange may change, groups and, in older installations, the permissions of the domain among it", true},
    known_group{0, of_domain, "Exchange Windows Permissions", "change the permissions of the domain, in older installations of Exchange", true},
    known_group{0, of_domain, "Organization Management", "administer Exchange, and so join its other groups", true},
    known("Administrators", builtin, "take full control of the domain and its controllers", true),
    known("Account Operators", builtin, "make, change and delete ordinary accounts and groups", true),
    known("Server Operators", builtin, "administer domain controllers, and so take over the domain", true),
    known("Print Operators", builtin, "load printer drivers on domain controllers, and so take over the domain", true),
    known("Backup Operators", builtin, "read and replace every file of a domain controller, and so take over the domain", true),
    known("Replicator", builtin, "replicate files of domain controllers", true),
    known("Pre-Windows 2000 Compatible Access", builtin, "", false),
    known("Remote Desktop Users", builtin, "log on to domain controllers remotely where policy allows it", false),
    known("Incoming Forest Trust Builders", builtin, "make other forests trust this one", true),
    known("Network Configuration Operators", builtin, "change the network settings of domain controllers", false),
    known("Performance Log Users", builtin, "record what domain controllers do, by programs that run there", false),
    known("Windows Authorization Access Group", builtin, "read which groups every account is in", false),
    known("Distributed COM Users", builtin, "start and use programs of domain controllers from other computers", false),
    known("Cryptographic Operators", builtin, "change the cryptographic settings of domain controllers", false),
    known("Event Log Readers", builtin, "read the logs of domain controllers, the commands and secrets in them too", false),
    known("Certificate Service DCOM Access", builtin, "ask certificate authorities for certificates", false),
    known("RDS Remote Access Servers", builtin, "direct remote desktops of domain controllers", false),
    known("RDS Endpoint Servers", builtin, "direct remote desktops of domain controllers", false),
    known("RDS Management Servers", builtin, "direct remote desktops of domain controllers", false),
    known("Hyper-V Administrators", builtin, "control the virtual machines of domain controllers and their disks, and so take over what runs there", true),
    known("Remote Management Users", builtin, "use the management interfaces of domain controllers from other computers", false),
    known("Storage Replica Administrators", builtin, "copy and replace the disks of domain controllers, and so take over the domain", true),
    known_group{584, builtin, "User Mode Hardware Operators", "use the hardware of domain controllers", false},
    known_group{585, builtin, "OpenSSH Users", "log on to domain controllers over SSH where policy allows it", false},
};

struct name_row {
    std::string_view name;
    std::uint32_t identifier;
    bool is_builtin;
};
constexpr std::array names{
    // German
    name_row{"Hyper-V-Administratoren", 578, builtin},
    name_row{"Storage Replica-Administratoren", 582, builtin},
    name_row{"Speicherreplikatadministratoren", 582, builtin},
    name_row{"Distributed COM-Benutzer", 562, builtin},
    name_row{"Remotedesktopbenutzer", 555, builtin},
    name_row{"Ereignisprotokollleser", 573, builtin},
    name_row{"Leistungsprotokollbenutzer", 559, builtin},
    name_row{"Netzwerkkonfigurations-Operatoren", 556, builtin},
    name_row{"Kryptografie-Operatoren", 569, builtin},
    name_row{"Remoteverwaltungsbenutzer", 580, builtin},
    name_row{"Zertifikatdienst-DCOM-Zugriff", 574, builtin},
    name_row{"Administratoren", 544, builtin}, name_row{"Domänen-Admins", 512, of_domain},
    name_row{"Organisations-Admins", 519, of_domain}, name_row{"Schema-Admins", 518, of_domain},
    name_row{"Konten-Operatoren", 548, builtin}, name_row{"Server-Operatoren", 549, builtin},
    name_row{"Druck-Operatoren", 550, builtin}, name_row{"Sicherungs-Operatoren", 551, builtin},
    name_row{"Replikations-Operator", 552, builtin}, name_row{"Domänencontroller", 516, of_domain},
    name_row{"Zertifikatherausgeber", 517, of_domain}, name_row{"Richtlinien-Ersteller-Besitzer", 520, of_domain},
    name_row{"Schlüsseladministratoren", 526, of_domain}, name_row{"Unternehmensschlüsseladministratoren", 527, of_domain},
    // French
    name_row{"Administrateurs Hyper-V", 578, builtin},
    name_row{"Administrateurs du réplica de stockage", 582, builtin},
    name_row{"Administrateurs de réplica de stockage", 582, builtin},
    name_row{"Utilisateurs du modèle COM distribué", 562, builtin},
    name_row{"Utilisateurs du Bureau à distance", 555, builtin},
    name_row{"Lecteurs des journaux d’événements", 573, builtin},
    name_row{"Lecteurs des journaux d'événements", 573, builtin},
    name_row{"Utilisateurs du journal de performances", 559, builtin},
    name_row{"Opérateurs de configuration réseau", 556, builtin},
    name_row{"Opérateurs de chiffrement", 569, builtin},
    name_row{"Utilisateurs de gestion à distance", 580, builtin},
    name_row{"Accès DCOM service de certificats", 574, builtin},
    name_row{"Administrateurs", 544, builtin}, name_row{"Admins du domaine", 512, of_domain},
    name_row{"Administrateurs de l’entreprise", 519, of_domain}, name_row{"Administrateurs de l'entreprise", 519, of_domain},
    name_row{"Administrateurs du schéma", 518, of_domain}, name_row{"Opérateurs de compte", 548, builtin},
    name_row{"Opérateurs de serveur", 549, builtin}, name_row{"Opérateurs d’impression", 550, builtin},
    name_row{"Opérateurs d'impression", 550, builtin}, name_row{"Opérateurs de sauvegarde", 551, builtin},
    name_row{"Duplicateurs", 552, builtin}, name_row{"Contrôleurs de domaine", 516, of_domain},
    // Spanish
    name_row{"Administradores de Hyper-V", 578, builtin},
    name_row{"Administradores de réplicas de almacenamiento", 582, builtin},
    name_row{"Administradores de réplica de almacenamiento", 582, builtin},
    name_row{"Usuarios COM distribuidos", 562, builtin},
    name_row{"Usuarios de escritorio remoto", 555, builtin},
    name_row{"Lectores del registro de eventos", 573, builtin},
    name_row{"Usuarios del registro de rendimiento", 559, builtin},
    name_row{"Operadores de configuración de red", 556, builtin},
    name_row{"Operadores criptográficos", 569, builtin},
    name_row{"Usuarios de administración remota", 580, builtin},
    name_row{"Acceso DCOM a Serv. de certif.", 574, builtin},
    name_row{"Administradores", 544, builtin}, name_row{"Admins. del dominio", 512, of_domain},
    name_row{"Administradores de empresas", 519, of_domain}, name_row{"Administradores de organización", 519, of_domain},
    name_row{"Administradores de esquema", 518, of_domain}, name_row{"Opers. de cuentas", 548, builtin},
    name_row{"Opers. de servidores", 549, builtin}, name_row{"Opers. de impresión", 550, builtin},
    name_row{"Operadores de copia de seguridad", 551, builtin},
    name_row{"Controladores de dominio", 516, of_domain},
    // Portuguese
    name_row{"Administradores do Hyper-V", 578, builtin},
    name_row{"Administradores de Réplica de Armazenamento", 582, builtin},
    name_row{"Usuários COM Distribuídos", 562, builtin},
    name_row{"Utilizadores COM Distribuídos", 562, builtin},
    name_row{"Usuários da área de trabalho remota", 555, builtin},
    name_row{"Leitores de Log de Eventos", 573, builtin},
    name_row{"Operadores de Configuração de Rede", 556, builtin},
    name_row{"Usuários de gerenciamento remoto", 580, builtin},
    name_row{"Admins. do Domínio", 512, of_domain}, name_row{"Administradores do Domínio", 512, of_domain},
    name_row{"Administradores de Empresa", 519, of_domain}, name_row{"Administração de empresa", 519, of_domain},
    name_row{"Administradores de Esquema", 518, of_domain}, name_row{"Controladores de Domínio", 516, of_domain},
    name_row{"Operadores de cópia", 551, builtin}, name_row{"Opers. de contas", 548, builtin},
    name_row{"Opers. de servidores", 549, builtin}, name_row{"Opers. de impressão", 550, builtin},
    // Italian
    name_row{"Amministratori Hyper-V", 578, builtin},
    name_row{"Amministratori replica archiviazione", 582, builtin},
    name_row{"Utenti COM distribuiti", 562, builtin},
    name_row{"Utenti desktop remoto", 555, builtin},
    name_row{"Lettori registri eventi", 573, builtin},
    name_row{"Operatori configurazione di rete", 556, builtin},
    name_row{"Utenti gestione remota", 580, builtin},
    name_row{"Amministratori", 544, builtin},
    name_row{"Amministratori dominio", 512, of_domain},
    // Polish
    name_row{"Administratorzy funkcji Hyper-V", 578, builtin},
    name_row{"Administratorzy repliki magazynu", 582, builtin},
    name_row{"Użytkownicy DCOM", 562, builtin},
    name_row{"Użytkownicy pulpitu zdalnego", 555, builtin},
    name_row{"Czytelnicy dzienników zdarzeń", 573, builtin},
    name_row{"Operatorzy konfiguracji sieci", 556, builtin},
    name_row{"Użytkownicy zarządzania zdalnego", 580, builtin},
    name_row{"Administratorzy", 544, builtin}, name_row{"Administratorzy domeny", 512, of_domain},
    name_row{"Administratorzy przedsiębiorstwa", 519, of_domain}, name_row{"Administratorzy schematu", 518, of_domain},
    name_row{"Kontrolery domeny", 516, of_domain}, name_row{"Operatorzy kont", 548, builtin},
    name_row{"Operatorzy serwerów", 549, builtin}, name_row{"Operatorzy drukowania", 550, builtin},
    name_row{"Operatorzy kopii zapasowych", 551, builtin},
    // Russian
    name_row{"Администраторы Hyper-V", 578, builtin},
    name_row{"Администраторы реплики хранилища", 582, builtin},
    name_row{"Пользователи DCOM", 562, builtin},
    name_row{"Пользователи удаленного рабочего стола", 555, builtin},
    name_row{"Читатели журнала событий", 573, builtin},
    name_row{"Операторы настройки сети", 556, builtin},
    name_row{"Пользователи удаленного управления", 580, builtin},
    name_row{"Администраторы", 544, builtin}, name_row{"Администраторы домена", 512, of_domain},
    name_row{"Администраторы предприятия", 519, of_domain}, name_row{"Администраторы схемы", 518, of_domain},
    name_row{"Контроллеры домена", 516, of_domain}, name_row{"Операторы учета", 548, builtin},
    name_row{"Операторы сервера", 549, builtin}, name_row{"Операторы печати", 550, builtin},
    name_row{"Операторы архива", 551, builtin},
    // Dutch
    name_row{"Hyper-V-administrators", 578, builtin},
    name_row{"Opslagreplicabeheerders", 582, builtin},
    name_row{"Gedistribueerde COM-gebruikers", 562, builtin},
    name_row{"Externe bureaubladgebruikers", 555, builtin},
    name_row{"Lezers van gebeurtenislogboeken", 573, builtin},
    name_row{"Netwerkconfiguratieoperators", 556, builtin},
    name_row{"Gebruikers van extern beheer", 580, builtin},
    name_row{"Domeinadministrators", 512, of_domain}, name_row{"Ondernemingsadministrators", 519, of_domain},
    name_row{"Schema-administrators", 518, of_domain}, name_row{"Domeincontrollers", 516, of_domain},
    name_row{"Accountoperators", 548, builtin}, name_row{"Serveroperators", 549, builtin},
    name_row{"Printeroperators", 550, builtin}, name_row{"Back-upoperators", 551, builtin},
    // Swedish
    name_row{"Hyper-V-administratörer", 578, builtin},
    name_row{"Lagringsreplikadministratörer", 582, builtin},
    name_row{"DCOM-användare", 562, builtin},
    name_row{"Användare av fjärrskrivbord", 555, builtin},
    name_row{"Händelseloggläsare", 573, builtin},
    name_row{"Ansvariga för nätverkskonfiguration", 556, builtin},
    name_row{"Användare av fjärrhantering", 580, builtin},
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

// What words for those who administer or operate begin with; those of English are all in the table.
constexpr std::array stems{
    std::string_view{"administratoren"},
    std::string_view{"administratorer"},
    std::string_view{"administratorz"},
    std::string_view{"administrateur"},
    std::string_view{"administrador"},
    std::string_view{"administratör"},
    std::string_view{"administrát"},
    std::string_view{"amministrator"},
    std::string_view{"администратор"},
    std::string_view{"адміністратор"},
    std::string_view{"järjestelmänvalvoj"},
    std::string_view{"pääkäyttäj"},
    std::string_view{"rendszergazd"},
    std::string_view{"gazdák"},
    std::string_view{"felelős"},
    std::string_view{"beheerder"},
    std::string_view{"správc"},
    std::string_view{"yönetici"},
    std::string_view{"διαχειριστ"},
    std::string_view{"χειριστ"},
    std::string_view{"operatoren"},
    std::string_view{"operatör"},
    std::string_view{"opérateur"},
    std::string_view{"operador"},
    std::string_view{"operatori"},
    std::string_view{"operatorzy"},
    std::string_view{"operaattor"},
    std::string_view{"operátor"},
    std::string_view{"оператор"},
    std::string_view{"ansvariga"},
    std::string_view{"管理"},
    std::string_view{"관리"},
    std::string_view{"操作"},
    std::string_view{"מנהל"},
    std::string_view{"مسؤول"},
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

bool looks_like_administrators(std::string_view name) {
    auto const text = folded(name);
    return std::any_of(stems.begin(), stems.end(), [&text](std::string_view stem) {
        // "CN=" folds in front of the stem, and nothing folds behind it.
        auto const wanted = folded(stem).substr(3);
        return text.find(wanted) != std::string::npos;
    });
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
