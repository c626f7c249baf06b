#pragma once
#include <ldif/base64.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>

/// The domain of the exports that tests write as text.
inline std::string const test_domain_sid = "S-1-5-21-1111111111-2222222222-3333333333";

inline dsplan::sddl::domain_sids test_sids() {
    auto const domain = dsplan::sddl::parse_sid(test_domain_sid).value();
    return {.domain = domain, .forest_root = domain};
}

inline std::string to_base64(dsplan::sddl::byte_string const& bytes) {
    return dsplan::ldif::encode_base64(
        {reinterpret_cast<char const*>(bytes.data()), bytes.size()}); // octets are octets
}

/// "nTSecurityDescriptor:: …"
inline std::string descriptor_line(std::string_view sddl) {
    auto const parsed = dsplan::sddl::parse(sddl, test_sids()).value();
    return "nTSecurityDescriptor:: " + to_base64(dsplan::sddl::write_self_relative(parsed)) + "\n";
}

/// "objectSid:: …" of the account with that relative identifier, or of a whole SID.
inline std::string sid_line(std::string_view sid) {
    auto const text = sid.starts_with("S-") ? std::string(sid) : fmt::format("{}-{}", test_domain_sid, sid);
    dsplan::sddl::byte_string bytes;
    dsplan::sddl::append(bytes, dsplan::sddl::parse_sid(text).value());
    return "objectSid:: " + to_base64(bytes) + "\n";
}

/// An entry: "dn", its classes with blanks between, its descriptor as SDDL, and further lines.
inline std::string entry_text(std::string_view dn, std::string_view classes, std::string_view sddl,
                              std::string_view lines = {}) {
    auto text = fmt::format("dn: {}\n", dn);
    while (!classes.empty()) {
        auto const end = std::min(classes.find(' '), classes.size());
        text += fmt::format("objectClass: {}\n", classes.substr(0, end));
        classes.remove_prefix(std::min(end + 1, classes.size()));
    }
    if (!sddl.empty())
        text += descriptor_line(sddl);
    return text + std::string(lines) + "\n";
}

/// A change record that replaces a descriptor.
inline std::string descriptor_change(std::string_view dn, std::string_view sddl) {
    return fmt::format("dn: {}\nchangetype: modify\nreplace: nTSecurityDescriptor\n{}-\n\n", dn,
                       descriptor_line(sddl));
}

/// A change record that adds (or deletes) a member.
inline std::string member_change(std::string_view group, std::string_view member,
                                 std::string_view operation = "add") {
    return fmt::format("dn: {}\nchangetype: modify\n{}: member\nmember: {}\n-\n\n", group, operation, member);
}

/// A small domain: two units, one of which inherits nothing; accounts, groups with a cycle, a
/// protected administrator.
inline std::string small_domain() {
    std::string const root = "DC=contoso,DC=com";
    std::string const from_root = "(A;CIID;LCRPLORC;;;AU)";
    std::string const user = "top person organizationalPerson user";
    auto const account = [&](std::string_view dn, std::string_view classes, std::string_view sddl,
                             std::string_view rid, std::string_view name) {
        return entry_text(dn, classes, sddl,
                          sid_line(rid) + fmt::format("sAMAccountName: {}\n", name) +
                              (classes == "top group" ? "groupType: -2147483646\n" : ""));
    };
    std::string const own = "O:DAG:DAD:AI" + from_root;
    std::string const held = "O:DAG:DAD:PAI(A;;LCRPLORC;;;AU)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)";
    return entry_text(root, "top domain domainDNS", "O:BAG:BAD:AI(A;CI;LCRPLORC;;;AU)",
                      "instanceType: 5\n" + sid_line(test_domain_sid)) +
           entry_text("CN=System," + root, "top container", own) +
           entry_text("CN=AdminSDHolder,CN=System," + root, "top container", held) +
           entry_text("CN=Builtin," + root, "top builtinDomain", own) +
           account("CN=Administrators,CN=Builtin," + root, "top group", held, "S-1-5-32-544",
                   "Administrators") +
           entry_text("OU=Sales," + root, "top organizationalUnit", own) +
           entry_text("OU=Closed," + root, "top organizationalUnit", "O:DAG:DAD:PAI(A;CI;LCRPLORC;;;AU)") +
           account("CN=Ruth,OU=Sales," + root, user, own, "1105", "ruth") +
           account("CN=Theo,OU=Sales," + root, user, own, "1106", "theo") +
           account("CN=Vera,OU=Closed," + root, user, own, "1107", "vera") +
           account("CN=PC1,OU=Sales," + root, user + " computer", own, "1108", "PC1$") +
           account("CN=Adm,OU=Sales," + root, user, held, "1109", "adm") +
           account("CN=Staff,OU=Sales," + root, "top group", own, "1200", "Staff") +
           account("CN=Outer,OU=Sales," + root, "top group", own, "1201", "Outer") +
           account("CN=Empty,OU=Sales," + root, "top group", own, "1202", "Empty") +
           "dn: CN=Administrators,CN=Builtin," + root + "\nmember: CN=Adm,OU=Sales," + root + "\n\n" +
           "dn: CN=Staff,OU=Sales," + root + "\nmember: CN=Ruth,OU=Sales," + root +
           "\nmember: CN=Outer,OU=Sales," + root + "\n\n" + "dn: CN=Outer,OU=Sales," + root +
           "\nmember: CN=Staff,OU=Sales," + root + "\n\n";
}
