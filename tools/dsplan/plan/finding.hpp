#pragma once
#include <tools/dsplan/ground/evidence.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace dsplan::plan {

enum class severity : std::uint8_t {
    fact,    ///< checked, as it should be
    note,    ///< worth knowing, nothing to do
    unknown, ///< the export does not say; the advice names the export that does
    warning, ///< the change will not do all that is wanted, or does more
    stop,    ///< no change is planned
};

/// One thing that was checked.
struct finding {
    std::string rule; ///< stable name, "schema-version"
    severity level = severity::fact;
    std::string text; ///< one sentence in words
    std::vector<evidence> seen;
    std::string advice; ///< what to do; empty where nothing is to be done
};

} // namespace dsplan::plan
