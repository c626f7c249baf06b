#include <tools/dsplan/render/effect.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(effect)

namespace predicted = dsplan::effect;

namespace {

predicted::right_change row(bool gained, std::string right) {
    return {.gained = gained,
            .right = std::move(right),
            .object_class = "organizationalUnit",
            .objects = 1,
            .first = {"OU=Sales,DC=contoso,DC=com"}};
}

std::string lines(std::vector<predicted::account_change> changes, std::size_t at_most) {
    predicted::effect shown;
    shown.changes = std::move(changes);
    return dsplan::render::effect_lines(shown, {.sids = {}, .lines_at_most = at_most}, "");
}

} // namespace

BOOST_AUTO_TEST_CASE(every_gain_stands_before_losses_take_the_room) {
    std::vector<predicted::account_change> const changes{
        {{"Account Operators"},
         {row(true, "write gPLink"), row(false, "create user"), row(false, "delete user")}},
        {{"Print Operators"}, {row(true, "write gPLink"), row(false, "create printQueue")}}};
    constexpr auto on = "  on 1 organizationalUnit object: OU=Sales,DC=contoso,DC=com\n";
    std::string const gain = std::string("  + write gPLink") + on;
    BOOST_TEST(lines(changes, 5) == "Account Operators\n" + gain + "  - create user" + on +
                                        "Print Operators\n" + gain +
                                        "… 2 gains and losses hidden; --all shows them\n" +
                                        "Nobody else gains or loses anything.\n");
    BOOST_TEST(lines(changes, 3) == "Account Operators\n" + gain +
                                        "… 4 gains and losses hidden; --all shows them\n" +
                                        "Nobody else gains or loses anything.\n");
    BOOST_TEST(lines(changes, 7).find("hidden") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_everybody_gains_comes_first_among_equals) {
    auto const text = lines({{{"adm"}, {row(true, "write gPLink")}},
                             {{"S-1-5-11"}, {row(true, "write gPLink")}, true},
                             {{"Zoe"}, {row(false, "delete")}, true}},
                            SIZE_MAX);
    BOOST_TEST(text.find("S-1-5-11") < text.find("adm"));
    BOOST_TEST(text.find("adm") < text.find("Zoe"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
