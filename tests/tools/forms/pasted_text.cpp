#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/forms/pasted_text.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(forms)
BOOST_AUTO_TEST_SUITE(pasted_text)

namespace {

using dsplan::sddl::domain_sids;

// What is read, as SDDL, with the note after it; or why it is refused.
std::string reading(std::string const& text, std::string_view on = {}) {
    domain_sids const none;
    auto const read = dsplan::read_pasted(text, {.sids = none, .on = on});
    if (!read)
        return "refused at " + std::to_string(read.error().column) + ": " + read.error().message + "\n" +
               read.error().detail;
    auto said = dsplan::sddl::write(read->read.value);
    return read->note.empty() ? said : said + " (" + read->note + ")";
}

constexpr auto one = "O:BAG:SYD:AI(A;ID;FA;;;SY)(A;;0x1200a9;;;BU)";
constexpr auto system_base64 = "AQAEgAAAAAAAAAAAAAAAABQAAAACABwAAQAAAAAAFAAAAAAQAQEAAAAAAAUSAAAA";

} // namespace

BOOST_AUTO_TEST_CASE(marks_around_sddl) {
    std::string const text = one;
    for (std::string const& pasted :
         {"\"" + text + "\"", "'" + text + "'", "`" + text + "`", "$sddl = \"" + text + "\"",
          "$acl.Sddl='" + text + "'", "sddl = " + text, "const wchar_t* sddl = L\"" + text + "\";",
          "$sddl = @\"\n" + text + "\n\"@", "  \r\n" + text + "\r\n", "\"sddl\": \"" + text + "\",",
          "Sddl : " + text, "Sddl   : " + text + "\r\n", "SDDL: " + text, "channelAccess: " + text,
          "SDDL:\n" + text, "Security descriptor (SDDL): \"" + text + "\""})
        BOOST_TEST_CONTEXT(pasted)
    BOOST_TEST(reading(pasted) == text);
}

// Colons and quotation marks of a descriptor of its own are none of somebody who quotes it.
BOOST_AUTO_TEST_CASE(marks_within_sddl) {
    std::string const text = "D:(XA;;FX;;;WD;(a == \"sddl: D:P\"))";
    BOOST_TEST(reading(text) == text);
    BOOST_TEST(reading("'" + text + "'") == text);
    BOOST_TEST(reading("\"" + text + "\"") == text);
    BOOST_TEST(reading("O: BA G: SY D: (A;;GA;;;SY)") == "O:BAG:SYD:(A;;GA;;;SY)");
}

BOOST_AUTO_TEST_CASE(format_list_of_get_acl) {
    std::string const head = "\r\n\r\nPath   : Microsoft.PowerShell.Core\\FileSystem::C:\\Data\r\n"
                             "Owner  : BUILTIN\\Administrators\r\nGroup  : NT AUTHORITY\\SYSTEM\r\n"
                             "Access : NT AUTHORITY\\SYSTEM Allow  FullControl\r\n"
                             "         BUILTIN\\Users Allow  ReadAndExecute, Synchronize\r\nAudit  : \r\n";
    BOOST_TEST(reading(head + "Sddl   : " + one + "\r\n\r\n") ==
               one + std::string(" (the descriptor in line 9)"));
    // The console cuts where its line ends, also within a number.
    BOOST_TEST(reading(head + "Sddl   : O:BAG:SYD:AI(A;ID;FA;;;SY)(A;;0x12\r\n         00a9;;;BU)\r\n\r\n") ==
               one + std::string(" (the descriptor in line 9)"));
    // An account that is cut may leave a line that looks like one of dsacls.
    BOOST_TEST(
        reading("Access : CONTOSO\\A group with a long name\n         Allow  FullControl\nSddl   : O:BA\n") ==
        "O:BA (the descriptor in line 3)");
    BOOST_TEST(reading("Sddl : O:BA\nSddl : O:SY\n") ==
               "refused at 1: expected one descriptor, found two in lines 1 and 2; give one of them\n");
}

