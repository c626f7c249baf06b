#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace dsplan::plan {

/// Collects what is wrong with the tables of a request, each error with the place of its table.
struct table_errors {
    change_request const& request;
    std::size_t table = 0; ///< the one that is being read
    std::vector<failure> found{};

    void fail(failure why) {
        why.what = place_text(request.tables[table].place) + ": " + why.what;
        found.push_back(std::move(why));
    }

    /// The value, or its error noted.
    template <class Value>
    std::optional<Value> take(result<Value> made) {
        if (made)
            return *std::move(made);
        fail(std::move(made).error());
        return std::nullopt;
    }
};

} // namespace dsplan::plan
