#include <ldif/changes/storage/external_sorter.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace dsplan::ldif {
namespace {

constexpr std::size_t most_runs = 64; // open files at a time

} // namespace

void external_sorter::add(std::string_view key, std::string_view value) {
    ++count_;
    items_.push_back(
        {text_.size(), static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(value.size())});
    make_room(key.size() + value.size());
    text_ += key;
    text_ += value;
    if (text_.size() + items_.size() * sizeof(item) > memory_)
        spill();
}

// A string that grows by itself takes twice what it may, and the old one beside it.
void external_sorter::make_room(std::size_t size) {
    auto const needed = text_.size() + size;
    if (needed <= text_.capacity())
        return;
    std::string larger;
    larger.reserve(std::min(2 * needed, std::max(needed, memory_)));
    larger += text_;
    text_.swap(larger);
}

void external_sorter::sort_items() {
    std::sort(items_.begin(), items_.end(), [this](item const& left, item const& right) {
        int const order = key_of(left).compare(key_of(right));
        return order != 0 ? order < 0 : left.begin < right.begin;
    });
}

void external_sorter::write_item(temporary_file& target, std::string_view key, std::string_view value) {
    std::array<std::uint32_t, 2> const sizes{static_cast<std::uint32_t>(key.size()),
                                             static_cast<std::uint32_t>(value.size())};
    target.append(sizes.data(), sizeof sizes);
    target.append(key.data(), key.size());
    target.append(value.data(), value.size());
}

void external_sorter::spill() {
    if (items_.empty())
        return;
    sort_items();
    run made{std::make_unique<temporary_file>(), {}, {}, false};
    for (auto const& it : items_)
        write_item(*made.source, key_of(it), {text_.data() + it.begin + it.key_size, it.value_size});
    runs_.push_back(std::move(made));
    text_.clear();
    items_.clear();
    if (runs_.size() == most_runs)
        collapse();
}

// Writes the last run; the memory is wanted elsewhere.
void external_sorter::finish() {
    spill();
    text_ = {};
    items_ = {};
}

// Many runs become one.
void external_sorter::collapse() {
    start_merge();
    run merged{std::make_unique<temporary_file>(), {}, {}, false};
    std::string key;
    std::string value;
    while (next_merged(key, value))
        write_item(*merged.source, key, value);
    runs_.clear();
    runs_.push_back(std::move(merged));
}

void external_sorter::read_item(run& source) {
    std::array<std::uint32_t, 2> sizes{};
    source.has_item = source.source->read_next(sizes.data(), sizeof sizes);
    if (!source.has_item)
        return;
    source.key.resize(sizes[0]);
    source.value.resize(sizes[1]);
    if (!source.source->read_next(source.key.data(), sizes[0]) ||
        !source.source->read_next(source.value.data(), sizes[1]))
        throw storage_failure();
}

void external_sorter::start_merge() {
    heap_.clear();
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        runs_[i].source->rewind();
        read_item(runs_[i]);
        if (runs_[i].has_item)
            heap_.push_back(i);
    }
    std::make_heap(heap_.begin(), heap_.end(),
                   [this](std::size_t left, std::size_t right) { return is_later(left, right); });
}

// The number of the run decides between equal keys, since runs were written in turn.
bool external_sorter::is_later(std::size_t left, std::size_t right) const {
    int const order = runs_[left].key.compare(runs_[right].key);
    return order != 0 ? order > 0 : left > right;
}

bool external_sorter::next_merged(std::string& key, std::string& value) {
    auto const later = [this](std::size_t left, std::size_t right) {
        return is_later(left, right);
    };
    if (heap_.empty())
        return false;
    std::pop_heap(heap_.begin(), heap_.end(), later);
    auto& source = runs_[heap_.back()];
    key.swap(source.key);
    value.swap(source.value);
    read_item(source);
    if (source.has_item)
        std::push_heap(heap_.begin(), heap_.end(), later);
    else
        heap_.pop_back();
    return true;
}

void external_sorter::rewind() {
    if (!finished_) {
        finished_ = true;
        if (runs_.empty())
            sort_items();
        else
            finish();
    }
    position_ = 0;
    if (!runs_.empty())
        start_merge();
}

bool external_sorter::next(std::string_view& key, std::string_view& value) {
    if (runs_.empty()) {
        if (position_ == items_.size())
            return false;
        auto const& it = items_[position_++];
        key = key_of(it);
        value = {text_.data() + it.begin + it.key_size, it.value_size};
        return true;
    }
    if (!next_merged(key_, value_))
        return false;
    key = key_;
    value = value_;
    return true;
}

} // namespace dsplan::ldif
