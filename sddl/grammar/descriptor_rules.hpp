#pragma once
#include <sddl/grammar/extents.hpp>
#include <sddl/grammar/text_tree.hpp>

#include <boost/fusion/include/adapt_struct.hpp>
#include <boost/spirit/home/x3.hpp>

BOOST_FUSION_ADAPT_STRUCT(dsplan::sddl::grammar::ace_text, type, flags, rights, object_type,
                          inherited_object_type, trustee, application)
BOOST_FUSION_ADAPT_STRUCT(dsplan::sddl::grammar::section_text, letter, lead)

// The outer grammar of SDDL, [MS-DTYP] 2.5.1.1. It cuts the text at its marks and leaves what stands between
// them to the readers of the fields, which know better words for what is wrong there.
namespace dsplan::sddl::grammar {

namespace x3 = boost::spirit::x3;

// A rule whose text is what a function finds the end of; fails where that is nothing.
template <char const* find_end(char const*, char const*)>
struct found_by : x3::parser<found_by<find_end>> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    template <typename Context, typename Attribute>
    bool parse(char const*& first, char const* last, Context const&, x3::unused_type, Attribute&) const {
        auto const* const end = find_end(first, last);
        bool const found = end != first;
        first = end;
        return found;
    }
};

template <class Id>
auto named(char const* name, auto parser) {
    return x3::rule<Id>{name} = parser;
}

// WSP: not everywhere, but before sections and ACEs and at the end
auto const blanks = x3::omit[*x3::char_(" \t\n\v\f\r")];

auto const field = x3::raw[*~x3::char_(";()")];

// ace = "(" type ";" flags ";" rights ";" guid ";" guid ";" sid [";" (condition / claim)] ")"
struct after_type;
struct after_flags;
struct after_rights;
struct after_object_type;
struct after_inherited_object_type;
struct application_class;
struct ace_end;
auto const application = x3::rule<application_class, slice>{"a condition or a claim in parentheses"} =
    x3::raw[found_by<end_of_balanced>{}];
auto const ace_rule = x3::rule<struct ace_class, ace_text>{"an ACE"} =
    '(' > field > named<after_type>("';' after the type (field 1 of 6)", x3::lit(';')) > field
    > named<after_flags>("';' after the flags (field 2 of 6)", x3::lit(';')) > field
    > named<after_rights>("';' after the rights (field 3 of 6)", x3::lit(';')) > field
    > named<after_object_type>("';' after the object type (field 4 of 6)", x3::lit(';')) > field
    > named<after_inherited_object_type>("';' after the inherited object type (field 5 of 6)",
                                         x3::lit(';')) > field
    > ((';' > blanks > application > blanks) |
       x3::attr(slice{})) > named<ace_end>("')' after the account (field 6 of 6)", x3::lit(')'));

// The lists are walked by whoever runs these rules: an ACE goes from its slices straight into the model, and
// no tree of the whole text is made.

// owner-string = "O:" sid-string, group-string = "G:" sid-string
auto const trustee_section = x3::char_("OG") >> ':' >> x3::raw[-found_by<end_of_account>{}];

// dacl-string = "D:" [flags] *ace, sacl-string = "S:" [flags] *ace; the ACEs follow
auto const acl_section = x3::char_("DS") >> ':' >> x3::raw[-found_by<end_of_acl_flags>{}];

auto const section_rule = x3::rule<struct section_class, section_text>{"a section"} =
    trustee_section | acl_section;

auto const end_of_descriptor =
    named<struct end_class>("O:, G:, D:, S:, an ACE in parentheses or the end of the text", x3::eoi);

auto const end_of_ace = named<struct end_of_ace_class>("the end of the text after one ACE", x3::eoi);

} // namespace dsplan::sddl::grammar
