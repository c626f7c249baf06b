#include <sddl/condition.hpp>
#include <sddl/condition_operators.hpp>
#include <sddl/detail/octets.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::array<std::byte, 4> magic{std::byte{0x61}, std::byte{0x72}, std::byte{0x74}, std::byte{0x78}};

constexpr std::size_t usual_token = 10; // octets

constexpr std::uint8_t token_int8 = 0x01;
constexpr std::uint8_t token_int64 = 0x04;
constexpr std::uint8_t token_string = 0x10;
constexpr std::uint8_t token_octets = 0x18;
constexpr std::uint8_t token_list = 0x50;
constexpr std::uint8_t token_sid = 0x51;

// ---- decoding

class decoder {
public:
    explicit decoder(byte_view bytes) : bytes_(bytes) {}

    result<condition> read();

private:
    result<byte_view> take(std::size_t count, std::string_view what);
    result<byte_view> take_sized(std::string_view what);
    result<condition_integer> read_integer(std::uint8_t token);
    result<std::u16string> read_string(std::string_view what);
    result<sid> read_account();
    result<condition_literal> read_literal(std::uint8_t token);
    result<condition_list> read_list();
    result<condition_token> read_token(std::uint8_t token);
    result<void> push_operator(condition_operator_row const& row);
    result<condition> finish();
    [[nodiscard]] bool is_padding() const;

    byte_view bytes_;
    std::size_t place_ = magic.size();
    std::size_t begin_ = 0; // of the token that is read
    std::vector<operand_kind> operands_;
    condition read_;
};

result<byte_view> decoder::take(std::size_t count, std::string_view what) {
    if (bytes_.size() - place_ < count)
        return unexpected_at(place_, bytes_.size(), fmt::format("the {} octets of {}", count, what),
                             fmt::format("{}", bytes_.size() - place_), "condition");
    auto const taken = bytes_.subspan(place_, count);
    place_ += count;
    return taken;
}

result<byte_view> decoder::take_sized(std::string_view what) {
    auto const size = take(4, "a length");
    if (!size)
        return size;
    return take(u32_at(*size, 0), what);
}

result<condition_integer> decoder::read_integer(std::uint8_t token) {
    auto const octets = take(10, "an integer");
    if (!octets)
        return tl::unexpected(octets.error());
    condition_integer const read{token, octet_at(*octets, 8), octet_at(*octets, 9),
                                 static_cast<std::int64_t>(u64_at(*octets, 0))};
    if (read.sign < 1 || read.sign > 3)
        return unexpected_at(place_ - 2, place_ - 1, "the sign 1, 2 or 3", fmt::format("{}", read.sign),
                             "condition");
    if (read.base < 1 || read.base > 3)
        return unexpected_at(place_ - 1, place_, "the base 1, 2 or 3", fmt::format("{}", read.base),
                             "condition");
    return read;
}

result<std::u16string> decoder::read_string(std::string_view what) {
    auto const octets = take_sized(what);
    if (!octets)
        return tl::unexpected(octets.error());
    if (octets->size() % 2 != 0)
        return unexpected_at(place_ - octets->size() - 4, place_ - octets->size(),
                             "an even number of octets of UTF-16", fmt::format("{}", octets->size()),
                             "condition");
    std::u16string text(octets->size() / 2, u'\0');
    for (std::size_t index = 0; index < text.size(); ++index)
        text[index] = static_cast<char16_t>(u16_at(*octets, 2 * index));
    return text;
}

result<sid> decoder::read_account() {
    auto const octets = take_sized("a SID");
    if (!octets)
        return tl::unexpected(octets.error());
    auto account = read_sid(*octets);
    if (!account)
        return moved(std::move(account.error()), place_ - octets->size(), "condition");
    if (size_of(*account) != octets->size())
        return unexpected_at(place_ - octets->size(), place_,
                             fmt::format("a SID of {} octets", octets->size()),
                             fmt::format("one of {}", size_of(*account)), "condition");
    return account;
}

result<condition_literal> decoder::read_literal(std::uint8_t token) {
    auto const as_literal = [](auto value) {
        return condition_literal(std::move(value));
    };
    if (token >= token_int8 && token <= token_int64)
        return read_integer(token).map(as_literal);
    if (token == token_string)
        return read_string("a string").map(as_literal);
    if (token == token_octets)
        return take_sized("an octet string").map([](byte_view octets) {
            return condition_literal(byte_string(octets.begin(), octets.end()));
        });
    if (token == token_sid)
        return read_account().map(as_literal);
    return unexpected_at(begin_, begin_ + 1, "a token of a condition", fmt::format("0x{:02x}", token),
                         "condition");
}

result<condition_list> decoder::read_list() {
    auto const octets = take_sized("a list");
    if (!octets)
        return tl::unexpected(octets.error());
    auto const end = place_;
    place_ -= octets->size();
    condition_list list;
    auto const whole = std::exchange(bytes_, bytes_.first(end));
    while (place_ < end) {
        begin_ = place_;
        auto element = read_literal(octet_at(bytes_, place_++));
        if (!element)
            return tl::unexpected(std::move(element.error()));
        list.elements.push_back(std::move(*element));
    }
    bytes_ = whole;
    return list;
}

