#pragma once
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>

#include <filesystem>

namespace dsplan {

/// Calls `use` with each record of an LDIF file, in order, until the end or the first error; `use` returns
/// `result<void>`. The record is valid during the call only.
template <class Use>
[[nodiscard]] result<void> for_each_record(std::filesystem::path const& file, Use&& use,
                                           ldif::reader_options const& how = {}) {
    auto opened = ldif::reader::open(file, how);
    if (!opened)
        return tl::unexpected(to_failure(opened.error()));
    for (;;) {
        auto const next = opened->next();
        if (!next)
            return tl::unexpected(to_failure(next.error()));
        if (*next == nullptr)
            return {};
        if (result<void> used = use(**next); !used)
            return used;
    }
}

} // namespace dsplan
