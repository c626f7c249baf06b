#include <ldif/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace dsplan::ldif;

namespace {

std::string written(record const& value) {
    return write(value);
}

std::string written_value(std::string const& octets) {
    record entry;
    entry.attributes = {{"a", octets}};
    auto const text = write(entry, {.profile = writer_profile::rfc2849});
    return text.substr(4, text.size() - 5); // without "dn:" and the empty line
}

} // namespace

BOOST_AUTO_TEST_SUITE(writer)

BOOST_AUTO_TEST_CASE(writes_what_ldifde_takes) {
    record change;
    change.dn = "CN=a,DC=x";
    change.changetype = change_type::modify;
    change.modifications = {{modification_operation::add, "member", {"CN=b,DC=x", "CN=\xC3\xA4,DC=x"}}};
    BOOST_TEST(write(change) == "dn: CN=a,DC=x\r\nchangetype: modify\r\nadd: member\r\nmember: CN=b,DC=x\r\n"
                                "member:: Q049w6QsREM9eA==\r\n-\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(folds) {
    record entry;
    entry.dn = "DC=x";
    entry.attributes = {{"description", "abcdefghijklmnopqrstuvwxyz"}};
    BOOST_TEST(write(entry, {.profile = writer_profile::rfc2849, .fold_column = 10}) ==
               "dn: DC=x\ndescriptio\n n: abcdef\n ghijklmno\n pqrstuvwx\n yz\n\n");
}

// ldifde asks for a line "-" after every block, the last one too, and an empty line, at the end of the file
// too.
BOOST_AUTO_TEST_CASE(no_folded_line_holds_blanks_only) {
    record entry;
    entry.dn = "DC=x";
    entry.attributes = {{"a", "b" + std::string(9, ' ') + "c"}};
    writer_options const narrow{.profile = writer_profile::rfc2849, .fold_column = 10};
    BOOST_TEST(write(entry, narrow) == "dn: DC=x\na:: YiAgIC\n AgICAgIGM\n =\n\n");
    entry.attributes = {{"a", "b" + std::string(8, ' ') + "c"}};
    BOOST_TEST(write(entry, narrow) == "dn: DC=x\na: b      \n   c\n\n");
}

BOOST_AUTO_TEST_CASE(every_block_of_a_modify_ends_in_a_dash) {
    record change;
    change.changetype = change_type::modify;
    change.modifications = {{modification_operation::add, "schemaUpdateNow", {"1"}},
                            {modification_operation::delete_values, "info", {}},
                            {modification_operation::replace, "description", {"a", ""}}};
    BOOST_TEST(written(change) ==
               "dn:\r\nchangetype: modify\r\nadd: schemaUpdateNow\r\nschemaUpdateNow: 1\r\n-\r\n"
               "delete: info\r\n-\r\nreplace: description\r\ndescription: a\r\ndescription:\r\n-\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(every_change_type_is_written) {
    record change;
    change.dn = "CN=a";
    change.changetype = change_type::delete_entry;
    BOOST_TEST(written(change) == "dn: CN=a\r\nchangetype: delete\r\n\r\n");
    change.changetype = change_type::modrdn;
    change.renamed = {"CN=b", false, "OU=c"};
    BOOST_TEST(written(change) == "dn: CN=a\r\nchangetype: modrdn\r\nnewrdn: CN=b\r\ndeleteoldrdn: 0\r\n"
                                  "newsuperior: OU=c\r\n\r\n");
    record entry;
    entry.dn = "CN=\xC3\xA4";
    entry.attributes = {{"cn", "\xC3\xA4"}};
    BOOST_TEST(written(entry) == "dn:: Q049w6Q=\r\nchangetype: add\r\ncn:: w6Q=\r\n\r\n");
}

// What no reader may take for a URL, a blank to skip, a line end or a character of some code page.
BOOST_AUTO_TEST_CASE(values_that_are_not_plain_are_base64) {
    BOOST_TEST(written_value("x") == "a: x\n");
    BOOST_TEST(written_value("") == "a:\n");
    BOOST_TEST(written_value("a: b < c #") == "a: a: b < c #\n");
    BOOST_TEST(written_value("< file:///x") == "a:: PCBmaWxlOi8vL3g=\n");
    BOOST_TEST(written_value(": x") == "a:: OiB4\n");
    BOOST_TEST(written_value(" x") == "a:: IHg=\n");
    BOOST_TEST(written_value("x ") == "a:: eCA=\n");
    BOOST_TEST(written_value("x\ny") == "a:: eAp5\n");
    BOOST_TEST(written_value("x\ry") == "a:: eA15\n");
    BOOST_TEST(written_value(std::string(1, '\0')) == "a:: AA==\n");
    for (int octet = 0; octet < 256; ++octet) {
        auto const text = written_value(std::string(1, static_cast<char>(octet)));
        BOOST_TEST(std::all_of(text.begin(), text.end(), [](char letter) {
            return letter == '\n' || (letter >= 0x20 && letter < 0x7F);
        }));
    }
}

BOOST_AUTO_TEST_CASE(only_rfc2849_files_have_a_version) {
    BOOST_TEST(file_head() == "");
    BOOST_TEST(file_head({.profile = writer_profile::rfc2849}) == "version: 1\n\n");
}

BOOST_AUTO_TEST_SUITE_END()
