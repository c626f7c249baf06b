// X3 first: its headers pick up traits that must be seen before any rule.
#include <sddl/grammar/descriptor_rules.hpp>
#include <sddl/grammar/fields.hpp>
#include <sddl/grammar/model_builder.hpp>
#include <sddl/parse.hpp>

#include <boost/spirit/home/x3.hpp>
#include <fmt/format.h>

#include <utility>

namespace dsplan::sddl {
namespace {

namespace x3 = boost::spirit::x3;

tl::unexpected<parse_error> at_stop(std::string_view text, char const* where, std::string expected) {
    auto const begin = static_cast<std::size_t>(where - text.data());
    if (begin == text.size())
        return unexpected_at(begin, begin, std::move(expected), "the end of the text");
    return unexpected_at(begin, begin + 1, std::move(expected), quoted(text.substr(begin, 1)));
}

// Runs a rule over the whole text; X3's own exception stops here.
template <class Tree, class Rule, class End>
result<Tree> run(std::string_view text, Rule const& rule, End const& end) {
    Tree tree;
    auto const* place = text.data();
    auto const* const last = text.data() + text.size();
    try {
        if (!x3::parse(place, last, rule > end, tree))
            return at_stop(text, place, "'('");
    } catch (x3::expectation_failure<char const*> const& stop) {
        return at_stop(text, stop.where(), stop.which());
    }
    return tree;
}

} // namespace

result<security_descriptor> parse(std::string_view text, domain_sids const& sids,
                                  std::vector<parse_error>& warnings) {
    auto const tree =
        run<grammar::descriptor_text>(text, grammar::descriptor_rule, grammar::end_of_descriptor);
    if (!tree)
        return tl::unexpected(tree.error());
    return grammar::model_builder(text, sids, warnings).descriptor(*tree);
}

result<security_descriptor> parse(std::string_view text, domain_sids const& sids) {
    std::vector<parse_error> warnings;
    return parse(text, sids, warnings);
}

result<security_descriptor> parse_strict(std::string_view text, domain_sids const& sids) {
    std::vector<parse_error> warnings;
    auto parsed = parse(text, sids, warnings);
    if (parsed && !warnings.empty())
        return tl::unexpected(std::move(warnings.front()));
    return parsed;
}

result<ace> parse_ace(std::string_view text, domain_sids const& sids) {
    auto const tree = run<grammar::ace_text>(text, grammar::ace_rule, grammar::end_of_ace);
    if (!tree)
        return tl::unexpected(tree.error());
    std::vector<parse_error> warnings;
    return grammar::model_builder(text, sids, warnings).entry(*tree);
}

result<sid> parse_trustee(std::string_view text, domain_sids const& sids) {
    std::vector<parse_error> warnings;
    return grammar::read_trustee(text, sids, false, warnings);
}

} // namespace dsplan::sddl
