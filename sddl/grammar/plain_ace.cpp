#include <sddl/ace_flags.hpp>
#include <sddl/condition.hpp>
#include <sddl/detail/letter_pairs.hpp>
#include <sddl/detail/text.hpp>
#include <sddl/grammar/extents.hpp>
#include <sddl/grammar/plain_ace.hpp>
#include <sddl/rights.hpp>
#include <sddl/well_known_sids.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <numeric>
#include <system_error>

namespace dsplan::sddl::grammar {
namespace {

constexpr auto mask_of_pair = [] {
    letter_pair_values<std::uint32_t> table{};
    for (auto const& row : rights)
        table[letter_pair(row.text)] = row.bit;
    for (auto const& row : rights_sets)
        table[letter_pair(row.text)] = row.bits;
    return table;
}();

constexpr std::uint32_t bits_with_letters =
    std::accumulate(rights.begin(), rights.end(), std::uint32_t{0},
                    [](std::uint32_t bits, right_row const& row) { return bits | row.bit; });

constexpr auto flag_of_pair = [] {
    letter_pair_values<std::uint8_t> table{};
    for (auto const& row : ace_flags)
        if (row.bit != ace_flag::critical) // the reader of fields warns of it
            table[letter_pair(row.text)] = row.bit;
    return table;
}();

constexpr std::uint8_t no_type = 0xFF;

// Types that are not here have more rules than the fields of their own.
constexpr auto type_of_pair = [] {
    letter_pair_values<std::uint8_t> table;
    table.fill(no_type);
    for (auto const& row : ace_types)
        if (row.text.size() == 2 && row.effect != ace_effect::none)
            table[letter_pair(row.text)] = static_cast<std::uint8_t>(row.type);
    return table;
}();

class plain_reader {
public:
    plain_reader(std::string_view text, domain_sids const& sids)
        : place_(text.data())
        , last_(text.data() + text.size())
        , sids_(sids) {}

    bool take_ace(ace& made, ace_home home);
    bool take_trustee(sid& made);
    [[nodiscard]] char const* place() const { return place_; }

private:
    [[nodiscard]] bool has(std::size_t count) const {
        return static_cast<std::size_t>(last_ - place_) >= count;
    }
    [[nodiscard]] bool is_at(char mark) const { return place_ != last_ && *place_ == mark; }
    bool take(char mark) {
        bool const found = is_at(mark);
        place_ += found ? 1 : 0;
        return found;
    }
    bool take_type(ace& made);
    bool take_flags(ace& made);
    bool take_rights(ace& made);
    bool take_numeric_rights(ace& made);
    bool take_guid(std::optional<guid>& made);
    bool take_number(std::uint32_t& made);
    bool take_sid(sid& made);
    bool take_condition(ace& made);

