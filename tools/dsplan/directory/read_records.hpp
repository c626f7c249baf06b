#pragma once
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>

namespace dsplan {

/// How LDIF files are read, and what becomes of a record that cannot be.
struct reading_options {
    ldif::reader_options input{};
    bool skips_unreadable = false;                 ///< such a record is told and left out
    std::function<void(failure const&)> skipped{}; ///< told of it; may be empty
    std::string way_out{};                         ///< a line below the error that ends the reading without
    std::function<void(std::uint64_t octets)>
        progress{}; ///< told now and then how much is read; may be empty
};

/// For readers of the same files that are told nothing.
[[nodiscard]] inline ldif::reader_options silent(reading_options const& options) {
    auto input = options.input;
    input.on_finding = {};
    if (options.skips_unreadable)
        input.on_unreadable = [](ldif::parse_error const&) {
        };
    return input;
}

/// Calls `use` with each record of an LDIF file, in order, until the end or the first error; `use` returns
/// `result<void>`. The record is valid during the call only.
template <class Use>
[[nodiscard]] result<void> for_each_record(std::filesystem::path const& file, reading_options const& options,
                                           Use&& use) {
    auto input = options.input;
    if (options.skips_unreadable)
        input.on_unreadable = [&options](ldif::parse_error const& why) {
            if (options.skipped)
                options.skipped(to_failure(why));
        };
    auto opened = ldif::reader::open(file, std::move(input));
    if (!opened)
        return tl::unexpected(to_failure(opened.error()));
    for (std::uint64_t records = 1;; ++records) {
        auto const next = opened->next();
        if (records % 1024 == 0 && options.progress)
            options.progress(opened->position());
        if (!next) {
            auto why = to_failure(next.error());
            if (next.error().can_continue && !next.error().is_incomplete)
                why.detail += options.way_out;
            return tl::unexpected(std::move(why));
        }
        if (*next == nullptr)
            return {};
        if (result<void> used = use(**next); !used)
            return used;
    }
}

template <class Use>
[[nodiscard]] result<void> for_each_record(std::filesystem::path const& file, Use&& use) {
    return for_each_record(file, reading_options{}, std::forward<Use>(use));
}

} // namespace dsplan
