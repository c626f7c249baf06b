// X3 first: its headers pick up traits that must be seen before any rule.
#include <sddl/attribute_name.hpp>
#include <sddl/grammar/condition_lexer.hpp>

#include <boost/fusion/include/adapt_struct.hpp>
#include <boost/spirit/home/x3.hpp>

BOOST_FUSION_ADAPT_STRUCT(dsplan::sddl::grammar::lexeme, kind, text)

namespace dsplan::sddl::grammar {
namespace {

namespace x3 = boost::spirit::x3;

auto const blanks = x3::omit[*x3::char_(" \t\n\v\f\r")];

template <class Id>
auto piece(lexeme_kind kind, auto parser) {
    return x3::rule<Id, lexeme>{"a piece of a condition"} = x3::attr(kind) >> x3::raw[parser];
}

// literal-SID = "SID(" sid-string ")"
auto const account =
    piece<struct account_class>(lexeme_kind::account, x3::no_case["SID("] >> *(x3::char_ - ')') >> ')');

// attr-name2 = "@User." / "@Device." / "@Resource." 1*attr-char2, where attr-char2 may be "%" 4HEXDIG
auto const attribute = piece<struct attribute_class>(
    lexeme_kind::attribute,
    '@' >> *(x3::char_("a-zA-Z0-9#$'*+./:;?@[\\]^_`{}~,%-") | x3::char_('\x80', '\xff')));

// string = DQUOTE *(%x01-21 / %x23-FFFF) DQUOTE
auto const string = piece<struct string_class>(lexeme_kind::string, '"' >> *(x3::char_ - '"') >> '"');

// octet-string = "#" *HEXDIG
auto const octets = piece<struct octets_class>(lexeme_kind::octets, '#' >> *x3::char_("0-9a-fA-F"));

// attr-name1, a keyword or an integer: which, depends on where it stands
auto const word =
    piece<struct word_class>(lexeme_kind::word, -x3::char_("+-") >> +x3::char_("a-zA-Z0-9:./_"));

// sid-string as the value of a TD claim: "S-1-" 1*("-" DIGITS)
auto const numeric_account = piece<struct numeric_account_class>(
    lexeme_kind::numeric_account, x3::no_case["S-"] >> *x3::char_("0-9a-fA-FxX-"));

auto const mark = piece<struct mark_class>(lexeme_kind::mark, x3::lit("&&") | "||" | "==" | "!=" | "<=" |
                                                                  ">=" | x3::char_("<>!(){},"));

auto const lexemes = x3::rule<struct lexemes_class, std::vector<lexeme>>{"a condition"} =
    blanks >> *((account | attribute | string | octets | numeric_account | word | mark) >> blanks);

} // namespace

result<std::vector<lexeme>> lex_condition(std::string_view text) {
    std::vector<lexeme> pieces;
    auto const* place = text.data();
    auto const* const last = text.data() + text.size();
    x3::parse(place, last, lexemes, pieces);
    if (place == last)
        return pieces;
    auto const begin = static_cast<std::size_t>(place - text.data());
    return unexpected_at(begin, begin + 1, "an attribute, a value or an operator",
                         quoted(text.substr(begin, 1)));
}

} // namespace dsplan::sddl::grammar
