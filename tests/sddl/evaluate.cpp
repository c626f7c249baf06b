#include <sddl/evaluate.hpp>
#include <sddl/parse.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::sddl;

namespace {

claim_list claims(std::initializer_list<std::string_view> texts) {
    claim_list made;
    for (auto const text : texts)
        made.push_back(parse_claim(text).value());
    return made;
}

condition_context const& context() {
    static security_token const groups({parse_trustee("WD").value(), parse_trustee("BA").value()});
    static account_claims const account{
        .user = claims(
            {"(\"Title\",TS,0x0,\"VP\")", "(\"Level\",TI,0x0,3)", "(\"Projects\",TS,0x0,\"Red\",\"Blue\")",
             "(\"Zero\",TU,0x0,0)", "(\"Huge\",TU,0x0,18446744073709551615)", "(\"Exact\",TS,0x2,\"Case\")",
             "(\"Off\",TI,0x10,1)", "(\"Key\",TX,0x0,0a0b)", "(\"Stra\u00dfe\",TS,0x0,\"\u00c4rzte\")",
             "(\"Dots\",TS,0x0,\"\u0130stanbul\")", "(\"Below\",TI,0x0,-1)"}),
        .device = claims({}),
        .local = std::nullopt,
        .device_groups = security_token({parse_trustee("AU").value()}),
    };
    static condition_context const made{.groups = groups,
                                        .claims = account,
                                        .resource = claims({"(\"Project\",TS,0x0,\"red\")"}),
                                        .is_denial = false};
    return made;
}

truth of(std::string_view text) {
    return dsplan::sddl::evaluate(parse_condition(text).value(), context());
}

void check(truth expected, std::initializer_list<std::string_view> conditions) {
    for (auto const text : conditions)
        BOOST_TEST_CONTEXT(text)
    BOOST_TEST(static_cast<int>(of(text)) == static_cast<int>(expected));
}

} // namespace

BOOST_AUTO_TEST_SUITE(evaluate)

BOOST_AUTO_TEST_CASE(relations) {
    check(truth::yes,
          {"(@User.Title == \"vp\")", "(@User.level >= 3)", "(@User.Level < 0x10)", "(@User.Huge > 5)",
           "(@User.Title != \"x\")", "(@User.Key == #0a0b)", "(@Resource.Project == \"RED\")",
           "(@User.Exact == \"Case\")", "(@User.Projects == {\"blue\", \"red\"})"});
    check(truth::no, {"(@User.Level > 3)", "(@User.Exact == \"case\")", "(@User.Projects == \"Red\")",
                      "(@User.Huge < -1)", "(@User.Below > 0)"});
    check(truth::unknown, {"(@User.None == 1)", "(@User.Title == 1)", "(@User.Projects < \"a\")",
                           "(@User.Off == 1)", "(@User.Level == {})"});
}

BOOST_AUTO_TEST_CASE(sets) {
    check(truth::yes,
          {"(@User.Projects Contains \"red\")", "(@User.Projects Any_of {\"green\", \"Blue\"})",
           "(@User.Projects Contains @Resource.Project)", "(@User.Projects Not_Contains {\"Red\", \"x\"})"});
    check(truth::no, {"(@User.Projects Contains {\"Red\", \"x\"})", "(@User.Projects Any_of {\"x\"})"});
    check(truth::unknown, {"(@User.None Contains 1)", "(@User.Projects Contains 1)"});
}

BOOST_AUTO_TEST_CASE(memberships) {
    check(truth::yes, {"(Member_of {SID(WD), SID(BA)})", "(Member_of_Any {SID(WD), SID(SY)})",
                       "(Not_Member_of {SID(WD), SID(SY)})", "(Device_Member_of SID(AU))",
                       "(Not_Member_of_Any SID(SY))"});
    check(truth::no,
          {"(Member_of {SID(WD), SID(SY)})", "(Device_Member_of_Any SID(WD))", "(Not_Member_of SID(WD))"});
}

BOOST_AUTO_TEST_CASE(three_values) {
    check(truth::yes, {"(Exists @User.Title)", "(Not_Exists @User.None)", "(@User.None || @User.Level)",
                       "(!(@User.Zero))", "(@User.Title)"});
    check(truth::no, {"(@User.None && @User.Zero)", "(Exists @User.None)", "(Exists @User.Off)"});
    check(truth::unknown, {"(@User.None)", "(!(@User.None))", "(@User.None || @User.Zero)",
                           "(@User.None && @User.Level)", "(@User.Key)", "(@User.Projects)"});
}

BOOST_AUTO_TEST_CASE(letters_beyond_ascii_have_their_case) {
    check(truth::yes, {"(@User.STRA\u00dfE == \"\u00e4RZTE\")", "(@User.Title < \"\u00e4\")"});
    check(truth::no, {"(@User.Stra\u00dfe == \"arzte\")"});
    // Whether the dotted capital I is an i depends on the table.
    check(truth::unknown, {"(@User.Dots == \"istanbul\")", "(@User.Dots Contains {\"istanbul\"})"});
    check(truth::yes, {"(@User.Dots == \"\u0130STANBUL\")"});
}

BOOST_AUTO_TEST_CASE(not_known_is_not_absent) {
    check(truth::no, {"(Exists @Device.Any)"});
    check(truth::unknown, {"(Exists Any)", "(Not_Exists Any)", "(Any == 1)", "(@Device.Any == 1)"});
    security_token const groups({parse_trustee("WD").value()});
    condition_context const bare{.groups = groups};
    auto const bare_of = [&bare](std::string_view text) {
        return dsplan::sddl::evaluate(parse_condition(text).value(), bare);
    };
    BOOST_TEST((bare_of("(Member_of SID(WD))") == truth::yes));
    BOOST_TEST((bare_of("(Device_Member_of SID(WD))") == truth::unknown));
    BOOST_TEST((bare_of("(Not_Device_Member_of_Any SID(WD))") == truth::unknown));
    BOOST_TEST((bare_of("(Exists @Resource.Project)") == truth::unknown));
    BOOST_TEST((bare_of("(Member_of SID(WD) || @User.Any == 1)") == truth::yes));
}

BOOST_AUTO_TEST_CASE(resource_claims_of_a_descriptor) {
    auto const count = [](char const* text) -> int {
        auto const found = resource_claims_of(parse(text).value());
        return found ? static_cast<int>(found->size()) : -1;
    };
    BOOST_TEST(count("D:") == -1);
    BOOST_TEST(count("S:") == 0);
    BOOST_TEST(count("S:(RA;;;;;WD;(\"A\",TI,0x0,2))(RA;CIIO;;;;WD;(\"B\",TI,0x0,2))(AU;SA;RC;;;WD)") == 1);
    auto broken = parse("S:(RA;;;;;WD;(\"A\",TI,0x0,2))").value();
    broken.sacl->aces[0].data.resize(8);
    BOOST_TEST(!resource_claims_of(broken));
}

BOOST_AUTO_TEST_SUITE_END()
