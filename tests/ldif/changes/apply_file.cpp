#include <ldif/changes/apply_file.hpp>
#include <ldif/changes/change_reach.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

std::string applied(std::string const& base, std::string const& changes,
                    apply_file_options const& options = {}) {
    auto source = reader::from_text(changes);
    auto const list = read_changes(source).value();
    std::string text;
    auto const done =
        apply_to_file([&] { return result<reader>(reader::from_text(base)); }, changes_in_memory(list),
                      [&](std::string_view piece) { text += piece; }, options);
    if (done)
        return text;
    return std::visit([](auto const& error) { return message(error); }, done.error());
}

std::string const base =
    "# head\n\ndn: DC=x\na: 1\n\n# Ruth\ndn: CN=u,OU=s,\n DC=x\n# why\nDescription: one\n two\n"
    "B:: YQ==\n\n\ndn: CN=g,DC=x\nmember: CN=u,OU=s,DC=x\n\n# tail\n";

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(apply_file)

BOOST_AUTO_TEST_CASE(what_nothing_changed_keeps_its_text) {
    BOOST_TEST(applied(base, "dn: CN=n,DC=x\nchangetype: add\nobjectClass: container\ncn: n\n") ==
               "# head\n\ndn: DC=x\na: 1\n\n# Ruth\ndn: CN=u,OU=s,\n DC=x\n# why\nDescription: one\n two\n"
               "B:: YQ==\n\ndn: CN=g,DC=x\nmember: CN=u,OU=s,DC=x\n\n# tail\n\ndn: CN=n,DC=x\nobjectClass: "
               "container\ncn: n\n\n");
}

BOOST_AUTO_TEST_CASE(changed_records_are_written_anew_in_place) {
    BOOST_TEST(applied(base, "dn: DC=x\nchangetype: modify\nreplace: a\na: 2\n-\n")
                   .starts_with("# head\n\ndn: DC=x\na: 2\n\n# Ruth\n"));
}

BOOST_AUTO_TEST_CASE(links_follow) {
    auto const gone = applied(base, "dn: CN=u,OU=s,DC=x\nchangetype: delete\n");
    BOOST_TEST(gone.find("CN=u") == std::string::npos, gone);
    auto const moved = applied(
        base, "dn: CN=u,OU=s,DC=x\nchangetype: moddn\nnewrdn: CN=v\ndeleteoldrdn: 1\nnewsuperior: DC=x\n");
    BOOST_TEST(moved.find("dn: CN=v,DC=x\n") != std::string::npos, moved);
    BOOST_TEST(moved.find("member: CN=v,DC=x\n") != std::string::npos, moved);
}

BOOST_AUTO_TEST_CASE(keeps_line_ends_and_changetypes) {
    BOOST_TEST(applied("dn: DC=x\r\nchangetype: add\r\na: 1\r\n\r\n",
                       "dn: DC=x\nchangetype: modify\nadd: b\nb: 2\n-\n\ndn: CN=n,DC=x\nchangetype: "
                       "add\nobjectClass: container\ncn: n\n") ==
               "dn: DC=x\r\nchangetype: add\r\na: 1\r\nb: 2\r\n\r\n"
               "dn: CN=n,DC=x\r\nchangetype: add\r\nobjectClass: container\r\ncn: n\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(stops_at_the_first_refusal_unless_it_is_tolerated) {
    std::string const twice =
        "dn: DC=x\nchangetype: add\na: 1\n\ndn: DC=x\nchangetype: modify\nreplace: a\na: 3\n-\n";
    BOOST_TEST(applied(base, twice) == "expected a name that is free, found an object with it");
    auto const text = applied(base, twice, {.tolerates = [](apply_error const& it) {
                                  return is_ignored_by_ldifde_k(it.fault);
                              }});
    BOOST_TEST(text.find("a: 3\n") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(joins_the_records_of_one_object_only_where_it_changes) {
    std::string const ranges = "dn: DC=x\na: 1\n\ndn: CN=g,DC=x\nmember;range=0-0: CN=a\n\n"
                               "dn: CN=g,DC=x\nmember;range=1-*: CN=b\n\n";
    BOOST_TEST(applied(ranges, "dn: DC=x\nchangetype: modify\nreplace: a\na: 1\n-\n") == ranges);
    BOOST_TEST(applied(ranges, "dn: CN=g,DC=x\nchangetype: modify\nadd: member\nmember: CN=c\n-\n") ==
               "dn: DC=x\na: 1\n\ndn: CN=g,DC=x\nmember: CN=a\nmember: CN=b\nmember: CN=c\n\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
