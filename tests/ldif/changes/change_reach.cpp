#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/reader.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

std::vector<record> moves_below_itself(std::size_t count) {
    std::string text;
    for (std::size_t index = 0; index < count; ++index)
        text +=
            "dn: OU=a,DC=x\nchangetype: modrdn\nnewrdn: OU=b\ndeleteoldrdn: 1\nnewsuperior: OU=a,DC=x\n\n";
    auto input = reader::from_text(text);
    return read_changes(input).value();
}

bool is_concerned(change_reach const& reach, std::string_view dn) {
    auto const text = "dn: " + std::string(dn) + "\nobjectClass: user\n\n";
    auto input = reader::from_text(text);
    return reach.concerns(**input.next_view(), tree_key(dn));
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(change_reach)

// A reader that renamed the object below itself found its new name again, and renamed that for ever.
BOOST_AUTO_TEST_CASE(moves_below_itself_come_to_an_end) {
    for (std::size_t const count : {1U, 2U, 3U}) {
        dsplan::ldif::change_reach const reach(moves_below_itself(count));
        BOOST_TEST(is_concerned(reach, "OU=a,DC=x"));
        BOOST_TEST(is_concerned(reach, "CN=Ruth,OU=a,DC=x"));
        BOOST_TEST(!is_concerned(reach, "OU=c,DC=x"));
    }
}

BOOST_AUTO_TEST_CASE(a_chain_of_renames_ends_at_the_first_name) {
    auto input = reader::from_text("dn: OU=a,DC=x\nchangetype: modrdn\nnewrdn: OU=b\ndeleteoldrdn: 1\n\n"
                                   "dn: OU=b,DC=x\nchangetype: modrdn\nnewrdn: OU=c\ndeleteoldrdn: 1\n\n"
                                   "dn: CN=Ruth,OU=c,DC=x\nchangetype: delete\n\n");
    auto const changes = read_changes(input).value();
    dsplan::ldif::change_reach const reach(changes);
    BOOST_TEST(is_concerned(reach, "CN=Ruth,OU=a,DC=x"));
    BOOST_TEST(!is_concerned(reach, "CN=Ruth,OU=d,DC=x"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