result<condition_token> decoder::read_token(std::uint8_t token) {
    if (token >= static_cast<std::uint8_t>(attribute_scope::local) &&
        token <= static_cast<std::uint8_t>(attribute_scope::device))
        return read_string("the name of an attribute").map([token](std::u16string name) {
            return condition_token(condition_attribute{static_cast<attribute_scope>(token), std::move(name)});
        });
    if (token == token_list)
        return read_list().map([](condition_list list) { return condition_token(std::move(list)); });
    return read_literal(token).map([](condition_literal literal) {
        return std::visit([](auto& value) { return condition_token(std::move(value)); }, literal);
    });
}

result<void> decoder::push_operator(condition_operator_row const& row) {
    std::size_t const needed = is_binary(row.kind) ? 2 : 1;
    if (operands_.size() < needed)
        return unexpected_at(begin_, begin_ + 1, fmt::format("{} operands before {}", needed, row.text),
                             fmt::format("{}", operands_.size()), "condition");
    auto const right = operands_.back();
    auto const left = operands_[operands_.size() - needed];
    if (!takes(row, left, right))
        return unexpected_at(begin_, begin_ + 1, fmt::format("operands that {} can have", row.text), "others",
                             "condition");
    operands_.resize(operands_.size() - needed);
    operands_.push_back(operand_kind::expression);
    read_.postfix.emplace_back(row.token);
    return success();
}

bool decoder::is_padding() const {
    auto const rest = bytes_.subspan(place_);
    return rest.size() < 4 &&
           std::all_of(rest.begin(), rest.end(), [](std::byte b) { return b == std::byte{0}; });
}

result<condition> decoder::finish() {
    if (operands_.size() != 1)
        return unexpected_at(bytes_.size(), bytes_.size(), "one expression",
                             fmt::format("{}", operands_.size()), "condition");
    auto const last = operands_.back();
    if (last == operand_kind::literal || last == operand_kind::account || last == operand_kind::list)
        return unexpected_at(magic.size(), bytes_.size(), "an expression", "a value", "condition");
    return std::move(read_);
}

result<condition> decoder::read() {
    if (!is_condition(bytes_))
        return unexpected_at(0, std::min<std::size_t>(bytes_.size(), magic.size()), "'artx'", "other octets",
                             "condition");
    read_.postfix.reserve(bytes_.size() / usual_token + 1);
    operands_.reserve(bytes_.size() / usual_token + 1);
    while (place_ < bytes_.size() && !is_padding()) {
        begin_ = place_;
        auto const octet = octet_at(bytes_, place_++);
        if (auto const* const row = find_condition_operator(octet)) {
            if (auto const pushed = push_operator(*row); !pushed)
                return tl::unexpected(pushed.error());
            continue;
        }
        auto token = read_token(octet);
        if (!token)
            return tl::unexpected(std::move(token.error()));
        operands_.push_back(kind_of(*token));
        read_.postfix.push_back(std::move(*token));
    }
    return finish();
}

// ---- encoding

void append_sized(byte_string& bytes, byte_view octets) {
    append_u32(bytes, static_cast<std::uint32_t>(octets.size()));
    append_octets(bytes, octets);
}

void append_string(byte_string& bytes, std::u16string const& text) {
    append_u32(bytes, static_cast<std::uint32_t>(2 * text.size()));
    auto* place = grown(bytes, 2 * text.size());
    for (auto const unit : text) {
        boost::endian::store_little_u16(place, unit);
        place += 2;
    }
}

struct encoder {
    byte_string& bytes;

    void operator()(condition_integer const& value) const {
        append_octet(bytes, value.width);
        append_u64(bytes, static_cast<std::uint64_t>(value.value));
        append_octet(bytes, value.sign);
        append_octet(bytes, value.base);
    }
    void operator()(std::u16string const& value) const {
        append_octet(bytes, token_string);
        append_string(bytes, value);
    }
    void operator()(byte_string const& value) const {
        append_octet(bytes, token_octets);
        append_sized(bytes, value);
    }
    void operator()(sid const& value) const {
        append_octet(bytes, token_sid);
        append_u32(bytes, static_cast<std::uint32_t>(size_of(value)));
        append(bytes, value);
    }
    void operator()(condition_list const& value) const {
        append_octet(bytes, token_list);
        auto const size_at = bytes.size();
        append_u32(bytes, 0);
        for (auto const& element : value.elements)
            std::visit(*this, element);
        store_u32(bytes, size_at, static_cast<std::uint32_t>(bytes.size() - size_at - 4));
    }
    void operator()(condition_attribute const& value) const {
        append_octet(bytes, static_cast<std::uint8_t>(value.scope));
        append_string(bytes, value.name);
    }
    void operator()(condition_operator value) const { append_octet(bytes, static_cast<std::uint8_t>(value)); }
};

} // namespace

bool is_condition(byte_view bytes) {
    return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

bool has_condition(ace const& value) {
    return is_callback(value.type) || (is_filter(value.type) && is_condition(value.data));
}

result<condition> decode_condition(byte_view bytes) {
    return decoder(bytes).read();
}

byte_string encode_condition(condition const& value) {
    byte_string bytes;
    bytes.reserve(magic.size() + usual_token * value.postfix.size());
    append_octets(bytes, magic);
    for (auto const& token : value.postfix)
        std::visit(encoder{bytes}, token);
    bytes.resize((bytes.size() + 3) / 4 * 4);
    return bytes;
}

} // namespace dsplan::sddl
