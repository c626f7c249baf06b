#pragma once
#include <ldif/parse_error.hpp>

#include <tl/expected.hpp>

#include <exception>
#include <type_traits>

namespace dsplan::ldif {

/// Thrown by what keeps objects on disk (directory_tree, change_reach) where a temporary file cannot be made,
/// written or read. The functions that return a result turn it into an error.
class storage_failure : public std::exception {
public:
    [[nodiscard]] char const* what() const noexcept override;
};

/// The error of a temporary file that could not be made, written or read.
[[nodiscard]] parse_error storage_error();

/// What `run` returns; an `Error` of storage_error() where a temporary file failed it.
template <class Error, class Function>
[[nodiscard]] std::invoke_result_t<Function> with_storage(Function&& run) {
    try {
        return run();
    } catch (storage_failure const&) {
        return tl::unexpected(Error(storage_error()));
    }
}

} // namespace dsplan::ldif
