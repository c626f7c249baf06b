#include <sddl/lossy.hpp>
#include <sddl/self_relative.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/sddl/vectors.hpp>

using namespace dsplan::sddl;

BOOST_AUTO_TEST_SUITE(lossy)

BOOST_AUTO_TEST_CASE(names_everything_that_text_cannot_say) {
    auto const bytes =
        test::from_hex("01 01 04 8c 14000000 14000000 00000000 28000000"
                       "01 02 00000000 0005 20000000 20020000 deadbeef"
                       "04 00 2600 0100 0000 00 02 1a00 10000000 01 01 00000000 0005 0b000000 aaaa0000 bbbb"
                       "cccccccc");
    std::vector<std::string> const expected{"the control bit 0x0800 (SACL auto-inherited) without its list",
                                            "the resource manager control byte 0x01",
                                            "the revision 4 of the DACL",
                                            "4 octets after the last ACE of the DACL",
                                            "DACL, ACE 1: 6 octets after its SID",
                                            "the order, gaps or sharing of its parts"};
    BOOST_TEST(dsplan::sddl::lossy(read_self_relative(bytes).value()) == expected,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
