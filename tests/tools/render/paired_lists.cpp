#include <sddl/parse.hpp>
#include <tools/dsplan/render/paired_lists.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(paired_lists)

using namespace dsplan;

namespace {

// "2=1 3- +2": places before and after of what stays (=) or changed (~), of what went (-), came (+) or moved
// ("2>", ">1").
std::string pairs_of(std::string_view before, std::string_view after) {
    auto const was = dsplan::sddl::parse(before);
    auto const is = dsplan::sddl::parse(after);
    BOOST_REQUIRE((was && is));
    dsplan::words::name_context const names{.known = dsplan::directory::schema::built_in(), .sids = {}};
    auto const reading = dsplan::words::read_descriptor(*is, &*was, names);
    std::string text;
    for (auto const& pair : dsplan::render::pair_lists(reading.dacl)) {
        auto const left = pair.before.words == nullptr ? std::string() : fmt::format("{}", pair.before.place);
        auto const right = pair.after.words == nullptr ? std::string() : fmt::format("{}", pair.after.place);
        constexpr std::string_view signs = "=+-~>"; // in the order of dsplan::words::mark
        text += fmt::format("{}{}{}{}", text.empty() ? "" : " ", left,
                            signs[static_cast<std::size_t>(pair.what)], right);
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_stays_is_beside_itself) {
    BOOST_TEST(pairs_of("D:(A;;RP;;;BA)(A;;RP;;;BU)", "D:(A;;RP;;;BA)(A;;RP;;;BU)") == "1=1 2=2");
    BOOST_TEST(pairs_of("D:(A;;RP;;;BA)", "D:(D;;WP;;;BG)(A;;RP;;;BA)(A;;RP;;;BU)") == "+1 1=2 +3");
    BOOST_TEST(pairs_of("D:(D;;WP;;;BG)(A;;RP;;;BA)(A;;RP;;;BU)", "D:(A;;RP;;;BA)") == "1- 2=1 3-");
}

BOOST_AUTO_TEST_CASE(what_changed_is_beside_what_it_was) {
    BOOST_TEST(pairs_of("D:(A;;RP;;;BA)(A;;RP;;;BU)", "D:(A;;RP;;;BA)(A;;RPWP;;;BU)") == "1=1 2~2");
    BOOST_TEST(pairs_of("D:(A;;RP;;;BU)(A;;RP;;;BA)", "D:(D;;WP;;;BG)(A;;RPWP;;;BU)(A;;RP;;;BA)") ==
               "+1 1~2 2=3");
    // Elsewhere in the list it stands alone on each side.
    BOOST_TEST(pairs_of("D:(A;;RP;;;BU)(A;;RP;;;BA)", "D:(A;;RP;;;BA)(A;;RPWP;;;BU)") == "1~ 2=1 ~2");
}

BOOST_AUTO_TEST_CASE(what_moved_is_in_both_places) {
    BOOST_TEST(pairs_of("D:(A;;RP;;;BA)(A;;RP;;;BU)(D;;WP;;;BG)", "D:(D;;WP;;;BG)(A;;RP;;;BA)(A;;RP;;;BU)") ==
               ">1 1=2 2=3 3>");
}

BOOST_AUTO_TEST_CASE(an_empty_list_has_no_rows) {
    BOOST_TEST(pairs_of("D:", "D:").empty());
    BOOST_TEST(pairs_of("D:", "D:(A;;RP;;;BA)") == "+1");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