BOOST_AUTO_TEST_CASE(text_that_a_terminal_wrapped_is_never_misread) {
    BOOST_TEST(reading("D:(A;;FA;;;SY)\n(A;;FA;;;BA)\r\n") == "D:(A;;FA;;;SY)(A;;FA;;;BA)");
    BOOST_TEST(reading("D:(A;;0x12\n00a9;;;BU)") ==
               "refused at 11: expected one number and nothing after it, found '\\x0a00a9'\n"
               "    D:(A;;0x12\n"
               "              ^ rights, field 3 of 6\n"
               "    if a terminal wrapped this text, join the wrapped lines\n");
}

BOOST_AUTO_TEST_CASE(one_ace) {
    BOOST_TEST(reading("(A;;FA;;;SY)") == "D:(A;;FA;;;SY) (read as the ACEs of a DACL)");
    BOOST_TEST(reading("A;;FA;;;SY") == "D:(A;;FA;;;SY) (read as the ACEs of a DACL)");
    BOOST_TEST(reading(" (A;;FA;;;SY) (D;;SD;;;WD)\n") ==
               "D:(A;;FA;;;SY)(D;;SD;;;WD) (read as the ACEs of a DACL)");
    BOOST_TEST(reading("(au;SA;FA;;;WD)") == "S:(AU;SA;FA;;;WD) (read as the ACEs of a SACL)");
    BOOST_TEST(
        reading("(OA;CIIO;RPWP;5b47d60f-6090-40b2-9f37-2a4de88f3063;;S-1-5-21-1-2-3-1105)") ==
        "D:(OA;CIIO;RPWP;5b47d60f-6090-40b2-9f37-2a4de88f3063;;S-1-5-21-1-2-3-1105) (read as the ACEs of "
        "a DACL)");
    BOOST_TEST(
        reading("(A;;FA;;;SY)(AU;SA;FA;;;WD)")
            .starts_with(
                "refused at 14: expected an ACE type of a DACL (A, D, OA, OD, XA, XD, ZA), found 'AU'\n"));
    BOOST_TEST(reading("(A;;FA;;SY)").starts_with("refused at "));
}

BOOST_AUTO_TEST_CASE(lines_of_ldif) {
    std::string const value = system_base64;
    std::string const wanted = "D:(A;;GA;;;SY)";
    BOOST_TEST(reading("nTSecurityDescriptor:: " + value) == wanted);
    BOOST_TEST(reading("  ntsecuritydescriptor:: " + value.substr(0, 20) + "\r\n " + value.substr(20) +
                       "\r\n") == wanted);
    BOOST_TEST(reading("nTSecurityDescriptor: D:(A;;GA;;;SY)") == wanted);
    BOOST_TEST(reading("msDS-AllowedToActOnBehalfOfOtherIdentity:: " + value) == wanted);
    BOOST_TEST(reading("objectClass: top\nnTSecurityDescriptor:: " + value) == wanted);
    BOOST_TEST(reading("defaultSecurityDescriptor: D:(A;;GA;;;SY)") == wanted);
    BOOST_TEST(reading("dn: CN=a,DC=contoso,DC=com\nobjectClass: top\n") ==
               "refused at 1: expected a security descriptor, found LDIF without one\n"
               "  export nTSecurityDescriptor\n");
}

BOOST_AUTO_TEST_CASE(an_ldif_file) {
    std::string const value = system_base64;
    std::string const file = "# export\n\ndn: CN=a,DC=contoso,DC=com\nnTSecurityDescriptor:: " + value +
                             "\n\ndn: CN=b,DC=contoso,DC=com\nchangetype: modify\nreplace: "
                             "nTSecurityDescriptor\nnTSecurityDescriptor:: " +
                             value + "\n-\n\n";
    BOOST_TEST(reading(file) == "refused at 1: expected one descriptor, found 2; give the object with --on\n"
                                "  CN=a,DC=contoso,DC=com\n"
                                "  CN=b,DC=contoso,DC=com\n");
    BOOST_TEST(reading(file, "cn=B, dc=contoso,dc=com") ==
               "D:(A;;GA;;;SY) (the descriptor of CN=b,DC=contoso,DC=com)");
    BOOST_TEST(reading(file, "CN=c") == "refused at 1: --on: expected one of these objects, found 'CN=c'\n"
                                        "  CN=a,DC=contoso,DC=com\n"
                                        "  CN=b,DC=contoso,DC=com\n");
}

