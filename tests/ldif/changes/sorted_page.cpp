#include <ldif/changes/storage/sorted_page.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(sorted_page)

namespace {

std::string text(dsplan::ldif::sorted_page const& page) {
    std::string all;
    for (std::size_t i = 0; i < page.count(); ++i)
        all.append(page.key(i)).append("=").append(page.value(i)).append(" ");
    return all;
}

void put(dsplan::ldif::sorted_page& page, std::string_view key, std::string_view value) {
    page.insert(page.lower_bound(key), key, value);
}

} // namespace

BOOST_AUTO_TEST_CASE(keeps_its_items_in_the_order_of_their_keys) {
    dsplan::ldif::sorted_page page;
    put(page, "b", "1");
    put(page, "", "");
    put(page, "c", "22");
    put(page, "a", "333");
    BOOST_TEST(text(page) == "= a=333 b=1 c=22 ");
    BOOST_TEST(page.lower_bound("b") == 2U);
    BOOST_TEST(page.upper_bound("b") == 3U);
    page.replace(1, "444");
    page.replace(2, "longer");
    BOOST_TEST(text(page) == "= a=444 b=longer c=22 ");
    page.erase(0);
    BOOST_TEST(text(page) == "a=444 b=longer c=22 ");
}

BOOST_AUTO_TEST_CASE(is_the_same_once_stored_and_split) {
    dsplan::ldif::sorted_page page;
    for (char const key : {'d', 'a', 'c', 'b'})
        put(page, std::string(1, key), std::string(static_cast<std::size_t>(key - 'a') * 100, key));
    page.replace(0, "x");
    std::string octets;
    page.append_to(octets);
    BOOST_TEST(octets.size() == page.size());
    dsplan::ldif::sorted_page loaded;
    loaded.load(octets);
    BOOST_TEST(text(loaded) == text(page));
    auto const upper = loaded.split(3);
    BOOST_TEST(text(loaded) + text(upper) == text(page));
    BOOST_TEST(loaded.size() + upper.size() == page.size());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
