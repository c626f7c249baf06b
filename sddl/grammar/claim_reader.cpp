#include <sddl/claim_types.hpp>
#include <sddl/detail/attribute_name.hpp>
#include <sddl/grammar/condition_lexer.hpp>
#include <sddl/grammar/fields.hpp>
#include <sddl/grammar/literals.hpp>
#include <sddl/number.hpp>
#include <sddl/resource_claim.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace dsplan::sddl {
namespace grammar {
namespace {

constexpr std::uint64_t largest_unsigned = std::numeric_limits<std::uint64_t>::max();

std::string words_of_types() {
    std::string words;
    for (auto const& row : claim_types) {
        words += words.empty() ? "" : ", ";
        words += row.text;
    }
    return words;
}

// "(" name "," type "," flags *("," value) ")"
class claim_reader {
public:
    claim_reader(std::string_view source, std::vector<lexeme> const& pieces, domain_sids const& sids)
        : source_(source)
        , pieces_(pieces)
        , sids_(sids) {}

    result<resource_claim> read();

private:
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] std::size_t offset() const;
    [[nodiscard]] tl::unexpected<parse_error> unexpected(std::string expected) const;
    [[nodiscard]] bool is(lexeme_kind kind) const;

    result<void> take(std::string_view mark);
    result<void> read_name();
    result<void> read_type();
    result<void> read_flags();
    result<claim_value> read_value();
    result<claim_value> read_number_value();
    result<claim_value> read_account_value();
    result<claim_value> read_octets_value();

