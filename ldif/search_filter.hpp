#pragma once
#include <ldif/parse_error.hpp>
#include <ldif/record_view.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// A search filter. RFC 4515, with the matching rules of Active Directory. MS-ADTS 3.1.1.3.4.4
struct search_filter {
    enum class kind : std::uint8_t {
        conjunction,
        disjunction,
        negation,
        present,
        equal, ///< "~=" too, which Active Directory takes for "="
        substrings,
        at_least,
        at_most,
        bit_and,  ///< 1.2.840.113556.1.4.803: all bits are set
        bit_or,   ///< 1.2.840.113556.1.4.804: one bit is set
        in_chain, ///< 1.2.840.113556.1.4.1941: by links over links
    };
    kind what = kind::conjunction;
    std::vector<search_filter> parts{}; ///< of the first three
    std::string attribute{};            ///< of the others
    std::vector<std::string> values{};  ///< one, decoded; of substrings: beginning, any in the middle, end
};

/// Reads "(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))"; a filter of one item may
/// stand without parentheses. The error's column counts octets of `text` from 1.
[[nodiscard]] result<search_filter> parse_search_filter(std::string_view text);

/// A text that is equal for two values of an attribute that are the same to the directory.
using value_keys = std::function<std::string(std::string_view attribute, std::string_view value)>;

/// What the directory can compare the values of an attribute with.
enum class attribute_kind : std::uint8_t {
    unknown, ///< no schema has the attribute
    name,    ///< whole names alone
    number,
    other,
};

/// What is known of the attributes that a filter is about.
struct attribute_facts {
    value_keys keys;
    std::function<attribute_kind(std::string_view attribute)> kind_of;
};

/// What a filter says of an entry. RFC 4511 section 4.5.1.7
enum class truth : std::uint8_t {
    no,
    undefined, ///< nor is its negation true
    yes,
};

/// True where the directory cannot compare what the item asks: substrings of a name, bits of a text.
[[nodiscard]] bool is_undefined(search_filter const& item, attribute_kind kind);

/// Which objects an in_chain item of a filter holds for: found from all links of the input, before the
/// search.
class link_chains {
public:
    explicit link_chains(search_filter const& filter) { add(filter); }

    /// True where the filter has such an item: then every record must be seen before the first is matched.
    [[nodiscard]] bool are_needed() const { return !chains_.empty(); }
    void see(record_view const& record);

    /// Follows the links; no see() after it.
    void follow();

    /// Whether the object of that key holds for the item.
    [[nodiscard]] bool holds(search_filter const& item, std::string const& key) const;

    /// Objects of which a range of the links is known, so that some were not followed.
    [[nodiscard]] std::size_t cut_off() const { return cut_off_; }

private:
    struct followed_links {
        search_filter const* item;
        std::map<std::string, std::vector<std::string>> backwards; ///< value: objects that have it
        std::set<std::string> found;
    };
    void add(search_filter const& filter);

    std::vector<followed_links> chains_;
    std::size_t cut_off_ = 0;
};

/// True where the entry holds a range of the values of the attribute, without the last ones.
[[nodiscard]] bool has_open_range(record_view const& entry, std::string_view attribute);

/// What the filter says of the attributes of an entry. Where they are not known to the last value, a value
/// that is not there is undefined.
[[nodiscard]] truth matches(search_filter const& filter, record_view const& entry,
                            attribute_facts const& facts, link_chains const& chains);

} // namespace dsplan::ldif
