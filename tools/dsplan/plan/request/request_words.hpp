#pragma once
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

namespace dsplan::plan {

/// What a request asks for, in words: its title, who asked for it, and each of its tables as a phrase.
[[nodiscard]] plan_words words_of(change_request const& request);

} // namespace dsplan::plan
