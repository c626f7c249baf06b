#include <sddl/bytes.hpp>
#include <sddl/claim_types.hpp>
#include <sddl/condition.hpp>
#include <sddl/condition_operators.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/utf16.hpp>
#include <tools/dsplan/explain/data_fields.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>
#include <variant>

namespace dsplan::explain {
namespace {

using fields = std::vector<byte_field>;

fields unread(sddl::byte_view data, std::string_view what, sddl::parse_error const& error) {
    return {{0,
             data.size(),
             0,
             fmt::format("{} that cannot be read: octet {}, {}", what, error.begin, message(error)),
             {}}};
}

std::string quoted_text(std::u16string_view text) {
    auto const converted = sddl::to_utf8(text);
    return converted ? fmt::format("\"{}\"", printable(*converted)) : "no well-formed UTF-16";
}

// Adds fields one after the other.
class sequence {
public:
    explicit sequence(sddl::domain_sids const& sids) : sids_(sids) {}

    void add(std::size_t size, int depth, std::string meaning) {
        if (size != 0)
            fields_.push_back({place_, size, depth, std::move(meaning), {}});
        place_ += size;
    }
    void add_account(sddl::sid const& value, int depth) {
        append_fields(fields_, sid_fields(value, "account", sids_), place_, depth);
        place_ += size_of(value);
    }
    void add_sized(std::size_t size, int depth, std::string meaning) {
        add(4, depth, fmt::format("length {}", size));
        add(size, depth, std::move(meaning));
    }
    void go_to(std::size_t place) { place_ = place; }
    [[nodiscard]] std::size_t place() const { return place_; }
    fields take() { return std::move(fields_); }

private:
    sddl::domain_sids const& sids_;
    std::size_t place_ = 0;
    fields fields_;
};

// ---- conditions

std::string_view words_of(sddl::attribute_scope scope) {
    switch (scope) {
    case sddl::attribute_scope::user:
        return "attribute of the user";
    case sddl::attribute_scope::device:
        return "attribute of the device";
    case sddl::attribute_scope::resource:
        return "attribute of the resource";
    default:
        return "local attribute";
    }
}

std::size_t size_of_element(sddl::condition_literal const& literal) {
    constexpr std::size_t token_and_length = 5;
    struct measure {
        std::size_t operator()(sddl::condition_integer const&) const { return 11; }
        std::size_t operator()(std::u16string const& text) const {
            return token_and_length + 2 * text.size();
        }
        std::size_t operator()(sddl::byte_string const& octets) const {
            return token_and_length + octets.size();
        }
        std::size_t operator()(sddl::sid const& value) const { return token_and_length + size_of(value); }
    };
    return std::visit(measure{}, literal);
}

struct token_fields {
    sequence& made;
    int depth = 0;