BOOST_AUTO_TEST_CASE(files_of_icacls_save) {
    std::string const file = "Data\r\nD:AI(A;ID;FA;;;SY)\r\nData\\in\r\nD:(A;;FA;;;BA)\r\n";
    BOOST_TEST(reading("Data\r\nD:AI(A;ID;FA;;;SY)\r\n") == "D:AI(A;ID;FA;;;SY) (the descriptor of Data)");
    BOOST_TEST(reading(file) == "refused at 1: expected one descriptor, found 2; give the object with --on\n"
                                "  Data\n"
                                "  Data\\in\n");
    std::string wide;
    for (char const letter : file) {
        wide += letter;
        wide += '\0';
    }
    BOOST_TEST(reading(wide, "Data\\in") == "D:(A;;FA;;;BA) (the descriptor of Data\\in)");
}

BOOST_AUTO_TEST_CASE(values_of_the_registry) {
    std::string const octets =
        "01,00,04,80,00,00,00,00,00,00,00,00,00,00,00,00,14,00,00,00,02,00,\\\r\n"
        "  1c,00,01,00,00,00,00,00,14,00,00,00,00,10,01,01,00,00,00,00,00,05,12,00,00,00";
    std::string const wanted = "D:(A;;GA;;;SY)";
    BOOST_TEST(reading("\"Security\"=hex:" + octets) == wanted);
    BOOST_TEST(
        reading("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\a]\r\n\"Security\""
                "=hex(3):" +
                octets + "\r\n") == wanted);
    BOOST_TEST(
        reading("    Security    REG_BINARY    010004800000000000000000000000001400000002001c0001000000"
                "0000140000000010010100000000000512000000\r\n") == wanted);
}

// Its fifth line alone looks like a label before the first line of a dump.
BOOST_AUTO_TEST_CASE(a_dump_is_read_whole) {
    BOOST_TEST(reading("00000000: 0100 0494 4800 0000 5800 0000 0000 0000  ....H...X.......\n"
                       "00000010: 1400 0000 0200 3400 0200 0000 0003 1800  ......4.........\n"
                       "00000020: a900 1200 0102 0000 0000 0005 2000 0000  ............ ...\n"
                       "00000030: 2102 0000 0000 1400 3000 0000 0101 0000  !.......0.......\n"
                       "00000040: 0000 0005 0b00 0000 0102 0000 0000 0005  ................\n"
                       "00000050: 2000 0000 2002 0000 0101 0000 0000 0005   ... ...........\n"
                       "00000060: 1200 0000                                ....\n") ==
               "O:BAG:SYD:PAI(A;OICI;0x1200a9;;;BU)(A;;RPWP;;;AU)");
}

BOOST_AUTO_TEST_CASE(what_holds_no_descriptor) {
    for (std::string const nothing : {"", " \r\n\t\n"})
        BOOST_TEST(reading(nothing) == "refused at 1: expected a security descriptor, found nothing\n");
    BOOST_TEST(reading("Access list:\nAllow BUILTIN\\Administrators   FULL CONTROL\n") ==
               "refused at 1: expected a security descriptor, found what looks like output of dsacls\n"
               "  export nTSecurityDescriptor with ldifde\n");
    BOOST_TEST(reading("C:\\Data BUILTIN\\Administrators:(I)(F)\n") ==
               "refused at 1: expected a security descriptor, found what looks like output of icacls\n"
               "  icacls FILE /save OUT.txt writes SDDL\n");
    BOOST_TEST(reading("Path Owner                  Access\n---- -----                  ------\n") ==
               "refused at 1: expected a security descriptor, found what looks like a table of Get-Acl\n"
               "  (Get-Acl PATH).Sddl writes SDDL\n");
    BOOST_TEST(
        reading("o:bag:ba") ==
        "refused at 1: expected O:, G:, D:, S:, an ACE in parentheses or the end of the text, found 'o'\n"
        "    o:bag:ba\n"
        "    ^\n"
        "    section letters are capitals: O:\n");
}

