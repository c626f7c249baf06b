#include <ldif/changes/storage/ordered_store.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(ordered_store)

void require_same(dsplan::ldif::ordered_store& store, std::map<std::string, std::string> const& model) {
    std::string key;
    std::string value;
    auto expected = model.begin();
    for (bool more = store.at_or_behind("", key, value); more; more = store.behind(key, key, value)) {
        BOOST_TEST_REQUIRE((expected != model.end()));
        BOOST_TEST_REQUIRE(key == expected->first);
        BOOST_TEST_REQUIRE(value == expected->second);
        ++expected;
    }
    BOOST_TEST_REQUIRE((expected == model.end()));
}

// Beside std::map, with so little memory that nodes go to the file and come back all the time.
BOOST_AUTO_TEST_CASE(does_what_a_map_does) {
    std::mt19937 random(1);
    dsplan::ldif::ordered_store store(1);
    std::map<std::string, std::string> model;
    for (int i = 0; i < 60000; ++i) {
        auto const key = std::to_string(random() % 4000);
        std::string value(random() % (random() % 500 == 0 ? 40000 : 60), static_cast<char>('a' + i % 26));
        switch (random() % 4) {
        case 0:
            BOOST_TEST_REQUIRE(store.erase(key) == (model.erase(key) != 0));
            break;
        case 1: {
            std::string found;
            auto const known = model.find(key);
            BOOST_TEST_REQUIRE(store.find(key, found) == (known != model.end()));
            BOOST_TEST_REQUIRE((known == model.end() || known->second == found));
            break;
        }
        default:
            store.put(key, value);
            model[key] = value;
        }
    }
    require_same(store, model);
}

// Whole leaves go and come back, at the edges of nodes and over all of them.
BOOST_AUTO_TEST_CASE(forgets_leaves_that_are_empty) {
    std::mt19937 random(3);
    dsplan::ldif::ordered_store store(1);
    std::map<std::string, std::string> model;
    for (int round = 0; round < 120; ++round) {
        auto const first = random() % 10000;
        auto const last = round % 10 == 0 ? 19999 : first + random() % 6000;
        std::string const text(round % 7 == 0 ? 3000 : 30, static_cast<char>('a' + round % 26));
        for (auto number = round % 10 == 0 ? 10000 : first + 10000; number < last + 10000; ++number) {
            auto const key = std::to_string(number);
            if (round % 2 == 0) {
                BOOST_TEST_REQUIRE(store.erase(key) == (model.erase(key) != 0));
            } else if (number % (round % 7 == 0 ? 40 : 1) == 0) {
                store.put(key, text);
                model[key] = text;
            }
        }
        require_same(store, model);
    }
}

BOOST_AUTO_TEST_CASE(shares_its_memory_with_others_that_come_and_go) {
    auto const cache = dsplan::ldif::ordered_store::make_cache(1);
    dsplan::ldif::ordered_store left(cache);
    {
        dsplan::ldif::ordered_store right(cache);
        for (int i = 0; i < 20000; ++i)
            (i % 3 == 0 ? left : right).put(std::to_string(i), std::string(20, 'v'));
        std::string value;
        BOOST_TEST(right.find("19999", value));
        BOOST_TEST(!right.contains("0"));
    }
    std::size_t count = 0;
    std::string key;
    std::string value;
    for (bool more = left.at_or_behind("", key, value); more; more = left.behind(key, key, value))
        ++count;
    BOOST_TEST(count == 6667U);
}

// Keys that have their distinction after 20,000 octets fill an inner node each.
BOOST_AUTO_TEST_CASE(takes_keys_larger_than_a_node) {
    dsplan::ldif::ordered_store store(1);
    std::string const head(20000, 'k');
    for (int i = 0; i < 200; ++i)
        store.put(head + std::to_string(i * 7 % 200), std::to_string(i));
    std::string value;
    for (int i = 0; i < 200; ++i) {
        BOOST_TEST_REQUIRE(store.find(head + std::to_string(i * 7 % 200), value));
        BOOST_TEST_REQUIRE(value == std::to_string(i));
    }
    std::string key;
    int count = 0;
    for (bool more = store.at_or_behind("", key, value); more; more = store.behind(key, key, value))
        ++count;
    BOOST_TEST(count == 200);
}

BOOST_AUTO_TEST_CASE(goes_on_from_keys_that_are_not_there) {
    dsplan::ldif::ordered_store store;
    std::string key;
    std::string value;
    BOOST_TEST(!store.at_or_behind("", key, value));
    store.put("b", "1");
    store.put("d", "2");
    BOOST_TEST(store.at_or_behind("b", key, value));
    BOOST_TEST(key == "b");
    BOOST_TEST(store.behind("b", key, value));
    BOOST_TEST(key == "d");
    BOOST_TEST(store.at_or_behind("c", key, value));
    BOOST_TEST(key == "d");
    BOOST_TEST(!store.behind("d", key, value));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