    void operator()(sddl::condition_integer const& value) const {
        static constexpr std::array<std::string_view, 3> signs{"+", "-", "none"};
        static constexpr std::array<std::string_view, 3> bases{"octal", "decimal", "hexadecimal"};
        made.add(1, depth,
                 fmt::format("token 0x{0:02x}: integer of {1} bits", value.width, 4U << value.width));
        made.add(8, depth + 1, fmt::format("value {}", value.value));
        made.add(1, depth + 1, fmt::format("sign: {}", signs.at(value.sign - 1U)));
        made.add(1, depth + 1, fmt::format("written in {}", bases.at(value.base - 1U)));
    }
    void operator()(std::u16string const& value) const {
        made.add(1, depth, "token 0x10: string");
        made.add_sized(2 * value.size(), depth + 1, quoted_text(value));
    }
    void operator()(sddl::byte_string const& value) const {
        made.add(1, depth, "token 0x18: octets");
        made.add_sized(value.size(), depth + 1, "octets");
    }
    void operator()(sddl::sid const& value) const {
        made.add(1, depth, "token 0x51: SID");
        made.add(4, depth + 1, fmt::format("length {}", size_of(value)));
        made.add_account(value, depth + 1);
    }
    void operator()(sddl::condition_list const& value) const {
        std::size_t size = 0;
        for (auto const& element : value.elements)
            size += size_of_element(element);
        made.add(1, depth, fmt::format("token 0x50: list of {}", value.elements.size()));
        made.add(4, depth + 1, fmt::format("length {}", size));
        for (auto const& element : value.elements)
            std::visit(token_fields{made, depth + 1}, element);
    }
    void operator()(sddl::condition_attribute const& value) const {
        made.add(
            1, depth,
            fmt::format("token 0x{:02x}: {}", static_cast<unsigned>(value.scope), words_of(value.scope)));
        made.add_sized(2 * value.name.size(), depth + 1, quoted_text(value.name));
    }
    void operator()(sddl::condition_operator value) const {
        auto const* const row = sddl::find_condition_operator(static_cast<std::uint8_t>(value));
        made.add(1, depth, fmt::format("token 0x{:02x}: {}", static_cast<unsigned>(value), row->text));
    }
};

// ---- claims

std::string number_text(std::uint64_t value, sddl::claim_type type) {
    return type == sddl::claim_type::signed_integer ? fmt::format("{}", static_cast<std::int64_t>(value))
                                                    : fmt::format("{}", value);
}

void add_value(sequence& made, sddl::claim_value const& value, sddl::claim_type type, std::size_t number) {
    std::visit(
        [&](auto const& held) {
            using held_type = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<held_type, std::uint64_t>) {
                made.add(8, 0, fmt::format("value {}: {}", number, number_text(held, type)));
            } else if constexpr (std::is_same_v<held_type, std::u16string>) {
                made.add(2 * held.size() + 2, 0, fmt::format("value {}: {}", number, quoted_text(held)));
            } else if constexpr (std::is_same_v<held_type, sddl::byte_string>) {
                made.add(4, 0, fmt::format("value {}: length {}", number, held.size()));
                made.add(held.size(), 1, "octets");
            } else {
                made.add(4, 0, fmt::format("value {}: length {}", number, size_of(held)));
                made.add_account(held, 1);
            }
        },
        value);
}

void add_claim_header(sequence& made, sddl::byte_view data, sddl::resource_claim const& claim) {
    made.add(4, 0, fmt::format("offset of the name: 0x{:04x}", sddl::u32_at(data, 0)));
    made.add(2, 0,
             fmt::format("value type {}: {}", static_cast<unsigned>(claim.type),
                         sddl::find_claim_type(claim.type)->words));
    made.add(2, 0, "reserved");
    made.add(4, 0, fmt::format("flags 0x{:x}", claim.flags));
    made.add(4, 0, fmt::format("number of values {}", claim.values.size()));
    for (std::size_t index = 0; index < claim.values.size(); ++index)
        made.add(4, 0,
                 fmt::format("offset of value {}: 0x{:04x}", index + 1, sddl::u32_at(data, made.place())));
}

fields with_uncovered(fields read, std::size_t size) {
    std::stable_sort(read.begin(), read.end(),
                     [](byte_field const& a, byte_field const& b) { return a.offset < b.offset; });
    fields whole;
    std::size_t covered = 0;
    auto const cover = [&](std::size_t until) {
        if (covered < until)
            whole.push_back({covered, until - covered, 0, "padding: nothing points here", {}});
    };
    for (auto& field : read) {
        cover(field.offset);
        covered = std::max(covered, field.offset + field.size);
        whole.push_back(std::move(field));
    }
    cover(size);
    return whole;
}

} // namespace

fields condition_fields(sddl::byte_view data, sddl::domain_sids const& sids) {
    auto const read = sddl::decode_condition(data);
    if (!read)
        return unread(data, "condition", read.error());
    sequence made(sids);
    made.add(4, 0, "condition: \"artx\", operands before their operator");
    for (auto const& token : read->postfix)
        std::visit(token_fields{made}, token);
    made.add(data.size() - made.place(), 0, "padding");
    return made.take();
}

fields claim_fields(sddl::byte_view data, sddl::domain_sids const& sids) {
    auto const read = sddl::decode_claim(data);
    if (!read)
        return unread(data, "resource attribute", read.error());
    sequence made(sids);
    add_claim_header(made, data, *read);
    made.go_to(sddl::u32_at(data, 0));
    made.add(2 * read->name.size() + 2, 0, "name " + quoted_text(read->name));
    constexpr std::size_t first_offset = 16;
    for (std::size_t index = 0; index < read->values.size(); ++index) {
        made.go_to(sddl::u32_at(data, first_offset + 4 * index));
        add_value(made, read->values[index], read->type, index + 1);
    }
    return with_uncovered(made.take(), data.size());
}

fields sid_fields(sddl::sid const& value, std::string_view name, sddl::domain_sids const& sids) {
    std::uint64_t authority = 0;
    for (auto const octet : value.identifier_authority)
        authority = authority << 8 | octet;
    sequence made(sids);
    made.add(1, 0,
             fmt::format("{}: {}, SID revision {}", name, words::account_name(value, sids), value.revision));
    made.add(1, 0, fmt::format("{} sub-authorities", value.sub_authority_count));
    made.add(6, 0, fmt::format("identifier authority {}", authority));
    for (std::size_t index = 0; index < value.sub_authority_count; ++index)
        made.add(4, 0, fmt::format("sub-authority {}", value.sub_authorities[index]));
    return made.take();
}

void append_fields(fields& all, fields added, std::size_t offset, int depth, std::string_view part) {
    for (auto& field : added) {
        field.offset += offset;
        field.depth += depth;
        field.part = part;
        all.push_back(std::move(field));
    }
}

} // namespace dsplan::explain