    char const* place_;
    char const* last_;
    domain_sids const& sids_;
};

bool plain_reader::take_type(ace& made) {
    if (!has(3))
        return false;
    if (place_[1] == ';') {
        bool const is_known = *place_ == 'A' || *place_ == 'D';
        made.type = unconditional_type(*place_ == 'D' ? ace_effect::deny : ace_effect::allow, false);
        place_ += 2;
        return is_known;
    }
    auto const type = type_of_pair[letter_pair({place_, 2})];
    made.type = static_cast<ace_type>(type);
    place_ += 2;
    return type != no_type && take(';');
}

bool plain_reader::take_flags(ace& made) {
    unsigned flags = 0;
    for (; has(2) && *place_ != ';'; place_ += 2) {
        auto const bit = flag_of_pair[letter_pair({place_, 2})];
        if (bit == 0 || (flags & bit) != 0)
            return false;
        flags |= bit;
    }
    made.flags = static_cast<std::uint8_t>(flags);
    return take(';');
}

// "0x1301bf": only what has no letters is printed so.
bool plain_reader::take_numeric_rights(ace& made) {
    place_ += std::string_view("0x").size();
    auto const read = std::from_chars(place_, last_, made.mask.bits, 16);
    place_ = read.ptr;
    bool const has_letters = (made.mask.bits & ~bits_with_letters) == 0 ||
                             std::any_of(rights_sets.begin(), rights_sets.end(),
                                         [&made](auto const& set) { return set.bits == made.mask.bits; });
    return read.ec == std::errc{} && !has_letters && take(';');
}

bool plain_reader::take_rights(ace& made) {
    if (has(2) && place_[0] == '0' && place_[1] == 'x')
        return take_numeric_rights(made);
    std::uint32_t mask = 0;
    for (; has(2) && *place_ != ';'; place_ += 2) {
        auto const bits = mask_of_pair[letter_pair({place_, 2})];
        if (bits == 0)
            return false;
        mask |= bits;
    }
    made.mask.bits = mask;
    return mask != 0 && take(';');
}

bool plain_reader::take_guid(std::optional<guid>& made) {
    if (take(';'))
        return true;
    if (!has(guid_text_size) || !read_text(made.emplace(), place_))
        return false;
    place_ += guid_text_size;
    return take(';');
}

bool plain_reader::take_number(std::uint32_t& made) {
    constexpr std::size_t most_digits = std::numeric_limits<std::uint32_t>::digits10 + 1;
    auto const* const first = place_;
    std::uint64_t value = 0;
    for (; place_ != last_; ++place_) {
        auto const digit = static_cast<unsigned>(*place_ - '0');
        if (digit > 9)
            break;
        value = value * 10 + digit;
    }
    auto const digits = static_cast<std::size_t>(place_ - first);
    made = static_cast<std::uint32_t>(value);
    return digits != 0 && digits <= most_digits && value == made && (digits == 1 || *first != '0');
}

bool plain_reader::take_sid(sid& made) {
    place_ += std::string_view("S-1-").size();
    std::uint32_t authority = 0;
    if (!take_number(authority))
        return false;
    for (std::size_t index = 0; index < 4; ++index)
        made.identifier_authority[index + 2] = static_cast<std::uint8_t>(authority >> (8 * (3 - index)));
    std::size_t count = 0;
    for (; take('-'); ++count)
        if (count == sid::max_sub_authorities || !take_number(made.sub_authorities[count]))
            return false;
    made.sub_authority_count = static_cast<std::uint8_t>(count);
    return count != 0;
}

bool plain_reader::take_trustee(sid& made) {
    if (has(4) && place_[0] == 'S' && place_[1] == '-' && place_[2] == '1' && place_[3] == '-')
        return take_sid(made);
    if (!has(2))
        return false;
    auto const* const row = find_alias({place_, 2});
    if (!row)
        return false;
    place_ += 2;
    if (row->scope == sid_scope::universal) {
        made = row->value;
        return true;
    }
    auto const value = resolve(*row, sids_);
    if (value)
        made = *value;
    return value.has_value();
}

bool plain_reader::take_condition(ace& made) {
    auto const* const end = end_of_balanced(place_, last_);
    if (end == place_)
        return false;
    auto const read = parse_condition({place_, static_cast<std::size_t>(end - place_)}, sids_);
    if (!read)
        return false;
    made.data = encode_condition(*read);
    place_ = end;
    return true;
}

bool plain_reader::take_ace(ace& made, ace_home home) {
    if (!take('(') || !take_type(made) || find_ace_type(made.type)->home != home || !take_flags(made) ||
        !take_rights(made))
        return false;
    if (is_object_type(made.type)) {
        if (!take_guid(made.object_type) || !take_guid(made.inherited_object_type))
            return false;
    } else if (!take(';') || !take(';')) {
        return false;
    }
    if (!take_trustee(made.trustee))
        return false;
    if (is_callback(made.type) && (!take(';') || !take_condition(made)))
        return false;
    return take(')');
}

} // namespace

std::size_t take_plain_trustee(sid& made, std::string_view text, domain_sids const& sids) {
    plain_reader reader(text, sids);
    return reader.take_trustee(made) ? static_cast<std::size_t>(reader.place() - text.data()) : 0;
}

std::size_t take_plain_ace(ace& made, std::string_view text, ace_home home, domain_sids const& sids) {
    plain_reader reader(text, sids);
    return reader.take_ace(made, home) ? static_cast<std::size_t>(reader.place() - text.data()) : 0;
}

} // namespace dsplan::sddl::grammar
