// X3 first: its headers pick up traits that must be seen before any rule.
#include <sddl/grammar/descriptor_rules.hpp>
#include <sddl/grammar/fields.hpp>
#include <sddl/grammar/model_builder.hpp>
#include <sddl/number.hpp>
#include <sddl/parse.hpp>

#include <boost/spirit/home/x3.hpp>
#include <fmt/format.h>

#include <utility>

namespace dsplan::sddl {
namespace {

namespace x3 = boost::spirit::x3;

std::string hint_at(std::string_view rest) {
    bool const is_section =
        rest.size() > 1 && rest[1] == ':' && std::string_view("ogds").find(rest[0]) != std::string_view::npos;
    return is_section ? "section letters are capitals: " + std::string(1, capital(rest[0])) + ":"
                      : std::string{};
}

tl::unexpected<parse_error> at_stop(std::string_view text, char const* where, std::string expected) {
    auto const begin = static_cast<std::size_t>(where - text.data());
    if (begin == text.size())
        return unexpected_at(begin, begin, std::move(expected), "the end of the text");
    return unexpected_at(begin, begin + 1, std::move(expected), quoted(text.substr(begin, 1)), {},
                         hint_at(text.substr(begin)));
}

// Walks over the text and feeds the builder; X3's own exception goes up to `stopped_by_rules`.
class descriptor_walk {
public:
    descriptor_walk(std::string_view text, grammar::model_builder& builder)
        : text_(text)
        , builder_(builder) {}

    result<security_descriptor> run() {
        take(grammar::blanks);
        for (grammar::section_text section; take(grammar::section_rule, section);)
            if (auto const added = add(section); !added)
                return tl::unexpected(added.error());
        take(x3::expect[grammar::end_of_descriptor]);
        return std::move(builder_).take();
    }

private:
    template <class Rule, class... Tree>
    bool take(Rule const& rule, Tree&... tree) {
        return x3::parse(place_, last_, rule, tree...);
    }

    result<void> add(grammar::section_text const& section) {
        if (auto const begun = builder_.begin(section); !begun)
            return begun;
        if (section.letter != 'D' && section.letter != 'S')
            return success();
        for (; place_ != last_ && *place_ == '('; take(grammar::blanks))
            if (auto const added = add_ace(); !added)
                return added;
        return builder_.end(section);
    }

    // Most ACEs are spelled as Windows prints them, and need neither rules nor readers of fields.
    result<void> add_ace() {
        if (auto const taken = builder_.add_plain({place_, static_cast<std::size_t>(last_ - place_)})) {
            place_ += taken;
            return success();
        }
        grammar::ace_text ace;
        take(grammar::ace_rule, ace);
        return builder_.add(ace);
    }

    std::string_view text_;
    grammar::model_builder& builder_;
    char const* place_ = text_.data();
    char const* last_ = text_.data() + text_.size();
};

template <class Work>
auto stopped_by_rules(std::string_view text, Work const& work) -> decltype(work()) {
    try {
        return work();
    } catch (x3::expectation_failure<char const*> const& stop) {
        return at_stop(text, stop.where(), stop.which());
    }
}

} // namespace

result<security_descriptor> parse(std::string_view text, domain_sids const& sids,
                                  std::vector<parse_error>& warnings) {
    grammar::model_builder builder(text, sids, warnings);
    return stopped_by_rules(text, [&] { return descriptor_walk(text, builder).run(); });
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
    std::vector<parse_error> warnings;
    grammar::model_builder builder(text, sids, warnings);
    return stopped_by_rules(text, [&]() -> result<ace> {
        grammar::ace_text tree;
        auto const* place = text.data();
        auto const* const last = place + text.size();
        if (!x3::parse(place, last, grammar::ace_rule > grammar::end_of_ace, tree))
            return at_stop(text, place, "'('");
        ace made;
        return builder.read(made, tree).map([&made] { return std::move(made); });
    });
}

result<sid> parse_trustee(std::string_view text, domain_sids const& sids) {
    std::vector<parse_error> warnings;
    return grammar::read_trustee(text, sids, false, warnings);
}

} // namespace dsplan::sddl
