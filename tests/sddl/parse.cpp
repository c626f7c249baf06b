#include <sddl/lossy.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>
#include <tests/sddl/vectors.hpp>
#include <vector>

using namespace dsplan::sddl;

namespace {

// A row of a table: "# name", the text, and after '|' each line of the message.
struct rejection {
    std::string name;
    std::string text;
    std::string message;
};

std::vector<rejection> rejections(std::string const& table) {
    std::ifstream file(DSPLAN_TESTDATA "/sddl/rejected/" + table + ".txt", std::ios::binary);
    std::vector<rejection> rows;
    std::string line;
    std::getline(file, line); // what the table is about
    while (std::getline(file, line)) {
        if (line.starts_with("# "))
            rows.push_back({line.substr(2), {}, {}});
        else if (line.starts_with('|'))
            rows.back().message += line.substr(1) + "\n";
        else if (!line.empty())
            rows.back().text = line;
    }
    BOOST_TEST_REQUIRE(!rows.empty(), table);
    return rows;
}

// Text, octets and text again agree on what the vector says.
void check_accepted(test::vector const& vector) {
    auto const parsed = dsplan::sddl::parse(vector.input, test::contoso());
    BOOST_REQUIRE_MESSAGE(parsed, test::why(parsed));
    BOOST_TEST(write(*parsed, test::contoso()) == vector.expected);
    BOOST_TEST((dsplan::sddl::parse(vector.expected, test::contoso()) == *parsed));
    auto const bytes = write_self_relative(*parsed);
    auto const read = read_self_relative(bytes);
    BOOST_REQUIRE_MESSAGE(read, test::why(read));
    BOOST_TEST(write(*read, test::contoso()) == vector.expected);
    BOOST_TEST((write_self_relative(*read) == bytes));
    BOOST_TEST(lossy(*read).empty());
}

// The same with a blank before the flags of every ACE, where it means nothing, so that the rules and the
// readers of the fields read it instead of the walk over what Windows prints.
std::string with_blanks(std::string_view text) {
    std::string changed;
    int depth = 0; // conditions have parentheses and semicolons of their own
    bool is_type = false;
    for (auto const letter : text) {
        changed += letter;
        depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
        if (letter == '(')
            is_type = depth == 1;
        if (is_type && letter == ';') {
            changed += ' ';
            is_type = false;
        }
    }
    return changed;
}

} // namespace

BOOST_AUTO_TEST_SUITE(parse)

BOOST_AUTO_TEST_CASE(accepted) {
    for (auto const* const name :
         {"plain", "aliases", "aces", "rights", "numbers_and_blanks", "conditions", "claims"})
        for (auto const& vector : test::read_vectors(fmt::format("sddl/accepted/{}.txt", name)))
            BOOST_TEST_CONTEXT(vector.place << "  " << vector.input)
    check_accepted(vector);
}

BOOST_AUTO_TEST_CASE(rules_read_the_same_as_the_walk_over_what_windows_prints) {
    for (auto const* const name : {"accepted/plain", "accepted/aliases", "accepted/aces", "accepted/rights",
                                   "accepted/conditions", "accepted/claims", "bench"}) {
        for (auto const& vector : test::read_vectors(fmt::format("sddl/{}.txt", name))) {
            BOOST_TEST_CONTEXT(vector.place << "  " << vector.expected) {
                auto const walked = dsplan::sddl::parse(vector.expected, test::contoso());
                auto const by_rules = dsplan::sddl::parse(with_blanks(vector.expected), test::contoso());
                BOOST_REQUIRE_MESSAGE(by_rules, test::why(by_rules));
                BOOST_TEST((*walked == *by_rules));
            }
        }
    }
}

// What is spelled almost as Windows prints it: no field may be taken for more or for less than it is.
BOOST_AUTO_TEST_CASE(a_field_that_is_not_what_windows_prints_is_read_by_the_rules) {
    for (std::string_view const ace : {"(A;;RPWP;;;BA",
                                       "(A;;RPW;;;BA)",
                                       "(A;;;;;BA)x",
                                       "(A;;RP;;BA)",
                                       "(A;;RP;;;;BA)",
                                       "(A;CICI;RP;;;BA)",
                                       "(A;;RP;;;BAX)",
                                       "(A;;RP;;;S-1-5)",
                                       "(A;;RP;;;S-1-05-18)",
                                       "(A;;RP;;;S-1-5-4294967296)",
                                       "(A;;RP;;;S-1-5-18-)",
                                       "(A;;0x;;;BA)",
                                       "(A;;0x1301bg;;;BA)",
                                       "(A;;0x1ffffffff;;;BA)",
                                       "(A;;0x30;;;BA)",
                                       "(OA;;RP;4c164200-20c0-11d0-a768-00aa006e052;;BA)",
                                       "(OA;;RP;4c164200-20c0-11d0-a768-00aa006e0529x;;BA)",
                                       "(A;;RP;4c164200-20c0-11d0-a768-00aa006e0529;;BA)",
                                       "(XA;;RP;;;BA)",
                                       "(XA;;RP;;;BA;(@User.a == 1)",
                                       "(A;;RP;;;BA;(@User.a == 1))",
                                       "(AU;SA;RP;;;BA)",
                                       "(A;;NW;;;BA)"}) {
        BOOST_TEST_CONTEXT(ace) {
            std::vector<parse_error> walked_warnings;
            std::vector<parse_error> warnings;
            auto const text = fmt::format("D:{}", ace);
            auto const walked = dsplan::sddl::parse(text, test::contoso(), walked_warnings);
            auto const by_rules = dsplan::sddl::parse(with_blanks(text), test::contoso(), warnings);
            BOOST_TEST(test::why(walked) == test::why(by_rules));
            BOOST_TEST((walked == by_rules || !walked));
            BOOST_TEST(walked_warnings.size() == warnings.size());
        }
    }
}

