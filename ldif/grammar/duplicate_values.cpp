// The part of record_parser that finds an attribute's value twice in one record.
#include <ldif/attribute_description.hpp>
#include <ldif/grammar/record_parser.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

namespace dsplan::ldif {
namespace {

bool have_same_name(attribute_line const& left, attribute_line const& right) {
    return left.description.size() == right.description.size() &&
           (left.description == right.description || same_description(left.description, right.description));
}

} // namespace

// Values of one attribute mostly stand together; where they do not, the lines are sorted first.
result<void> record_parser::check_all_duplicates() {
    if (options_.rules[policy::duplicate_values] == policy_action::accept)
        return {};
    bool const is_known = has_shape_ && lines_.size() == shape_.size();
    bool const is_together = is_known ? shape_is_together_ : stand_together();
    if (!is_known)
        keep_shape(is_together);
    if (!is_together)
        std::stable_sort(lines_.begin(), lines_.end(), [](auto const& left, auto const& right) {
            return std::lexicographical_compare(left.description.begin(), left.description.end(),
                                                right.description.begin(), right.description.end(),
                                                [](char a, char b) { return to_lower(a) < to_lower(b); });
        });
    for (std::size_t begin = 0, end = 1; end <= lines_.size(); ++end) {
        if (end < lines_.size() && have_same_name(lines_[end], lines_[begin]))
            continue;
        if (end - begin > 1)
            if (auto taken = check_duplicates(begin, end); !taken)
                return taken;
        begin = end;
    }
    return {};
}

void record_parser::keep_shape(bool is_together) {
    shape_is_together_ = is_together;
    shape_.resize(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        auto const name = lines_[i].description;
        bool const is_plain = name.find_first_of("_=*") == std::string_view::npos;
        shape_[i] = is_plain ? name : std::string_view();
    }
}

// False where lines of an attribute lie apart. A hash of a few letters tells most descriptions from each
// other.
bool record_parser::stand_together() {
    std::array<std::uint64_t, 16> seen{};
    descriptions_.clear();
    for (auto const& it : lines_) {
        auto const name = it.description;
        if (!descriptions_.empty() && name == descriptions_.back())
            continue;
        descriptions_.push_back(name);
        auto const letter = [name](std::size_t i) {
            return static_cast<std::size_t>(static_cast<unsigned char>(name[i]) | 0x20U);
        };
        std::size_t const hash = name.size() * 37 + letter(0) * 101 + letter(name.size() / 2) * 11 +
                                 letter(name.size() / 3) * 53 + letter(name.size() - 1);
        auto& bits = seen[hash / 64 % seen.size()];
        std::uint64_t const bit = std::uint64_t{1} << hash % 64;
        if ((bits & bit) != 0 && is_repeated(name))
            return false;
        bits |= bit;
    }
    return true;
}

// Whether descriptions_ held the last one before, or are too many to look.
bool record_parser::is_repeated(std::string_view last) const {
    constexpr std::size_t many = 64;
    return descriptions_.size() > many ||
           std::any_of(descriptions_.begin(), descriptions_.end() - 1, [last](auto name) {
               return name.size() == last.size() && same_description(name, last);
           });
}

// Among the lines [begin, end), which hold the values of one attribute.
result<void> record_parser::check_duplicates(std::size_t begin, std::size_t end) {
    constexpr std::size_t few = 8;
    if (end - begin < 2 || options_.rules[policy::duplicate_values] == policy_action::accept)
        return {};
    if (end - begin <= few) {
        for (std::size_t i = begin + 1; i < end; ++i)
            for (std::size_t before = begin; before < i; ++before)
                if (lines_[i].value == lines_[before].value)
                    if (auto taken = judge_duplicate(before, i); !taken)
                        return taken;
        return {};
    }
    hashes_.clear();
    for (std::size_t i = begin; i < end; ++i)
        hashes_.emplace_back(std::hash<std::string_view>{}(lines_[i].value), i);
    std::sort(hashes_.begin(), hashes_.end());
    for (std::size_t i = 1; i < hashes_.size(); ++i)
        if (hashes_[i].first == hashes_[i - 1].first &&
            lines_[hashes_[i].second].value == lines_[hashes_[i - 1].second].value)
            if (auto taken = judge_duplicate(hashes_[i - 1].second, hashes_[i].second); !taken)
                return taken;
    return {};
}

result<void> record_parser::judge_duplicate(std::size_t before, std::size_t again) {
    auto const& line = lines_[again];
    return judge_line(
        policy::duplicate_values, line, 0, line.line.text.size(),
        fmt::format("every value of {} once", line.description),
        fmt::format("the value of line {} again", block_->first_line + lines_[before].line.first));
}

} // namespace dsplan::ldif