BOOST_AUTO_TEST_CASE(columns_are_those_of_what_was_pasted) {
    BOOST_TEST(
        reading("Sddl : \"D:(A;;GA;;;B1)\"").starts_with("refused at 20: expected a SID or a two-letter"));
    BOOST_TEST(reading("A;;GA;;;B1").starts_with("refused at 9: expected a SID"));
}

BOOST_AUTO_TEST_CASE(words_need_no_domain) {
    domain_sids const none;
    dsplan::pasted_request const request{.sids = none, .is_for_words = true};
    std::string const text =
        "O:DAG:EAD:(A;;RP;;;S-1-5-21-4294967295-1-2-512)(XA;;RP;;;DU;(Member_of {SID(DA)}))";
    auto const read = dsplan::read_pasted(text, request);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->has_stand_ins);
    BOOST_TEST(dsplan::sddl::write(read->read.value, read->sids) == text);
    BOOST_TEST(!dsplan::read_pasted("O:BA", request)->has_stand_ins);
    BOOST_TEST(reading("O:DA").starts_with("refused at 3: expected the SID of the domain that DA"));
}

// Two accounts, a domain, and a group that is called as one of them is.
BOOST_AUTO_TEST_CASE(objects_by_other_names_than_the_dn) {
    auto const entry = [](std::string const& dn, std::string const& lines, std::string const& rights) {
        return "dn: " + dn + "\n" + lines + "nTSecurityDescriptor: D:(A;;" + rights + ";;;SY)\n\n";
    };
    auto const text = entry("DC=contoso,DC=com", "objectClass: domainDNS\n", "RP") +
                      entry("CN=Anna Becker,OU=Sales,DC=contoso,DC=com",
                            "sAMAccountName: abecker\nuserPrincipalName: anna@contoso.com\n"
                            "objectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUQQAAA==\n",
                            "WP") +
                      entry("CN=ben,OU=Sales,DC=contoso,DC=com",
                            "sAMAccountName: ben\nobjectSid: S-1-5-21-1-2-3-1106\n", "CR") +
                      entry("CN=ben,OU=Groups,DC=contoso,DC=com", "sAMAccountName: ben staff\n", "LC");
    for (std::string const name :
         {"ABECKER", "contoso\\abecker", "contoso.com\\abecker", "Anna@contoso.com", "S-1-5-21-1-2-3-1105",
          "anna becker", "cn=anna becker, ou=sales, dc=contoso, dc=com"})
        BOOST_TEST_CONTEXT(name)
    BOOST_TEST(reading(text, name) ==
               "D:(A;;WP;;;SY) (the descriptor of CN=Anna Becker,OU=Sales,DC=contoso,DC=com)");
    BOOST_TEST(reading(text, "Contoso.com") == "D:(A;;RP;;;SY) (the descriptor of DC=contoso,DC=com)");
    BOOST_TEST(reading(text, "S-1-5-21-1-2-3-1106").starts_with("D:(A;;CR;;;SY)"));
    BOOST_TEST(reading(text, "ben staff").starts_with("D:(A;;LC;;;SY)"));
    BOOST_TEST(reading(text, "ben") == "refused at 1: --on: expected the name of one object, found 'ben'\n"
                                       "  CN=ben,OU=Sales,DC=contoso,DC=com\n"
                                       "  CN=ben,OU=Groups,DC=contoso,DC=com\n");
    auto const all = "  DC=contoso,DC=com\n  CN=Anna Becker,OU=Sales,DC=contoso,DC=com\n"
                     "  CN=ben,OU=Sales,DC=contoso,DC=com\n  CN=ben,OU=Groups,DC=contoso,DC=com\n";
    BOOST_TEST(reading(text, "abeckr") ==
               std::string("refused at 1: --on: expected one of these objects, found 'abeckr'\n") + all +
                   "  did you mean CN=Anna Becker,OU=Sales,DC=contoso,DC=com?\n");
    BOOST_TEST(reading(text, "fabrikam\\abecker").starts_with("refused at 1: --on: expected one of these"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
