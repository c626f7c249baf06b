#include <ldif/changes/storage/sorted_page.hpp>
#include <ldif/changes/storage/stored_text.hpp>

#include <algorithm>

namespace dsplan::ldif {

std::string_view sorted_page::text_at(std::size_t begin) const {
    auto rest = std::string_view(octets_).substr(begin);
    return take_text(rest);
}

std::string_view sorted_page::value(std::size_t index) const {
    auto const before = key(index);
    return text_at(static_cast<std::size_t>(before.data() + before.size() - octets_.data()));
}

// With the sizes.
std::string_view sorted_page::item(std::size_t index) const {
    auto const last = value(index);
    auto const* const begin = octets_.data() + places_[index];
    return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

std::size_t sorted_page::lower_bound(std::string_view key) const {
    auto const found = std::lower_bound(places_.begin(), places_.end(), key,
                                        [this](place it, std::string_view to) { return text_at(it) < to; });
    return static_cast<std::size_t>(found - places_.begin());
}

std::size_t sorted_page::upper_bound(std::string_view key) const {
    auto const found = std::upper_bound(places_.begin(), places_.end(), key,
                                        [this](std::string_view to, place it) { return to < text_at(it); });
    return static_cast<std::size_t>(found - places_.begin());
}

void sorted_page::insert(std::size_t index, std::string_view key, std::string_view value) {
    places_.insert(places_.begin() + static_cast<std::ptrdiff_t>(index), static_cast<place>(octets_.size()));
    append_text(octets_, key);
    append_text(octets_, value);
}

void sorted_page::replace(std::size_t index, std::string_view value) {
    auto const known = this->value(index);
    if (known.size() == value.size()) {
        value.copy(octets_.data() + (known.data() - octets_.data()), value.size());
        return;
    }
    std::string const key(this->key(index));
    erase(index);
    insert(index, key, value);
}

void sorted_page::erase(std::size_t index) {
    dead_ += item(index).size();
    places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(index));
    if (dead_ > octets_.size() / 2)
        tidy();
}

sorted_page sorted_page::split(std::size_t index) {
    sorted_page upper;
    for (std::size_t i = index; i < count(); ++i)
        upper.insert(i - index, key(i), value(i));
    places_.resize(index);
    tidy();
    return upper;
}

void sorted_page::append_to(std::string& octets) const {
    for (std::size_t i = 0; i < count(); ++i)
        octets += item(i);
}

void sorted_page::load(std::string_view octets) {
    octets_ = octets;
    places_.clear();
    dead_ = 0;
    for (auto rest = std::string_view(octets_); !rest.empty(); (void)take_text(rest)) {
        places_.push_back(static_cast<place>(rest.data() - octets_.data()));
        (void)take_text(rest);
    }
}

// Leaves out what is gone.
void sorted_page::tidy() {
    std::string kept;
    append_to(kept);
    load(kept);
}

} // namespace dsplan::ldif
