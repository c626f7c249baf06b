#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <iterator>
#include <tests/sddl/vectors.hpp>
#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(convert)

using dsplan::exit_status;

namespace {

command_run convert(std::string_view from, std::string_view to, std::string const& input,
                    std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"convert", "--from", std::string(from), "--to", std::string(to)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments, input);
}

// Shared owner and group, a gap, padding, slack, an RM byte, a bit without its list, octets after the end.
constexpr auto odd_one = "0101048c14000000140000000000000028000000"
                         "01020000000000052000000020020000"
                         "deadbeef"
                         "0200260001000000"
                         "00021a00100000000101000000000005"
                         "0b000000aaaa0000bbbb"
                         "cccccccc"
                         "ee";

} // namespace

BOOST_AUTO_TEST_CASE(every_form_leads_to_every_other) {
    std::string const hex =
        "010004800000000000000000000000001400000002001c000100000000001400000000100101000000000005"
        "12000000\n";
    std::string const base64 = "AQAEgAAAAAAAAAAAAAAAABQAAAACABwAAQAAAAAAFAAAAAAQAQEAAAAAAAUSAAAA\n";
    BOOST_TEST(convert("sddl", "hex", "D:(A;;GA;;;SY)\n").out == hex);
    BOOST_TEST(convert("hex", "base64", hex).out == base64);
    BOOST_TEST(convert("base64", "sddl", base64).out == "D:(A;;GA;;;SY)\n");
    auto const octets = convert("base64", "binary", base64).out;
    BOOST_TEST(octets.size() == 48u);
    BOOST_TEST(convert("binary", "hex", octets).out == hex);
}

// All 25 pairs: what goes from one form to another and back is the same octets.
BOOST_AUTO_TEST_CASE(every_pair_of_forms_keeps_the_octets) {
    std::string const text = "O:BAG:SYD:PAI(A;CI;RP;;;AU)(OA;;CR;;;BA)S:(ML;;NW;;;LW)";
    auto const hex = convert("sddl", "hex", text).out;
    for (auto const* const from : {"sddl", "hex", "base64", "binary", "json"}) {
        auto const given = convert("hex", from, hex).out;
        for (auto const* const to : {"sddl", "hex", "base64", "binary", "json"})
            BOOST_TEST_CONTEXT(from << " to " << to) {
                auto const run = convert(from, to, given);
                BOOST_TEST((run.status == exit_status::success));
                BOOST_TEST(run.err == "");
                BOOST_TEST(convert(to, "hex", run.out).out == hex);
            }
    }
}

BOOST_AUTO_TEST_CASE(json_loses_nothing) {
    auto const json = convert("hex", "json", odd_one);
    BOOST_TEST((json.status == exit_status::success));
    BOOST_TEST(convert("json", "hex", json.out).out == std::string(odd_one) + "\n");
    for (auto const* const text :
         {"\n", "D:", "D:NO_ACCESS_CONTROL", "S:PAR", "O:BAG:SYD:P(OA;CI;CR;;;AU)S:(ML;;NW;;;LW)"}) {
        auto const whole = convert("sddl", "json", text).out;
        BOOST_TEST(convert("json", "sddl", whole).out ==
                   (std::string_view(text) == "\n" ? text : std::string(text) + "\n"));
    }
}

BOOST_AUTO_TEST_CASE(json_keeps_every_odd_layout) {
    std::string octets;
    for (auto const& vector : dsplan::sddl::test::read_vectors("sddl/kept.txt")) {
        std::copy_if(vector.input.begin(), vector.input.end(), std::back_inserter(octets),
                     [](char letter) { return letter != ' '; });
        octets += '\n';
    }
    auto const json = convert("hex", "json", octets, {"--lines"});
    BOOST_TEST((json.status == exit_status::success));
    BOOST_TEST(convert("json", "hex", json.out, {"--lines"}).out == octets);
}

