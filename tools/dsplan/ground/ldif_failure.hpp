#pragma once
#include <ldif/changes/storage_failure.hpp>
#include <ldif/parse_error.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <type_traits>

namespace dsplan {

/// The message in one line, the place and the caret below it.
[[nodiscard]] inline failure to_failure(ldif::parse_error const& error) {
    return {ldif::message(error), ldif::render_caret(error)};
}

/// What `run` returns; a failure where a temporary file failed it.
template <class Function>
[[nodiscard]] std::invoke_result_t<Function> with_temporary_files(Function&& run) {
    try {
        return run();
    } catch (ldif::storage_failure const&) {
        return tl::unexpected(to_failure(ldif::storage_error()));
    }
}

} // namespace dsplan
