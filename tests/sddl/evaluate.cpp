#include <sddl/evaluate.hpp>
#include <sddl/parse.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::sddl;

namespace {

condition_context const& context() {
    static condition_context const made = [] {
        condition_context filled;
        filled.groups = {parse_trustee("WD").value(), parse_trustee("BA").value()};
        filled.device_groups = {parse_trustee("AU").value()};
        for (auto const* const claim :
             {"(\"Title\",TS,0x0,\"VP\")", "(\"Level\",TI,0x0,3)", "(\"Projects\",TS,0x0,\"Red\",\"Blue\")",
              "(\"Zero\",TU,0x0,0)", "(\"Huge\",TU,0x0,18446744073709551615)", "(\"Exact\",TS,0x2,\"Case\")",
              "(\"Off\",TI,0x10,1)", "(\"Key\",TX,0x0,0a0b)"})
            filled.user.push_back(parse_claim(claim).value());
        filled.resource.push_back(parse_claim("(\"Project\",TS,0x0,\"red\")").value());
        return filled;
    }();
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
                      "(@User.Huge < -1)"});
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

BOOST_AUTO_TEST_SUITE_END()
