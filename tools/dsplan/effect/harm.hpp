#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <string>
#include <string_view>
#include <vector>

/// How much harm gains and losses do, and what a person reads first of them.
namespace dsplan::effect {

/// Whether a right, in the words of an effect, gives away objects of the class.
[[nodiscard]] bool takes_over(std::string_view right, std::string_view object_class,
                              directory::schema const& known);

/// Orders rows: gains that take over privileged objects first, losses last; of equal ones neither is worse.
[[nodiscard]] bool is_worse(right_change const& left, right_change const& right);

/// Rows of one account that say the same of several classes, or that together are full control.
struct folded_right {
    right_change row; ///< the worst of them, with the right, the objects and the names of all
    std::vector<std::pair<std::string, std::size_t>> classes; ///< with their objects, the most first
};

/// Rows of the same accounts, folded; the worst first.
[[nodiscard]] std::vector<folded_right> fold_rows(std::vector<right_change> rows);

/// Accounts with the same gains and losses, folded.
struct folded_change {
    std::vector<std::string> accounts;
    std::vector<folded_right> rights;
};

/// The worst first, of accounts and of rights.
[[nodiscard]] std::vector<folded_change> folded(effect const& shown);

/// The same order with each row as it is.
[[nodiscard]] std::vector<account_change> worst_first(effect const& shown);

} // namespace dsplan::effect
