#include <tools/dsplan/directory/windows_time.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(windows_time)

using namespace dsplan::directory;

BOOST_AUTO_TEST_CASE(filetimes_count_from_1601) {
    BOOST_TEST(filetime_text(0).value() == "1601-01-01 00:00:00 UTC");
    BOOST_TEST(filetime_text(132'539'328'010'000'000).value() == "2021-01-01 00:00:01 UTC");
    BOOST_TEST(!filetime_text(-1));
    BOOST_TEST(!filetime_text(INT64_MAX));
}

BOOST_AUTO_TEST_CASE(ticks_count_from_the_year_1) {
    BOOST_TEST(ticks_text(0).value() == "0001-01-01 00:00:00 UTC");
    BOOST_TEST(ticks_text(637'450'560'000'000'000).value() == "2021-01-01 00:00:00 UTC");
}

BOOST_AUTO_TEST_CASE(generalized_times_are_checked) {
    BOOST_TEST(generalized_time_text("20240229010203.0Z").value() == "2024-02-29 01:02:03 UTC");
    BOOST_TEST(generalized_time_text("20240229010203Z").value() == "2024-02-29 01:02:03 UTC");
    for (auto const* const no_time : {"", "Z", "20230229010203.0Z", "20240229250203.0Z", "20240229010203.0",
                                      "2024022901020x.0Z", "20240229010203,0Z", "20240229010203.Z"})
        BOOST_TEST(!generalized_time_text(no_time), no_time);
}

BOOST_AUTO_TEST_CASE(intervals_are_told_in_their_units) {
    BOOST_TEST(interval_text(-36'288'000'000'000) == "42 days");
    BOOST_TEST(interval_text(-18'000'000'000) == "30 minutes");
    BOOST_TEST(interval_text(-954'000'000'000) == "1 day 2 hours 30 minutes");
    BOOST_TEST(interval_text(0) == "0 seconds");
    BOOST_TEST(interval_text(INT64_MIN).starts_with("10675199 days"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