    std::string_view source_;
    std::vector<lexeme> const& pieces_;
    domain_sids const& sids_;
    std::size_t place_ = 0;
    resource_claim claim_;
};

std::string_view claim_reader::text() const {
    return place_ == pieces_.size() ? std::string_view{} : view(pieces_[place_].text);
}

std::size_t claim_reader::offset() const {
    return place_ == pieces_.size() ? source_.size()
                                    : static_cast<std::size_t>(pieces_[place_].text.begin() - source_.data());
}

tl::unexpected<parse_error> claim_reader::unexpected(std::string expected) const {
    return unexpected_at(offset(), offset() + text().size(), std::move(expected),
                         text().empty() ? "the end of the resource attribute" : quoted(text()));
}

bool claim_reader::is(lexeme_kind kind) const {
    return place_ < pieces_.size() && pieces_[place_].kind == kind;
}

result<void> claim_reader::take(std::string_view mark) {
    if (!is(lexeme_kind::mark) || text() != mark)
        return unexpected("'" + std::string(mark) + "'");
    ++place_;
    return success();
}

result<void> claim_reader::read_name() {
    if (!is(lexeme_kind::string) || text().size() < 3)
        return unexpected("the name of the resource attribute in quotation marks");
    auto const name = text().substr(1, text().size() - 2);
    auto const stray = std::find_if(
        name.begin(), name.end(), [](char letter) { return !is_attribute_letter(letter) && letter != '%'; });
    if (stray != name.end()) {
        auto const begin = offset() + 1 + static_cast<std::size_t>(stray - name.begin());
        return unexpected_at(begin, begin + 1,
                             "letters that a name may have, or '%' and four hexadecimal digits",
                             quoted(source_.substr(begin, 1)));
    }
    // The escapes are those of "@User." names; the prefix makes the reader take all their letters.
    auto attribute = parse_attribute_name("@User." + std::string(name));
    if (!attribute)
        return moved(std::move(attribute.error()), offset() + 1 - std::string_view("@User.").size());
    claim_.name = std::move(attribute->name);
    ++place_;
    return success();
}

result<void> claim_reader::read_type() {
    auto const row = std::find_if(claim_types.begin(), claim_types.end(), [this](claim_type_row const& one) {
        return text().size() == 2 && capital(text()[0]) == one.text[0] && capital(text()[1]) == one.text[1];
    });
    if (row == claim_types.end())
        return unexpected("a type of value (" + words_of_types() + ")");
    claim_.type = row->type;
    ++place_;
    return success();
}

result<void> claim_reader::read_flags() {
    auto const flags = read_number(text(), 0, std::numeric_limits<std::uint32_t>::max());
    if (flags.consumed == 0 || flags.consumed != text().size() || flags.saturated || flags.has_minus ||
        flags.has_plus)
        return unexpected("the flags of the resource attribute, a number of 32 bits such as 0x0");
    claim_.flags = static_cast<std::uint32_t>(flags.value);
    ++place_;
    return success();
}

result<claim_value> claim_reader::read_number_value() {
    if (claim_.type == claim_type::signed_integer) {
        auto const value = read_integer(text());
        if (!is(lexeme_kind::word) || !value)
            return unexpected("a signed integer of 64 bits");
        return claim_value(static_cast<std::uint64_t>(value->value));
    }
    auto const value = read_number(text(), 0, largest_unsigned);
    bool const is_number =
        is(lexeme_kind::word) && value.consumed == text().size() && !value.saturated && !value.has_minus;
    if (claim_.type == claim_type::boolean && (!is_number || value.value > 1))
        return unexpected("0 or 1");
    if (!is_number)
        return unexpected("an unsigned integer of 64 bits");
    return claim_value(value.value);
}

result<claim_value> claim_reader::read_account_value() {
    if (!is(lexeme_kind::word) && !is(lexeme_kind::numeric_account) && !is(lexeme_kind::account))
        return unexpected("a SID or a two-letter alias");
    warnings odd;
    auto account =
        is(lexeme_kind::account) ? read_account(text(), sids_) : read_trustee(text(), sids_, false, odd);
    if (!account)
        return moved(std::move(account.error()), offset());
    return claim_value(*account);
}

result<claim_value> claim_reader::read_octets_value() {
    if (is(lexeme_kind::octets))
        return claim_value(read_octets(text().substr(1)));
    bool const is_hexadecimal =
        is(lexeme_kind::word) &&
        std::all_of(text().begin(), text().end(), [](char letter) { return hexadecimal_value(letter) < 16; });
    if (!is_hexadecimal)
        return unexpected("octets as hexadecimal digits");
    return claim_value(read_octets(text()));
}

result<claim_value> claim_reader::read_value() {
    switch (claim_.type) {
    case claim_type::string:
        if (!is(lexeme_kind::string))
            return unexpected("a string in quotation marks");
        return read_string(text()).map([](std::u16string value) { return claim_value(std::move(value)); });
    case claim_type::account:
        return read_account_value();
    case claim_type::octets:
        return read_octets_value();
    default:
        return read_number_value();
    }
}

result<resource_claim> claim_reader::read() {
    auto const first = [this]() -> result<void> {
        return take("(")
            .and_then([this] { return read_name(); })
            .and_then([this] { return take(","); })
            .and_then([this] { return read_type(); })
            .and_then([this] { return take(","); })
            .and_then([this] { return read_flags(); });
    }();
    if (!first)
        return tl::unexpected(first.error());
    while (text() == ",") {
        ++place_;
        auto value = read_value();
        if (!value)
            return tl::unexpected(std::move(value.error()));
        claim_.values.push_back(std::move(*value));
        ++place_;
    }
    if (auto const closed = take(")"); !closed)
        return unexpected("',' and a value, or ')'");
    if (place_ != pieces_.size())
        return unexpected("the end of the resource attribute");
    return std::move(claim_);
}

} // namespace
} // namespace grammar

result<resource_claim> parse_claim(std::string_view text, domain_sids const& sids) {
    auto const pieces = grammar::lex_condition(text);
    if (!pieces)
        return tl::unexpected(pieces.error());
    return grammar::claim_reader(text, *pieces, sids).read();
}

} // namespace dsplan::sddl
