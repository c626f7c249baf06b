#include <boost/test/unit_test.hpp>

#include <tests/tools/random_directory.hpp>

// Questions about random directories, asked in several ways: the answers must be the same.

using namespace dsplan;

namespace {

constexpr std::array<std::string_view, 5> rights{"delete", "write gPLink", "read description", "create user",
                                                 "change permissions"};

std::set<std::string> without(std::set<std::string> const& from, std::set<std::string> const& taken) {
    std::set<std::string> made;
    std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(),
                        std::inserter(made, made.end()));
    return made;
}

// Within this namespace the suite is none of the system's access().
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(agreement)

BOOST_AUTO_TEST_CASE(every_way_of_asking_gives_the_same_answer) {
    for (unsigned seed = 0; seed < 2000; ++seed) {
        random_directory made(seed);
        made.make_accounts();
        auto const old_list = made.descriptor();
        auto const new_list = made.descriptor();
        asked_directory const before(made.base(old_list));
        asked_directory const after(made.base(new_list));
        auto const predicted = predict(before, descriptor_change(OBJECT, new_list));
        for (auto const right : rights) {
            auto const query =
                dsplan::access::parse_right(right, dsplan::directory::schema::built_in()).value();
            auto const had = before.by_access(query);
            auto const has = after.by_access(query);
            auto const context = fmt::format("seed {}, {}\n{}\n{}", seed, right, old_list, new_list);
            BOOST_TEST_REQUIRE((had == before.by_who_can(query)), context);
            BOOST_TEST_REQUIRE((has == after.by_who_can(query)), context);
            if (right != "delete" && right != "change permissions")
                continue; // effect says "write all properties" for all of them
            BOOST_TEST_REQUIRE((without(has, had) == names_in(before, predicted, true, std::string(right))),
                               context);
            BOOST_TEST_REQUIRE((without(had, has) == names_in(before, predicted, false, std::string(right))),
                               context);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

} // namespace
