#pragma once
#include <fmt/format.h>

#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace dsplan::render {

/// Takes a rendering piece by piece, so that a large one never lies in memory whole.
using text_sink = std::function<void(std::string_view)>;

/// What a writer of lines derives from.
class text_lines {
protected:
    /// Without a sink the text stays in `text_`. Each line comes after `indent`.
    explicit text_lines(text_sink const* sink = nullptr, std::string_view indent = {})
        : sink_(sink)
        , indent_(indent) {}

    template <class... Arguments>
    void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        constexpr std::size_t enough = std::size_t{1} << 16;
        text_ += indent_;
        fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
        text_ += '\n';
        if (sink_ != nullptr && text_.size() > enough)
            flush();
    }

    /// Gives the sink what is there.
    void flush() {
        (*sink_)(text_);
        text_.clear();
    }

    std::string text_;

private:
    text_sink const* sink_;
    std::string_view indent_;
};

} // namespace dsplan::render
