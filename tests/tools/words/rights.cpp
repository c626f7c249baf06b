#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <array>
#include <random>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(rights)

namespace {

using namespace dsplan;

dsplan::directory::schema const& known() {
    return dsplan::directory::schema::built_in();
}

// "0x30 bf967a49-…: read, write telephoneNumber"
std::string told(dsplan::words::right const& value) {
    auto const type = value.type ? fmt::format("{}", *value.type) : std::string("-");
    return fmt::format("0x{:x} {}: {}", value.mask.bits, type.substr(0, 8), value.text);
}

std::string read(std::string_view text) {
    auto const made = dsplan::words::parse_rights(text, known());
    if (!made)
        return made.error().what + "\n" + made.error().detail;
    std::string all;
    for (auto const& each : *made)
        all += (all.empty() ? "" : "; ") + told(each);
    return all;
}

void reads_back(dsplan::sddl::access_mask mask, std::optional<dsplan::sddl::guid> const& type) {
    auto const printed = dsplan::words::describe(mask, type, known());
    auto const again = dsplan::words::parse_right(printed.text, known());
    BOOST_TEST_REQUIRE(again.has_value(), printed.text + ": " + (again ? "" : again.error().what));
    BOOST_TEST(again->mask.bits == mask.bits, printed.text);
    BOOST_TEST((again->type == type), printed.text);
    BOOST_TEST(again->text == printed.text);
}

} // namespace

