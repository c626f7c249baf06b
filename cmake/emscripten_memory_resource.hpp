// <memory_resource> as far as the program uses it: the standard library of Debian's emscripten has none.
#pragma once
#include <cstddef>
#include <list>
#include <memory>

namespace std::pmr {

/// Memory that is given back all at once.
class monotonic_buffer_resource {
public:
    explicit monotonic_buffer_resource(size_t first) : size_(first) {}
    monotonic_buffer_resource(monotonic_buffer_resource const&) = delete;
    monotonic_buffer_resource& operator=(monotonic_buffer_resource const&) = delete;
    ~monotonic_buffer_resource() = default;

    [[nodiscard]] void* allocate(size_t size, size_t alignment = alignof(max_align_t)) {
        if (align(alignment, size, next_, left_) == nullptr) {
            size_ = size_ < size + alignment ? size + alignment : size_ * 2;
            next_ = pieces_.emplace_back(make_unique<byte[]>(size_)).get();
            left_ = size_;
            align(alignment, size, next_, left_);
        }
        void* const found = next_;
        next_ = static_cast<byte*>(next_) + size;
        left_ -= size;
        return found;
    }

private:
    list<unique_ptr<byte[]>> pieces_;
    void* next_ = nullptr;
    size_t left_ = 0;
    size_t size_;
};

} // namespace std::pmr
