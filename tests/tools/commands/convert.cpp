#include <boost/test/unit_test.hpp>

#include <tests/tools/command_run.hpp>

using dsplan::exit_status;

namespace {

command_run convert(std::string_view from, std::string_view to, std::string const& input,
                    std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"convert", "--from", std::string(from), "--to", std::string(to)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments, input);
}

// Shared owner and group, a gap, padding, slack, an RM byte, a bit without its list, octets behind the end.
constexpr auto odd_one = "0101048c14000000140000000000000028000000"
                         "01020000000000052000000020020000"
                         "deadbeef"
                         "0200260001000000"
                         "00021a00100000000101000000000005"
                         "0b000000aaaa0000bbbb"
                         "cccccccc"
                         "ee";

} // namespace

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(convert)

BOOST_AUTO_TEST_CASE(every_form_leads_to_every_other) {
    std::string const hex =
        "010004800000000000000000000000001400000002001c000100000000001400000000100101000000000005"
        "12000000\n";
    std::string const base64 = "AQAEgAAAAAAAAAAAAAAAABQAAAACABwAAQAAAAAAFAAAAAAQAQEAAAAAAAUSAAAA\n";
    BOOST_TEST(::convert("sddl", "hex", "D:(A;;GA;;;SY)\n").out == hex);
    BOOST_TEST(::convert("hex", "base64", hex).out == base64);
    BOOST_TEST(::convert("base64", "sddl", base64).out == "D:(A;;GA;;;SY)\n");
    auto const octets = ::convert("base64", "binary", base64).out;
    BOOST_TEST(octets.size() == 48u);
    BOOST_TEST(::convert("binary", "hex", octets).out == hex);
}

BOOST_AUTO_TEST_CASE(json_loses_nothing) {
    auto const json = ::convert("hex", "json", odd_one);
    BOOST_TEST((json.status == exit_status::success));
    BOOST_TEST(::convert("json", "hex", json.out).out == std::string(odd_one) + "\n");
    for (auto const* const text :
         {"", "D:", "D:NO_ACCESS_CONTROL", "S:PAR", "O:BAG:SYD:P(OA;CI;CR;;;AU)S:(ML;;NW;;;LW)"}) {
        auto const whole = ::convert("sddl", "json", text).out;
        BOOST_TEST(::convert("json", "sddl", whole).out == std::string(text) + "\n");
    }
}

BOOST_AUTO_TEST_CASE(what_is_lost_is_a_warning) {
    auto const run = ::convert("hex", "sddl", odd_one);
    BOOST_TEST(run.out == "O:BAG:BAD:AI(A;CI;RP;;;AU)\n");
    BOOST_TEST(run.err ==
               "warning: SDDL cannot say the control bit 0x0800 (SACL auto-inherited) without its list\n"
               "warning: SDDL cannot say the resource manager control byte 0x01\n"
               "warning: SDDL cannot say 4 octets behind the last ACE of the DACL\n"
               "warning: SDDL cannot say DACL, ACE 1: 6 octets behind its SID\n"
               "warning: SDDL cannot say the order, gaps or sharing of its parts\n");
}

BOOST_AUTO_TEST_CASE(as_many_lines_out_as_in) {
    auto const run = ::convert("sddl", "base64", "D:\nD:(A;;GA;;;B1)\n\nD:(A;;0x30;;;WD)\n", {"--lines"});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out == "AQAEgAAAAAAAAAAAAAAAABQAAAACAAgAAAAAAA==\n"
                          "error: 12: expected a SID or a two-letter alias, found 'B1'\n"
                          "AQAAgAAAAAAAAAAAAAAAAAAAAAA=\n"
                          "AQAEgAAAAAAAAAAAAAAAABQAAAACABwAAQAAAAAAFAAwAAAAAQEAAAAAAAEAAAAA\n");
    BOOST_TEST(run.err == "warning: line 4: column 7: expected the letters RPWP, found '0x30'\n");
}

BOOST_AUTO_TEST_CASE(strict_refuses_what_is_odd) {
    auto const run = ::convert("sddl", "hex", "D:(A;;0x30;;;WD)\n", {"--strict"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.out == "");
    BOOST_TEST(run.err == "error: column 7: expected the letters RPWP, found '0x30'\n"
                          "    D:(A;;0x30;;;WD)\n"
                          "          ^^^^ rights, field 3 of 6\n");
}

BOOST_AUTO_TEST_CASE(octets_that_are_no_descriptor) {
    auto const run =
        ::convert("hex", "sddl", "010004800000000000000000000000001400000002000800ffff0000\n", {"--lines"});
    BOOST_TEST(
        run.out ==
        "error: 57: octet 28 (0x1c), DACL, ACE 1: expected the 4 octets of an ACE header, found 0 octets\n");
    BOOST_TEST(::convert("hex", "sddl", "01x\n", {"--lines"}).out ==
               "error: 3: expected hexadecimal digits, found 'x'\n");
    BOOST_TEST(::convert("json", "hex", "{\"control\": 4, \"dacl\": {}}", {"--lines"}).out ==
               "error: 1: expected the bits 0x8004 of the lists that are there in the descriptor.control\n");
}

BOOST_AUTO_TEST_CASE(domains) {
    auto const run = ::convert("sddl", "sddl", "O:S-1-5-21-1-2-3-512G:S-1-5-21-4-5-6-519\n",
                               {"--domain-sid", "S-1-5-21-1-2-3", "--root-domain-sid", "S-1-5-21-4-5-6"});
    BOOST_TEST(run.out == "O:DAG:EA\n");
    BOOST_TEST(::convert("sddl", "sddl", "O:BA", {"--domain-sid", "S-1-5-32"}).err ==
               "error: --domain-sid: expected the SID of a domain such as S-1-5-21-1-2-3, found S-1-5-32\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
