#include <tools/dsplan/render/paired_lists.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::render {
namespace {

using words::ace_reading;
using words::mark;

using placed_readings = std::vector<std::pair<std::size_t, ace_reading const*>>; // by place

words::explained_ace const* words_before(ace_reading const& ace) {
    return ace.old != nullptr ? ace.old.get() : &ace.words;
}

// Those that differ, as each list has them.
placed_readings differing(words::list_reading const& list, bool is_before) {
    placed_readings made;
    for (auto const& ace : list.aces) {
        bool const is_in = is_before ? ace.what == mark::removed || ace.was : ace.what != mark::removed;
        if (is_in)
            made.emplace_back(is_before && ace.was ? *ace.was : ace.position, &ace);
    }
    std::sort(made.begin(), made.end());
    return made;
}

class list_pairing {
public:
    explicit list_pairing(words::list_reading const& list)
        : before_(differing(list, true))
        , after_(differing(list, false)) {}

    // What stands above an ACE that both lists have.
    void take_until(std::size_t before, std::size_t after) {
        while (left_ < before_.size() && before_[left_].first < before) {
            auto const& [place, ace] = before_[left_++];
            if (ace->what == mark::changed && take_changed(*ace, place, after))
                continue;
            made_.push_back({ace->what, {place, words_before(*ace)}, {}});
        }
        while (right_ < after_.size() && after_[right_].first < after)
            take_right();
    }

    void take_kept(ace_reading const& ace) {
        made_.push_back({mark::none, {*ace.was, &ace.words}, {ace.position, &ace.words}});
    }

    [[nodiscard]] std::vector<paired_aces> made() && { return std::move(made_); }

private:
    void take_right() {
        auto const& [place, ace] = after_[right_++];
        made_.push_back({ace->what, {}, {place, &ace->words}});
    }

    // Beside its new form, if that stands in the same stretch.
    bool take_changed(ace_reading const& ace, std::size_t place, std::size_t end) {
        auto at = right_;
        while (at < after_.size() && after_[at].first < end && after_[at].second != &ace)
            ++at;
        if (at == after_.size() || after_[at].first >= end)
            return false;
        while (right_ < at)
            take_right();
        ++right_;
        made_.push_back({mark::changed, {place, words_before(ace)}, {after_[at].first, &ace.words}});
        return true;
    }

    placed_readings before_;
    placed_readings after_;
    std::size_t left_ = 0;
    std::size_t right_ = 0;
    std::vector<paired_aces> made_;
};

} // namespace

std::vector<paired_aces> pair_lists(words::list_reading const& list) {
    constexpr auto end = static_cast<std::size_t>(-1);
    list_pairing pairing(list);
    for (auto const& ace : list.kept) {
        pairing.take_until(*ace.was, ace.position);
        pairing.take_kept(ace);
    }
    pairing.take_until(end, end);
    return std::move(pairing).made();
}

} // namespace dsplan::render
