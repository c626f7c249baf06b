#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string_view>

namespace dsplan::ldif {

/// A set of keys in 4 MB, however many they are, that may take a key for one of them that is none: one in
/// thousands while they are a million, one in five when they are ten million (a Bloom filter). Made the same
/// by the same keys.
class key_filter {
public:
    void insert(std::string_view key) {
        if (!words_)
            words_.reset(static_cast<std::uint64_t*>(std::calloc(word_count, sizeof(std::uint64_t))));
        if (!words_)
            throw std::bad_alloc();
        (void)all_of_bits(key, [this](std::size_t word, std::uint64_t bit) {
            words_[word] |= bit;
            return true;
        });
    }

    /// False where it is certainly none of them.
    [[nodiscard]] bool may_contain(std::string_view key) const {
        return words_ && all_of_bits(key, [this](std::size_t word, std::uint64_t bit) {
                   return (words_[word] & bit) != 0;
               });
    }

    [[nodiscard]] bool is_empty() const { return !words_; }

private:
    static constexpr std::size_t word_count = std::size_t{1} << 19;
    static constexpr int bits_of_key = 4;

    // Spreads every bit over all others.
    static std::uint64_t mixed(std::uint64_t value) {
        value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD;
        value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53;
        return value ^ value >> 33;
    }

    template <class Predicate>
    static bool all_of_bits(std::string_view key, Predicate is) {
        std::uint64_t hash = 0xCBF29CE484222325; // FNV-1a
        for (char const c : key)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
        hash = mixed(hash);
        auto const step = mixed(hash) | 1;
        for (int i = 0; i < bits_of_key; ++i, hash += step)
            if (!is(hash >> 6 & (word_count - 1), std::uint64_t{1} << (hash & 63)))
                return false;
        return true;
    }

    struct release {
        void operator()(void* memory) const { std::free(memory); }
    };
    std::unique_ptr<std::uint64_t[], release>
        words_; // none before the first key; pages come as they are used
};

} // namespace dsplan::ldif