BOOST_AUTO_TEST_CASE(rejected) {
    for (auto const* const name :
         {"accounts", "aces", "claims", "conditions", "guids", "lists", "rights", "sids"})
        for (auto const& it : rejections(name))
            BOOST_TEST_CONTEXT(name << ": " << it.name) {
                auto const parsed = dsplan::sddl::parse(it.text);
                BOOST_REQUIRE(!parsed);
                BOOST_TEST(message(parsed.error()) + "\n" + render_caret(parsed.error(), it.text) ==
                           it.message);
            }
}

BOOST_AUTO_TEST_CASE(warned) {
    for (auto const& vector : test::read_vectors("sddl/warned.txt")) {
        BOOST_TEST_CONTEXT(vector.place << "  " << vector.input) {
            std::vector<parse_error> warnings;
            BOOST_TEST(dsplan::sddl::parse(vector.input, {}, warnings).has_value());
            BOOST_REQUIRE(warnings.size() >= 1u);
            BOOST_TEST(fmt::format("{}: {}", warnings[0].begin + 1, message(warnings[0])) == vector.expected);
            BOOST_TEST((parse_strict(vector.input).error() == warnings[0]));
        }
    }
}

BOOST_AUTO_TEST_CASE(aliases_are_those_of_the_given_domains) {
    auto const text = [](std::string_view account) {
        return fmt::format("{}", parse_trustee(account, test::contoso()).value());
    };
    BOOST_TEST(text("KA") == "S-1-5-21-1111111111-2222222222-3333333333-526");
    BOOST_TEST(text("ek") == "S-1-5-21-444444444-555555555-666666666-527");
    auto const other = parse_trustee("S-1-5-21-1-2-3-512").value();
    BOOST_TEST(write_trustee(other, test::contoso()) == "S-1-5-21-1-2-3-512");
    BOOST_TEST(write_trustee(parse_trustee("DA", test::contoso()).value()) ==
               "S-1-5-21-1111111111-2222222222-3333333333-512");
}

// Every type in the list where it does not belong, with what it may need after the account.
BOOST_AUTO_TEST_CASE(each_type_stands_in_its_own_list_only) {
    auto const refusal = [](std::string const& text) {
        return message(dsplan::sddl::parse(text).error());
    };
    for (std::string const type : {"A", "D", "OA", "OD", "XA", "XD", "ZA"}) {
        auto const behind = type[0] == 'X' || type[0] == 'Z' ? ";(a == 1))" : ")";
        BOOST_TEST(refusal("S:(" + type + ";;RP;;;WD" + behind) ==
                   "expected an ACE type of a SACL (AU, AL, OU, OL, XU, ML, RA, SP, TL, FL), found '" + type +
                       "'");
    }
    for (std::string const type : {"AU", "AL", "OU", "OL", "XU", "ML", "RA", "SP", "TL", "FL"}) {
        auto const behind = type == "XU" ? ";(a == 1))" : type == "RA" ? ";(\"a\",TI,0x0,1))" : ")";
        BOOST_TEST(refusal("D:(" + type + ";;RP;;;WD" + behind) ==
                   "expected an ACE type of a DACL (A, D, OA, OD, XA, XD, ZA), found '" + type + "'");
    }
}

// Without the SID that it is relative to, an alias is refused by the option that gives it; universal ones are
// not.
BOOST_AUTO_TEST_CASE(aliases_of_a_domain_that_was_not_given) {
    for (auto const& row : well_known_sids) {
        if (row.alias.empty())
            continue;
        auto const parsed = parse_trustee(row.alias);
        if (row.scope == sid_scope::universal) {
            BOOST_TEST(parsed.has_value());
            continue;
        }
        bool const is_root = row.scope == sid_scope::forest_root;
        BOOST_REQUIRE(!parsed);
        BOOST_TEST(message(parsed.error()) ==
                   fmt::format("expected the SID of the {} that {} ({}) belongs to, found none",
                               is_root ? "forest root domain" : "domain", row.alias, row.name));
        BOOST_TEST(parsed.error().hint ==
                   fmt::format("give it with {}, or write the account as S-1-5-21-…-{}",
                               is_root ? "--root-domain-sid" : "--domain-sid", row.value.sub_authorities[0]));
    }
}

BOOST_AUTO_TEST_CASE(a_list_that_no_acl_can_hold_is_an_error) {
    std::string text = "D:";
    for (int count = 0; count < 3300; ++count)
        text += "(A;;GA;;;SY)";
    auto const parsed = dsplan::sddl::parse(text);
    BOOST_REQUIRE(!parsed);
    BOOST_TEST(
        message(parsed.error()) ==
        "expected ACEs of at most 65535 octets together with the header of their ACL, found 66008 octets");
}

BOOST_AUTO_TEST_CASE(types_without_text_are_written_so_that_no_parser_takes_them) {
    ace opaque;
    opaque.type = static_cast<ace_type>(0x42);
    opaque.flags = ace_flag::container_inherit;
    opaque.data = test::from_hex("0a0b0c0d");
    BOOST_TEST(write_ace(opaque) == "(?42;CI;;;;;0a0b0c0d)");
    BOOST_TEST(!parse_ace(write_ace(opaque)));
}

BOOST_AUTO_TEST_SUITE_END()
