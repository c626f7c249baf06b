#pragma once
#include <ldif/parse_error.hpp>
#include <tools/dsplan/ground/failure.hpp>

namespace dsplan {

/// The message in one line, the place and the caret below it.
[[nodiscard]] inline failure to_failure(ldif::parse_error const& error) {
    return {ldif::message(error), ldif::render_caret(error)};
}

} // namespace dsplan
