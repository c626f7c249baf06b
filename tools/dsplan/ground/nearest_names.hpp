#pragma once
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsplan {

/// Gathers the names that are almost the one that was typed, for "did you mean".
///
///     nearest_names near("telefoneNumber");
///     for (auto const& known : names)
///         near.consider(known);
///     near.take(); // {"telephoneNumber"}
class nearest_names {
public:
    explicit nearest_names(std::string_view typed) : typed_(typed) {}

    /// Looks at one candidate: one that begins alike, differs in few letters, or holds what was typed stays.
    void consider(std::string_view known) { consider(known, known); }

    /// The same where a name is suggested in another form: "write telephoneNumber".
    void consider(std::string_view known, std::string_view suggested);

    /// Up to three, the nearest first.
    [[nodiscard]] std::vector<std::string> take() const;

private:
    std::string typed_;
    std::set<std::pair<std::size_t, std::string>> near_;
};

} // namespace dsplan
