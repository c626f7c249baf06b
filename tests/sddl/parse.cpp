#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/sddl/vectors.hpp>

using namespace dsplan::sddl;

BOOST_AUTO_TEST_SUITE(parse)

BOOST_AUTO_TEST_CASE(accepted) {
    for (auto const& vector : test::read_vectors("sddl/accepted/plain.txt")) {
        BOOST_TEST_CONTEXT(vector.place << "  " << vector.input) {
            auto const parsed = dsplan::sddl::parse(vector.input, test::contoso());
            BOOST_REQUIRE_MESSAGE(parsed, test::why(parsed));
            BOOST_TEST(write(*parsed, test::contoso()) == vector.expected);
            auto const bytes = write_self_relative(*parsed);
            auto const read = read_self_relative(bytes);
            BOOST_REQUIRE_MESSAGE(read, test::why(read));
            BOOST_TEST(write(*read, test::contoso()) == vector.expected);
            BOOST_TEST((write_self_relative(*read) == bytes));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
