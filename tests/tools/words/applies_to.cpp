#include <tools/dsplan/words/applies_to.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <array>
#include <string>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(applies_to)

namespace {

using namespace dsplan;

dsplan::directory::schema const& known() {
    return dsplan::directory::schema::built_in();
}

std::string read(std::string_view text) {
    auto const made = dsplan::words::parse_application(text, known());
    if (!made)
        return made.error().what + "\n" + made.error().detail;
    std::string all;
    for (auto const& each : *made)
        all += fmt::format("{}0x{:x}{}: {}", all.empty() ? "" : "; ", each.flags,
                           each.inherited_type ? fmt::format(" {}", *each.inherited_type).substr(0, 9) : "",
                           each.text);
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_form_reads_back) {
    auto const user = known().find_class("user")->id;
    for (auto const& form : dsplan::words::application_forms) {
        auto const type = form.has_class ? std::optional(user) : std::nullopt;
        auto const text = dsplan::words::application_text(form.flags, type, known());
        auto const again = dsplan::words::parse_application(text, known());
        BOOST_TEST_REQUIRE(again.has_value(), text);
        BOOST_TEST_REQUIRE(again->size() == 1U);
        BOOST_TEST((again->front() == dsplan::words::application{form.flags, type, text}), text);
    }
}

BOOST_AUTO_TEST_CASE(one_form_has_many_names) {
    std::array<std::pair<std::string_view, std::string_view>, 13> const cases{{
        {"This object only", "0x0: this object only"},
        {"this object", "0x0: this object only"},
        {"this object and all descendant objects", "0x2: this object and all descendant objects"},
        {"/I:T", "0x2: this object and all descendant objects"},
        {"/I:S", "0xa: all descendant objects"},
        {"Descendents", "0xa: all descendant objects"},
        {"descendant User objects", "0xa bf967aba: descendant user objects"},
        {"user objects below", "0xa bf967aba: descendant user objects"},
        {"descendant user and computer objects",
         "0xa bf967aba: descendant user objects; 0xa bf967a86: descendant computer objects"},
        {"this object and direct children", "0x6: this object and direct children"},
        {"Children", "0xe: direct children"},
        {"direct child group objects", "0xe bf967a9c: direct child group objects"},
        {"this object and descendant group objects",
         "0x2 bf967a9c: this object and descendant group objects"},
    }};
    for (auto const& [typed, expected] : cases)
        BOOST_TEST(read(typed) == expected, typed << ": " << read(typed));
}

BOOST_AUTO_TEST_CASE(other_words_are_refused_with_the_forms) {
    BOOST_TEST(read("everything below") ==
               "expected which objects an ACE applies to, found 'everything below'\n"
               "  it is one of these:\n"
               "    this object only\n"
               "    this object and all descendant objects\n"
               "    all descendant objects\n"
               "    descendant CLASS objects\n"
               "    this object and direct children\n"
               "    direct children\n"
               "    direct child CLASS objects\n"
               "    this object and descendant CLASS objects\n"
               "    this object and direct child CLASS objects\n");
    BOOST_TEST(read("descendant usr objects") == "expected the name of a class, found 'usr'\n"
                                                 "  did you mean \"descendant user objects\"?\n");
}

BOOST_AUTO_TEST_CASE(flags_without_a_form_are_told) {
    using namespace dsplan::sddl::ace_flag;
    BOOST_TEST(dsplan::words::application_text(inherit_only, {}, known()) ==
               "nothing: inherit-only without CI or OI");
    BOOST_TEST(dsplan::words::application_text(object_inherit, {}, known()) ==
               "this object and objects below that hold no others");
    BOOST_TEST(dsplan::words::application_text(container_inherit | object_inherit | inherited, {}, known()) ==
               "this object and all descendant objects");
    BOOST_TEST(dsplan::words::application_text(
                   container_inherit | inherit_only,
                   dsplan::sddl::parse_guid("00000000-0000-0000-0000-000000000001").value(),
                   known()) == "descendant 00000000-0000-0000-0000-000000000001 objects (unknown here)");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
