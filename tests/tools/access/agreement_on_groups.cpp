#include <boost/test/unit_test.hpp>

#include <tests/tools/ways_of_asking.hpp>

namespace tests { // the C library has a function called access
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(agreement_on_groups)

BOOST_AUTO_TEST_CASE(every_way_of_asking_gives_the_same_answer) {
    ways_of_asking::ask_in_every_way("group", 500);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
} // namespace tests
