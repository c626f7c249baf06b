#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <cstddef>
#include <string>

namespace dsplan::render {

struct text_options {
    bool color = false;    ///< colour doubles the signs, it never replaces them
    bool all = false;      ///< unchanged ACEs too, and all evidence
    std::size_t width = 0; ///< columns; raw text at the end of a line is shortened to fit, 0 never shortens
    directory::schema const* known = &directory::schema::built_in(); ///< that names what ACEs are about
};

/// The plan as a person reads it: findings, changes, effect, and one line that sums up.
[[nodiscard]] std::string plan_text(plan::plan const& drawn, text_options const& options);

/// "2 objects to change; 1 ACE and 1 member to add; 1 ACE to narrow."
[[nodiscard]] std::string summary_sentence(plan::plan const& drawn);

} // namespace dsplan::render