BOOST_AUTO_TEST_CASE(what_is_lost_is_a_warning) {
    auto const run = convert("hex", "sddl", odd_one);
    BOOST_TEST(run.out == "O:BAG:BAD:AI(A;CI;RP;;;AU)\n");
    BOOST_TEST(run.err ==
               "warning: SDDL cannot say the control bit 0x0800 (SACL auto-inherited) without its list\n"
               "warning: SDDL cannot say the resource manager control byte 0x01\n"
               "warning: SDDL cannot say 4 octets after the last ACE of the DACL\n"
               "warning: SDDL cannot say DACL, ACE 1: 6 octets after its SID\n"
               "warning: SDDL cannot say the order, gaps or sharing of its parts\n");
}

BOOST_AUTO_TEST_CASE(as_many_lines_out_as_in) {
    auto const run = convert("sddl", "base64", "D:\nD:(A;;GA;;;B1)\n\nD:(A;;0x30;;;WD)\n", {"--lines"});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out == "AQAEgAAAAAAAAAAAAAAAABQAAAACAAgAAAAAAA==\n"
                          "error: 12: expected a SID or a two-letter alias, found 'B1'\n"
                          "AQAAgAAAAAAAAAAAAAAAAAAAAAA=\n"
                          "AQAEgAAAAAAAAAAAAAAAABQAAAACABwAAQAAAAAAFAAwAAAAAQEAAAAAAAEAAAAA\n");
    BOOST_TEST(run.err == "");
}

// As PowerShell's > writes it, and its Out-File -Encoding utf8.
BOOST_AUTO_TEST_CASE(text_with_a_byte_order_mark) {
    std::string wide = "\xff\xfe";
    for (char const letter : std::string("O:BAD:P\r\n")) {
        wide += letter;
        wide += '\0';
    }
    BOOST_TEST(convert("sddl", "sddl", wide).out == "O:BAD:P\n");
    BOOST_TEST(convert("sddl", "sddl", "\xef\xbb\xbfO:BAD:P\r\n").out == "O:BAD:P\n");
    BOOST_TEST(run_command({"explain"}, wide).out == run_command({"explain", "O:BAD:P"}).out);
}

BOOST_AUTO_TEST_CASE(strict_refuses_what_is_odd) {
    auto const run = convert("sddl", "hex", "D:(A;;0x30;;;WD)\n", {"--strict"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.out == "");
    BOOST_TEST(run.err == "error: column 7: expected the letters RPWP, found '0x30'\n"
                          "    D:(A;;0x30;;;WD)\n"
                          "          ^^^^ rights, field 3 of 6\n");
}

BOOST_AUTO_TEST_CASE(octets_that_are_no_descriptor) {
    auto const run =
        convert("hex", "sddl", "010004800000000000000000000000001400000002000800ffff0000\n", {"--lines"});
    BOOST_TEST(
        run.out ==
        "error: 57: octet 28 (0x1c), DACL, ACE 1: expected the 4 octets of an ACE header, found 0 octets\n");
    BOOST_TEST(convert("hex", "sddl", "01x\n", {"--lines"}).out ==
               "error: 3: expected hexadecimal digits, found 'x'\n");
    BOOST_TEST(convert("json", "hex", "{\"control\": 4, \"dacl\": {}}", {"--lines"}).out ==
               "error: 1: expected the bits 0x8004 of the lists that are there in the descriptor.control\n");
}

// Octets that are no lines, no text or no end still give one line each.
BOOST_AUTO_TEST_CASE(hostile_lines) {
    std::string const zero(1, '\0');
    auto const input = "\r\n" + std::string("D:\r\n") + zero + "\n\xff\xfe\n" + std::string(1 << 20, '(') +
                       "\nO:BA\rG:BA\nD:P";
    auto const run = convert("sddl", "sddl", input, {"--lines"});
    BOOST_TEST((run.status == exit_status::findings));
    std::string const expected =
        "expected O:, G:, D:, S:, an ACE in parentheses or the end of the text, found ";
    BOOST_TEST(run.out == "\nD:\nerror: 1: " + expected + "'\\x00'\nerror: 1: " + expected +
                              "'\\xff'\nerror: 1: " + expected + "'('\nO:BAG:BA\nD:P\n");
    BOOST_TEST(convert("sddl", "hex", "", {"--lines"}).out == "");
    for (auto const* const from : {"sddl", "hex", "base64", "json"}) {
        auto const out = convert(from, "json", input, {"--lines"}).out;
        BOOST_TEST(std::count(out.begin(), out.end(), '\n') == 7);
    }
}

BOOST_AUTO_TEST_CASE(a_line_end_within_the_sddl_does_not_make_two_lines) {
    auto const hex = convert("sddl", "hex", "D:(XA;;FX;;;WD;(a == \"x\ny\"))").out;
    auto const run = convert("hex", "sddl", hex, {"--lines"});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out == "error: 1: expected a descriptor of one line, found a line end in column 24 of its "
                          "SDDL; JSON, hex and base64 keep it\n");
    BOOST_TEST(convert("json", "hex", convert("hex", "json", hex, {"--lines"}).out, {"--lines"}).out == hex);
    BOOST_TEST(convert("hex", "sddl", hex).out == "D:(XA;;FX;;;WD;(a == \"x\ny\"))\n");
}

