#include <tools/dsplan/effect/predict.hpp>

namespace dsplan::effect {

std::string_view reason_text(unchanged_reason why) {
    switch (why) {
    case unchanged_reason::protected_account:
        return "protected account";
    case unchanged_reason::blocked_inheritance:
        return "blocked inheritance";
    case unchanged_reason::denied:
        return "denied by another ACE";
    case unchanged_reason::had_it:
        return "another ACE says the same";
    case unchanged_reason::class_mismatch:
        return "another class";
    case unchanged_reason::one_level:
        return "deeper than one level";
    case unchanged_reason::unknown:
        break;
    }
    return "not known";
}

std::string_view time_text(right_time when) {
    switch (when) {
    case right_time::until_task:
        return ", for up to an hour: until AdminSDHolder's task runs";
    case right_time::after_task:
        return ", within the hour: once AdminSDHolder's task has run";
    case right_time::lasting:
        break;
    }
    return {};
}

} // namespace dsplan::effect
