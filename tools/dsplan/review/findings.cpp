#include <tools/dsplan/review/findings.hpp>

namespace dsplan::review {

void finding_list::add(rule_name name, std::string text, std::vector<evidence> seen) const {
    auto const& broken = name.get();
    if (is_wanted(broken))
        found.push_back({&broken, record, file, line, std::move(text), std::move(seen), {}});
}

} // namespace dsplan::review
