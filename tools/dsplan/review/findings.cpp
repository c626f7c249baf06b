#include <tools/dsplan/review/findings.hpp>

namespace dsplan::review {

void finding_list::add(rule_name name, std::string text, std::vector<evidence> seen) const {
    auto const& broken = name.get();
    if (!is_wanted(broken))
        return;
    auto const at = places != nullptr && seen.size() == 1 && !seen[0].attribute.empty()
                        ? places->find(seen[0].attribute, seen[0].value)
                        : std::nullopt;
    found.push_back({&broken, record, file, at.value_or(line), std::move(text), std::move(seen), {}});
}

} // namespace dsplan::review
