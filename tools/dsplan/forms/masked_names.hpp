#pragma once
#include <sddl/sid.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace dsplan {

/// Words, names and SIDs with others in their place: the same for the same key,
/// and nothing of them is left. What every domain has ("Domain Admins",
/// CN=Schema) stays.
class masked_names {
public:
    explicit masked_names(std::string key) : key_(std::move(key)) {}

    /// Text with each word replaced; what stands between words stays. Texts that
    /// differ in case, width or accents only, which are one name to Active
    /// Directory, become one.
    [[nodiscard]] std::string text(std::string_view original) const;

    /// A distinguished name, part by part; text where it is none.
    [[nodiscard]] std::string name(std::string_view dn) const;

    /// A SID of a domain: its relative identifier stays.
    [[nodiscard]] sddl::sid account(sddl::sid const& original) const;

    /// As many octets, without anything of the original.
    [[nodiscard]] std::string octets(std::string_view original) const;
    [[nodiscard]] std::string octets(std::string_view original, std::size_t size) const;

private:
    [[nodiscard]] std::string word(std::string_view original) const;

    std::string key_;
    mutable std::unordered_map<std::string, std::string> words_; // by their folded form
};

} // namespace dsplan
