#include <tools/dsplan/directory/domain_controllers.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(domain_controllers)

using namespace dsplan::directory;

BOOST_AUTO_TEST_CASE(versions_of_windows) {
    for (auto const version :
         {"10.0 (14393)", "10.0 (17763)", "10.0 (20348)", "10.0 (26100)", "11.0 (30000)"})
        BOOST_TEST((is_2016_or_later(version) == known::yes), version);
    for (auto const version : {"10.0 (10586)", "6.3 (9600)", "6.1 (7601)", "5.2 (3790)"})
        BOOST_TEST((is_2016_or_later(version) == known::no), version);
}

BOOST_AUTO_TEST_CASE(other_texts_say_nothing) {
    for (auto const version : {"", "4.22.3", "10.0", "10.0 (14393", "10.0(14393)", "10 (14393)",
                               "10.0 (14393) SP1", "99999999999.0 (14393)", "-1.0 (14393)"})
        BOOST_TEST((is_2016_or_later(version) == known::unknown), version);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