BOOST_AUTO_TEST_CASE(columns_count_the_blanks_of_the_input) {
    BOOST_TEST(convert("hex", "sddl", "01 00 04 80 00000000 00000000 00000000 ffffffff\n", {"--lines"}).out ==
               "error: 40: octet 16 (0x10), offset of the DACL: expected an offset from 20 to 19, found "
               "4294967295\n");
    BOOST_TEST(convert("base64", "sddl", "AQAE gAAA AAAA AAAA AAAA AP// //8=\n", {"--lines"}).out ==
               "error: 26: octet 16 (0x10), offset of the DACL: expected an offset from 20 to 19, found "
               "4294967295\n");
    BOOST_TEST(convert("base64", "sddl", "AQ AE g!AA\n", {"--lines"}).out ==
               "error: 8: expected a base64 character (A-Z a-z 0-9 + /), found '!'\n");
}

// Dropped, they would make a descriptor that says something else.
BOOST_AUTO_TEST_CASE(members_of_json_that_nothing_reads) {
    auto const refusal = [](std::string const& json) {
        auto const run = convert("json", "hex", json);
        BOOST_TEST((run.status == exit_status::error));
        return run.err;
    };
    BOOST_TEST(
        refusal("{\"Dacl\": {}}") ==
        "error: column 1: expected one of format, version, revision, resource_manager_control, control, "
        "owner, group, sacl, dacl, layout, sddl in the descriptor, found 'Dacl'\n");
    BOOST_TEST(refusal("{\"format\": \"dsplan.plan\", \"dacl\": {}}") ==
               "error: column 1: expected dsplan.descriptor in the descriptor.format\n");
    BOOST_TEST(refusal("{\"format\": \"dsplan.descriptor\", \"version\": 2}") ==
               "error: column 1: expected 1 in the descriptor.version\n");
    BOOST_TEST(
        refusal("{\"format\": \"dsplan.descriptor\", \"version\": 1, \"sddl\": \"D:P\"}") ==
        "error: column 1: expected more than 'sddl', which is written for people and never read, in the "
        "descriptor\n");
    BOOST_TEST(
        refusal("{\"sddl\": \"D:P\"}") ==
        "error: column 1: expected more than 'sddl', which is written for people and never read, in the "
        "descriptor\n");
    BOOST_TEST(refusal("{\"dacl\": {\"ace\": []}}") ==
               "error: column 1: expected one of revision, reserved1, reserved2, aces, slack in dacl, found "
               "'ace'\n");
    BOOST_TEST(refusal("{\"dacl\": {\"aces\": [{\"type\": 0, \"trustee\": \"S-1-1-0\", \"object_type\": "
                       "\"5b47d60f-6090-40b2-9f37-2a4de88f3063\"}]}}") ==
               "error: column 1: expected no member 'object_type', which an ACE of type 0 does not have, in "
               "dacl.aces[0]\n");
    BOOST_TEST(refusal("{\"dacl\": {\"aces\": [{\"type\": 66, \"mask\": 1}]}}") ==
               "error: column 1: expected no member 'mask', which an ACE of type 66 does not have, in "
               "dacl.aces[0]\n");
}

