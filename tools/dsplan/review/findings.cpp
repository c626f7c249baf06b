#include <tools/dsplan/review/findings.hpp>

#include <stdexcept>

namespace dsplan::review {

void finding_list::add(std::string_view name, std::string text, std::vector<evidence> seen) const {
    auto const* const broken = find_rule(name);
    if (broken == nullptr)
        throw std::logic_error("no rule " + std::string(name));
    if (!is_wanted(*broken))
        return;
    found.push_back({broken, record, file, line, std::move(text), std::move(seen)});
}

} // namespace dsplan::review