BOOST_AUTO_TEST_CASE(every_right_of_the_schema_reads_back) {
    using namespace sddl;
    for (auto const& attribute : known().attributes()) {
        reads_back(right_read_property, attribute.id);
        reads_back(right_write_property, attribute.id);
        reads_back(right_read_property | right_write_property, attribute.id);
        if (attribute.is_confidential)
            reads_back(property_rights, attribute.id);
    }
    for (auto const& of : known().classes()) {
        reads_back(right_create_child, of.id);
        reads_back(right_create_child | right_delete_child, of.id);
        reads_back(directory_full_control, of.id);
        reads_back(right_read_property | right_write_property | right_delete, of.id);
        reads_back(right_create_child | right_write_dac, of.id);
    }
    for (auto const& right : known().rights()) {
        if ((right.valid_accesses & 0x100U) != 0)
            reads_back(right_control_access, right.id);
        if ((right.valid_accesses & 0x8U) != 0)
            reads_back(right_self_write, right.id);
        if ((right.valid_accesses & 0x30U) != 0) {
            reads_back(right_write_property, right.id);
            reads_back(right_read_property | right_write_property, right.id);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_name_of_a_right_is_read) {
    for (auto const& right : known().rights()) {
        auto const verb = (right.valid_accesses & 0x30U) != 0 ? "write " : "";
        for (auto const& name : {right.name, right.display_name}) {
            auto const made = dsplan::words::parse_right(verb + name, known());
            BOOST_TEST_REQUIRE(made.has_value(), name);
            BOOST_TEST((made->type == right.id), name);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_mask_reads_back) {
    for (auto const& row : dsplan::words::right_words)
        if (row.bit.bits < 0x10000000U)
            reads_back(row.bit, {});
    std::mt19937 random(20);
    for (int round = 0; round < 2000; ++round)
        reads_back({(static_cast<std::uint32_t>(random()) & 0xF01FFU) | 1U}, {});
}

BOOST_AUTO_TEST_CASE(all_words_of_the_table_are_read) {
    for (auto const& row : dsplan::words::right_words) {
        for (auto const letters : {row.letters, row.dsacls})
            BOOST_TEST(dsplan::words::parse_right(letters, known()).value().mask.bits ==
                       dsplan::sddl::map_generic(row.bit).bits);
    }
    for (auto const& row : dsplan::words::foreign_names)
        BOOST_TEST(dsplan::words::parse_rights(row.name, known()).has_value(), row.name);
    for (auto const& row : dsplan::words::mask_phrases)
        BOOST_TEST(dsplan::words::parse_right(row.phrase, known()).value().mask.bits == row.mask.bits);
}

BOOST_AUTO_TEST_CASE(one_right_has_many_names) {
    std::array<std::pair<std::string_view, std::string_view>, 46> const cases{{
        {"modify permissions", "0x40000 -: change permissions"},
        {"Change Permissions", "0x40000 -: change permissions"},
        {"WriteDacl", "0x40000 -: change permissions"},
        {"WRITE_DAC", "0x40000 -: change permissions"},
        {"WD", "0x40000 -: change permissions"},
        {"modify owner", "0x80000 -: take ownership"},
        {"WriteOwner", "0x80000 -: take ownership"},
        {"delete subtree", "0x40 -: delete tree"},
        {"create children", "0x1 -: create all child objects"},
        {"list contents", "0x4 -: list children"},
        {"GenericAll", "0xf01ff -: full control"},
        {"GenericWrite", "0x20028 -: all validated writes, write all properties, read permissions"},
        {"AllExtendedRights", "0x100 -: all extended rights"},
        {"RPWP", "0x30 -: read, write all properties"},
        {"0x30", "0x30 -: read, write all properties"},
        {"create, delete all child objects", "0x3 -: create, delete all child objects"},
        {"synchronize", "0x100000 -: synchronize"},
        {"0x100000", "0x100000 -: synchronize"},
        {"reset password", "0x100 00299570: Reset Password"},
        {"Reset-Password", "0x100 00299570: Reset Password"},
        {"resetpassword", "0x100 00299570: Reset Password"},
        {"User-Force-Change-Password", "0x100 00299570: Reset Password"},
        {"ForceChangePassword", "0x100 00299570: Reset Password"},
        {"extended right \"Reset Password\"", "0x100 00299570: Reset Password"},
        {"CA;Reset Password", "0x100 00299570: Reset Password"},
        {"CR;Reset Password;", "0x100 00299570: Reset Password"},
        {"0x100;{00299570-246d-11d0-a768-00aa006e0529}", "0x100 00299570: Reset Password"},
        {"RPWP;telephoneNumber", "0x30 bf967a49: read, write telephoneNumber"},
        {"read+write telephoneNumber", "0x30 bf967a49: read, write telephoneNumber"},
        {"read and write telephonenumber", "0x30 bf967a49: read, write telephoneNumber"},
        {"write telephoneNumber, read telephoneNumber", "0x30 bf967a49: read, write telephoneNumber"},
        {"WriteProperty telephoneNumber", "0x20 bf967a49: write telephoneNumber"},
        {"write Personal-Information", "0x20 77b5b886: write Personal Information"},
        {"read, write property set \"Personal Information\"",
         "0x30 77b5b886: read, write Personal Information"},
        {"create+delete user", "0x3 bf967aba: create, delete user"},
        {"create user objects", "0x1 bf967aba: create user"},
        {"CCDC;computer", "0x3 bf967a86: create, delete computer"},
        {"delete, create user", "0x10000 -: delete; 0x1 bf967aba: create user"},
        {"GA;user", "0xf01ff bf967aba: full control of user objects"},
        {"AddMember", "0x20 bf9679c0: write member"},
        {"AddSelf", "0x8 bf9679c0: Add/Remove self as member"},
        {"validated write member", "0x8 bf9679c0: Add/Remove self as member"},
        {"WS;Validated write to service principal name",
         "0x8 f3a64788: Validated write to service principal name"},
        {"validated write Membership", "0x8 bc0ac240: validated writes of Group Membership"},
        {"DCSync", "0x100 1131f6aa: Replicating Directory Changes; "
                   "0x100 1131f6ad: Replicating Directory Changes All"},
        {"read, write, control access to msFVE-RecoveryPassword",
         "0x130 43061ac1: read, write msFVE-RecoveryPassword, control access to msFVE-RecoveryPassword"},
    }};
    for (auto const& [typed, expected] : cases)
        BOOST_TEST(read(typed) == expected, typed << ": " << read(typed));
}

BOOST_AUTO_TEST_CASE(what_is_of_another_kind_says_what_to_ask_for) {
    BOOST_TEST(read("Account Restrictions") ==
               "expected read or write before 'Account Restrictions', which is a property set\n"
               "  ask for \"read Account Restrictions\" or \"write Account Restrictions\"\n");
    BOOST_TEST(read("write Enroll") ==
               "expected an attribute or a property set, found 'Enroll', which is an extended right\n"
               "  an extended right is held or not: ask for \"Enroll\"\n");
    BOOST_TEST(read("CA;Validated write to service principal name") ==
               "expected an extended right, found 'Validated write to service principal name', which is a "
               "validated write\n  ask for \"Validated write to service principal name\"\n");
    BOOST_TEST(read("CA;telephoneNumber") ==
               "expected an extended right, found 'telephoneNumber', which is an attribute\n"
               "  ask for \"read telephoneNumber\" or \"write telephoneNumber\"\n");
    BOOST_TEST(read("telephoneNumber") ==
               "expected a right, found 'telephoneNumber', which is an attribute\n"
               "  ask for \"read telephoneNumber\" or \"write telephoneNumber\"\n");
    BOOST_TEST(read("write user") ==
               "expected an attribute or a property set, found 'user', which is a class\n"
               "  ask for \"create user\" or \"delete user\"\n");
    BOOST_TEST(read("create telephoneNumber") ==
               "expected a class, found 'telephoneNumber', which is an attribute\n"
               "  ask for \"read telephoneNumber\" or \"write telephoneNumber\"\n");
    BOOST_TEST(read("SD;user") == "expected no name after delete, found 'user'\n"
                                  "  the right is one on the object as a whole\n");
    BOOST_TEST(dsplan::words::parse_right("DCSync", known()).error().what ==
               "expected rights on one subject, found 2: Replicating Directory Changes; Replicating "
               "Directory Changes All");
}

// Nothing that is called alike is meant: the forest's own schema says what it is.
BOOST_AUTO_TEST_CASE(a_name_of_laps_asks_for_the_schema) {
    for (std::string const name : {"msLAPS-Password", "ms-Mcs-AdmPwd", "mslaps-encryptedpassword"})
        for (std::string const& words : {"read " + name, "write " + name, name}) {
            auto const text = read(words);
            BOOST_TEST(text.starts_with("the schema that dsplan knows has no " + name +
                                        ", and its GUID differs from forest to forest\n"
                                        "  export your schema, and name the file with --schema:\n"
                                        "    ldifde -f schema.ldf -h -d "),
                       text);
        }
    BOOST_TEST(read("read msLABS").find("differs from forest to forest") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unknown_name_gets_the_nearest) {
    constexpr auto where = "  names are those of the schema; a forest with its own ones needs --schema\n";
    BOOST_TEST(read("write telefoneNumber") ==
               std::string("expected the name of an attribute or a property set, found 'telefoneNumber'\n"
                           "  did you mean \"write telephoneNumber\"?\n") +
                   where);
    BOOST_TEST(read("Reset Pasword") == std::string("expected the name of a right, found 'Reset Pasword'\n"
                                                    "  did you mean \"Reset Password\"?\n") +
                                            where);
    BOOST_TEST(read("create usr") == std::string("expected the name of a class, found 'usr'\n"
                                                 "  did you mean \"create user\"?\n") +
                                         where);
    BOOST_TEST(read("change permisions") ==
               std::string("expected the name of a right, found 'change permisions'\n"
                           "  did you mean \"change permissions\"?\n") +
                   where);
    BOOST_TEST(read("Kennwort zur\xC3\xBC"
                    "cksetzen") == "expected the name of a right, found 'Kennwort zur\xC3\xBC"
                                   "cksetzen'\n"
                                   "  rights are named in English here; dsplan rights lists them\n");
}

BOOST_AUTO_TEST_CASE(a_right_with_the_wrong_bit_does_nothing) {
    auto const text = [](std::uint32_t mask, std::string_view type) {
        return dsplan::words::describe({mask}, dsplan::sddl::parse_guid(type).value(), known()).text;
    };
    BOOST_TEST(text(0x1, "00299570-246d-11d0-a768-00aa006e0529") ==
               "create children \"Reset Password\" (does nothing: Reset Password is an extended right)");
    BOOST_TEST(text(0x20, "0e10c968-78fb-11d2-90d4-00c04f79dc55") ==
               "write \"Enroll\" (does nothing: Enroll is an extended right)");
    BOOST_TEST(
        text(0x100, "f3a64788-5306-11d1-a9c5-0000f80367c1") ==
        "extended right \"servicePrincipalName\" (does nothing: servicePrincipalName is an attribute)");
    BOOST_TEST(text(0x100, "80863791-dbe9-4eb8-837e-7f0ab55d9ac7") != "");
    BOOST_TEST(text(0x130, "bf967a49-0de6-11d0-a285-00aa003049e2") ==
               "read, write telephoneNumber (extended right does nothing here)");
    BOOST_TEST(text(0xF01FF, "00299570-246d-11d0-a768-00aa006e0529") ==
               "Reset Password (the other rights do nothing here)");
    // and those that look alike
    BOOST_TEST(text(0x130, "43061ac1-c8ad-4ccc-b785-2bfac20fc60a") ==
               "read, write msFVE-RecoveryPassword, control access to msFVE-RecoveryPassword");
    BOOST_TEST(text(0x100, "00299570-246d-11d0-a768-00aa006e0529") == "Reset Password");
    BOOST_TEST(text(0x28, "bf9679c0-0de6-11d0-a285-00aa003049e2") ==
               "write member, Add/Remove self as member");
    BOOST_TEST(text(0x30, "00000000-0000-0000-0000-000000000001") ==
               "read, write 00000000-0000-0000-0000-000000000001 (unknown here)");
}

BOOST_AUTO_TEST_CASE(a_set_with_holes_reads_back) {
    for (std::string const text :
         {"write Personal Information but homePhone, mobile",
          "read all properties but Personal Information, description", "write all properties but member",
          "all extended rights but Reset Password, Send As", "create all child objects but user",
          "all validated writes but Add/Remove self as member"}) {
        auto const made = dsplan::words::parse_right(text, known());
        BOOST_TEST_REQUIRE(made.has_value(), text);
        BOOST_TEST(made->text == text);
        BOOST_TEST(!made->but.empty());
    }
    BOOST_TEST(dsplan::words::parse_right("write Personal Information", known())->but.empty());
    BOOST_TEST(read("delete but homePhone") ==
               "expected a property set or all of a kind of rights before \"but\", found 'delete'\n"
               "  ask for one right after the other\n");
    BOOST_TEST(read("write Personal Information but homePhon").starts_with("expected"));
}

BOOST_AUTO_TEST_CASE(remarks_behind_a_right_are_read_over) {
    for (auto const remark : {dsplan::words::half_of_reading, dsplan::words::allowed_by_parent_already,
                              dsplan::words::allowed_by_parent_still})
        BOOST_TEST(read("delete" + std::string(remark)) == read("delete"));
    BOOST_TEST(read("delete (or so)") != read("delete"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