BOOST_AUTO_TEST_CASE(without_a_form_it_is_what_it_looks_like) {
    std::string const hex = convert("sddl", "hex", "D:(A;;GA;;;SY)").out;
    for (std::string const pasted : {"D:(A;;GA;;;SY)", "'D:(A;;GA;;;SY)'", "Sddl : D:(A;;GA;;;SY)\r\n",
                                     "AQAEgAAAAAAAAAAAAAAAABQAAAACABwAAQAAAAAAFAAAAAAQAQEAAAAAAAUSAAAA",
                                     "nTSecurityDescriptor: D:(A;;GA;;;SY)"})
        BOOST_TEST_CONTEXT(pasted)
    BOOST_TEST(run_command({"convert", "--to", "hex"}, pasted).out == hex);
    BOOST_TEST(run_command({"convert", "--to", "hex"}, hex).out == hex);
    auto const run = run_command({"convert", "--to", "sddl"}, "A;;GA;;;SY");
    BOOST_TEST(run.out == "D:(A;;GA;;;SY)\n");
    BOOST_TEST(run.err == "note: read as the ACEs of a DACL\n");
    BOOST_TEST(run_command({"convert", "--to", "sddl", "--lines"}, "D:P\n'D:'\n").out == "D:P\nD:\n");
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_no_descriptor) {
    for (std::vector<std::string> const& form :
         {std::vector<std::string>{}, {"--from", "sddl"}, {"--from", "hex"}}) {
        std::vector<std::string> arguments{"convert", "--to", "hex"};
        arguments.insert(arguments.end(), form.begin(), form.end());
        auto const run = run_command(arguments, "");
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.err == "error: expected a security descriptor, found nothing\n");
    }
}

BOOST_AUTO_TEST_CASE(domains) {
    auto const run = convert("sddl", "sddl", "O:S-1-5-21-1-2-3-512G:S-1-5-21-4-5-6-519\n",
                             {"--domain-sid", "S-1-5-21-1-2-3", "--root-domain-sid", "S-1-5-21-4-5-6"});
    BOOST_TEST(run.out == "O:DAG:EA\n");
    BOOST_TEST(convert("sddl", "sddl", "O:BA", {"--domain-sid", "S-1-5-32"}).err ==
               "error: --domain-sid: expected the SID of a domain such as S-1-5-21-1-2-3, found S-1-5-32\n");
}

BOOST_AUTO_TEST_CASE(text_is_taken_as_it_is_and_a_name_is_a_file) {
    auto const hex = convert("sddl", "hex", "D:(A;;RP;;;AU)").out;
    BOOST_TEST(run_command({"convert", "--to", "hex", "D:(A;;RP;;;AU)"}).out == hex);
    BOOST_TEST(run_command({"convert", "--to", "hex", "O:BAG:BAD:"}).out ==
               convert("sddl", "hex", "O:BAG:BAD:").out);
    BOOST_TEST(run_command({"convert", "--to", "hex", "no-such-file.sddl"}).err ==
               "error: cannot open no-such-file.sddl: No such file or directory\n");
    BOOST_TEST(run_command({"convert", "--to", "hex", "--from", "binary", "D:(A;;RP;;;AU)"}).err ==
               "error: cannot open D:(A;;RP;;;AU): No such file or directory\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
