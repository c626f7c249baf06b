#include <ldif/attribute_description.hpp>
#include <ldif/decimal.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>
#include <ldif/search_filter.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace dsplan::ldif {
namespace {

using kind = search_filter::kind;

constexpr std::size_t deepest = 500; // of parentheses in parentheses

// ---- reading

class filter_parser {
public:
    explicit filter_parser(std::string_view text) : text_(text) {}

    result<search_filter> run() {
        skip_blanks();
        auto read = peek() == '(' ? filter(0) : item(text_.size());
        skip_blanks();
        if (read && at_ != text_.size())
            return fail("the end of the filter");
        return read;
    }

private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++at_;
    }

    [[nodiscard]] tl::unexpected<parse_error> fail(std::string expected, std::string hint = {}) const {
        parse_error error;
        error.column = at_ + 1;
        auto shown = show_line(text_, at_, 1);
        error.source = std::move(shown.text);
        error.caret = shown.caret;
        error.length = shown.width;
        error.expected = std::move(expected);
        error.found =
            at_ < text_.size() ? quoted_character(text_, at_) : std::string("the end of the filter");
        error.hint = std::move(hint);
        return tl::unexpected(std::move(error));
    }

    // filter = "(" filtercomp ")"
    result<search_filter> filter(std::size_t depth) {
        if (depth > deepest)
            return fail(fmt::format("at most {} filters in one another", deepest));
        if (peek() != '(')
            return fail("'('");
        ++at_;
        skip_blanks();
        auto read = is_list() ? list(depth) : item(end_of_item());
        if (!read)
            return read;
        skip_blanks();
        if (peek() != ')')
            return fail("')'");
        ++at_;
        return read;
    }

    [[nodiscard]] bool is_list() const { return peek() == '&' || peek() == '|' || peek() == '!'; }

    // and = "&" *filter, or = "|" *filter, not = "!" filter
    result<search_filter> list(std::size_t depth) {
        char const sign = text_[at_++];
        search_filter made{.what = sign == '&'   ? kind::conjunction
                                   : sign == '|' ? kind::disjunction
                                                 : kind::negation};
        for (skip_blanks(); peek() == '('; skip_blanks()) {
            auto part = filter(depth + 1);
            if (!part)
                return part;
            made.parts.push_back(std::move(*part));
        }
        if (sign == '!' && made.parts.size() != 1)
            return fail("one filter after '!'");
        return made;
    }

    // A parenthesis in a value is escaped. RFC 4515 section 3
    [[nodiscard]] std::size_t end_of_item() const {
        return std::min(text_.find_first_of("()", at_), text_.size());
    }

    result<search_filter> item(std::size_t end) {
        auto const equal = text_.find('=', at_);
        if (equal == std::string_view::npos || equal >= end) {
            at_ = end;
            return fail("'=' after the attribute", "a filter looks like (sAMAccountName=ruth)");
        }
        search_filter made;
        if (auto named = name(made, equal); !named)
            return tl::unexpected(std::move(named.error()));
        at_ = equal + 1;
        if (auto read = value(made, text_.substr(at_, end - at_)); !read)
            return tl::unexpected(std::move(read.error()));
        at_ = end;
        return made;
    }

    // attr filtertype, or attr [":dn"] [":" matchingrule] ":"
    result<void> name(search_filter& made, std::size_t equal) {
        auto text = text_.substr(at_, equal - at_);
        made.what = kind::equal;
        if (text.ends_with('~'))
            text.remove_suffix(1);
        else if (text.ends_with('>') || text.ends_with('<')) {
            made.what = text.ends_with('>') ? kind::at_least : kind::at_most;
            text.remove_suffix(1);
        } else if (text.ends_with(':')) {
            text.remove_suffix(1);
            if (auto ruled = rule(made, text); !ruled)
                return ruled;
            text = text.substr(0, text.find(':'));
        }
        while (text.ends_with(' '))
            text.remove_suffix(1);
        auto const wrong = std::find_if(text.begin(), text.end(), [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '.' || c == ';' || c == '_' || c == '=' || c == '*');
        });
        if (text.empty() || wrong != text.end()) {
            at_ += static_cast<std::size_t>(wrong - text.begin());
            return fail("the name of an attribute");
        }
        if (equals_keyword(text, "anr"))
            return refuse_name_resolution();
        made.attribute = text;
        return {};
    }

    // Which attributes it stands for is written in the searchFlags of the forest's schema.
    // MS-ADTS 3.1.1.3.1.3.4
    [[nodiscard]] tl::unexpected<parse_error> refuse_name_resolution() const {
        auto refused =
            fail("an attribute", "what it stands for, the forest's schema decides: name the attributes, "
                                 "(|(displayName=x*)(givenName=x*)(sn=x*)(name=x*)(sAMAccountName=x*))");
        refused.value().found = "'anr'";
        return refused;
    }

    result<void> rule(search_filter& made, std::string_view text) {
        auto const colon = text.find(':');
        if (colon == std::string_view::npos)
            return {}; // "attr:=value" is an equality
        auto const named = text.substr(colon + 1);
        if (named == "1.2.840.113556.1.4.803")
            made.what = kind::bit_and;
        else if (named == "1.2.840.113556.1.4.804")
            made.what = kind::bit_or;
        else if (named == "1.2.840.113556.1.4.1941")
            made.what = kind::in_chain;
        else {
            at_ += colon + 1;
            return fail("a matching rule of Active Directory",
                        "1.2.840.113556.1.4.803 (all bits), .804 (one bit) or .1941 (in chain)");
        }
        return {};
    }

    result<void> value(search_filter& made, std::string_view text) {
        if (made.what == kind::equal && text == "*") {
            made.what = kind::present;
            return {};
        }
        if (made.what == kind::equal && text.find('*') != std::string_view::npos)
            made.what = kind::substrings;
        std::string part;
        for (; !text.empty(); text.remove_prefix(1), ++at_) {
            if (text.front() == '*') {
                if (made.what != kind::substrings)
                    return fail("a value", "write '*' as \\2a");
                made.values.push_back(std::exchange(part, {}));
            } else if (text.front() == '\\') {
                auto const octet = escaped(text.substr(1, 2));
                if (!octet)
                    return fail("two hexadecimal digits after '\\'", "write '\\' as \\5c");
                part += *octet;
                text.remove_prefix(2);
                at_ += 2;
            } else {
                part += text.front();
            }
        }
        made.values.push_back(std::move(part));
        bool const is_of_bits = made.what == kind::bit_and || made.what == kind::bit_or;
        if (is_of_bits && !read_decimal<std::int64_t>(made.values.front()))
            return fail("a number");
        return {};
    }

    static std::optional<char> escaped(std::string_view digits) {
        unsigned octet = 0;
        auto const [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), octet, 16);
        bool const is_whole = digits.size() == 2 && status == std::errc{} && end == digits.data() + 2;
        return is_whole ? std::optional(static_cast<char>(octet)) : std::nullopt;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

// ---- matching

std::string folded(std::string_view text) {
    std::string made;
    if (utf8::is_valid(text.begin(), text.end()))
        append_folded(made, text);
    else
        made = text;
    return made;
}

bool has_substrings(std::vector<std::string> const& wanted, std::string_view value) {
    auto const text = folded(value);
    std::string_view rest = text;
    auto const first = folded(wanted.front());
    auto const last = folded(wanted.back());
    if (!rest.starts_with(first))
        return false;
    rest.remove_prefix(first.size());
    for (std::size_t i = 1; i + 1 < wanted.size(); ++i) {
        auto const part = folded(wanted[i]);
        auto const found = rest.find(part);
        if (found == std::string_view::npos)
            return false;
        rest.remove_prefix(found + part.size());
    }
    return rest.size() >= last.size() && rest.ends_with(last);
}

// Less than, equal to or greater than zero: numbers by their value, all else as text.
int compare(std::string_view left, std::string_view right) {
    auto const a = read_decimal<std::int64_t>(left);
    auto const b = read_decimal<std::int64_t>(right);
    if (a && b)
        return *a < *b ? -1 : *a > *b ? 1 : 0;
    return folded(left).compare(folded(right));
}

// "(objectCategory=person)" names the class of "CN=Person,CN=Schema,…". MS-ADTS 3.1.1.3.1.3.5
bool is_category(std::string_view wanted, std::string_view value) {
    auto const plain = [](std::string_view text) {
        auto made = folded(text);
        std::erase(made, '-');
        return made;
    };
    auto category = plain(wanted);
    if (category == plain("user") || category == plain("inetOrgPerson"))
        category = plain("person");
    auto const rdn = first_rdn_text(value);
    return wanted.find('=') == std::string_view::npos &&
           plain(rdn.substr(std::min(rdn.find('=') + 1, rdn.size()))) == category;
}

bool has_bits(kind what, std::string_view wanted, std::string_view value) {
    auto const mask = read_decimal<std::int64_t>(wanted);
    auto const bits = read_decimal<std::int64_t>(value);
    if (!mask || !bits)
        return false;
    auto const both = static_cast<std::uint64_t>(*mask) & static_cast<std::uint64_t>(*bits);
    return what == kind::bit_and ? both == static_cast<std::uint64_t>(*mask) : both != 0;
}

bool is_category_item(search_filter const& item) {
    return item.what == kind::equal && equals_keyword(item.attribute, "objectcategory");
}

bool holds_for(search_filter const& item, std::string_view value, value_keys const& keys) {
    auto const& wanted = item.values;
    switch (item.what) {
    case kind::present:
        return true;
    case kind::equal:
        return keys(item.attribute, wanted.front()) == keys(item.attribute, value) ||
               (is_category_item(item) && is_category(wanted.front(), value));
    case kind::substrings:
        return has_substrings(wanted, value);
    case kind::at_least:
        return compare(value, wanted.front()) >= 0;
    case kind::at_most:
        return compare(value, wanted.front()) <= 0;
    default:
        return has_bits(item.what, wanted.front(), value);
    }
}

std::string key_of_name(std::string_view dn) {
    return normalize(dn).value_or(std::string(dn));
}

// "CN=Ruth,…" says that cn and name are Ruth, whatever was exported of the object.
bool holds_for_name(search_filter const& item, std::string_view dn, value_keys const& keys) {
    if (equals_keyword(item.attribute, "distinguishedname"))
        return holds_for(item, dn, keys);
    auto const first = parse_distinguished_name(first_rdn_text(dn));
    return first && !first->rdns.empty() &&
           std::any_of(first->rdns[0].begin(), first->rdns[0].end(), [&](auto const& part) {
               return (same_description(part.type, item.attribute) ||
                       equals_keyword(item.attribute, "name")) &&
                      holds_for(item, part.value, keys);
           });
}

truth item_matches(search_filter const& item, record_view const& entry, attribute_facts const& facts,
                   link_chains const& chains) {
    if (is_undefined(item, facts.kind_of(item.attribute)))
        return truth::undefined;
    if (item.what == kind::in_chain)
        return chains.holds(item, key_of_name(entry.dn)) ? truth::yes
               : chains.cut_off() == 0                   ? truth::no
                                                         : truth::undefined;
    // Every object has a class, whatever was exported of it.
    bool const is_of_all = item.what == kind::present && equals_keyword(item.attribute, "objectclass");
    bool const is_found = is_of_all || holds_for_name(item, entry.dn, facts.keys) ||
                          std::any_of(entry.attributes.begin(), entry.attributes.end(), [&](auto const& it) {
                              return same_description(attribute_name(it.description), item.attribute) &&
                                     holds_for(item, it.value, facts.keys);
                          });
    if (is_found)
        return truth::yes;
    return has_open_range(entry, item.attribute) ? truth::undefined : truth::no;
}

} // namespace

result<search_filter> parse_search_filter(std::string_view text) {
    return filter_parser(text).run();
}

bool is_undefined(search_filter const& item, attribute_kind known) {
    bool const has_number = !item.values.empty() && read_decimal<std::int64_t>(item.values.front());
    switch (known) {
    case attribute_kind::unknown:
        return true;
    case attribute_kind::name:
        return item.what == kind::equal
                   ? !is_category_item(item) && !normalize_name_value(item.values.front())
                   : item.what != kind::present && item.what != kind::in_chain;
    case attribute_kind::number:
        return item.what != kind::present && (item.what == kind::substrings || !has_number);
    default:
        return item.what == kind::bit_and || item.what == kind::bit_or || item.what == kind::in_chain;
    }
}

bool has_open_range(record_view const& entry, std::string_view attribute) {
    bool is_open = false;
    for (auto const& it : entry.attributes)
        if (auto const range = range_of(it.description);
            range && same_description(attribute_name(it.description), attribute)) {
            if (!range->last)
                return false;
            is_open = true;
        }
    return is_open;
}

// No is less than undefined, and undefined less than yes.
truth matches(search_filter const& filter, record_view const& entry, attribute_facts const& facts,
              link_chains const& chains) {
    auto result = filter.what == kind::disjunction ? truth::no : truth::yes;
    switch (filter.what) {
    case kind::conjunction:
        for (auto const& part : filter.parts)
            result = std::min(result, matches(part, entry, facts, chains));
        return result;
    case kind::disjunction:
        for (auto const& part : filter.parts)
            result = std::max(result, matches(part, entry, facts, chains));
        return result;
    case kind::negation:
        result = matches(filter.parts.front(), entry, facts, chains);
        return result == truth::undefined ? result : result == truth::yes ? truth::no : truth::yes;
    default:
        return item_matches(filter, entry, facts, chains);
    }
}

void link_chains::add(search_filter const& filter) {
    if (filter.what == kind::in_chain)
        chains_.push_back({&filter, {}, {}});
    for (auto const& part : filter.parts)
        add(part);
}

// "memberOf" is what "member" of others says, too: an export may hold only one of them.
void link_chains::see(record_view const& record) {
    auto const self = key_of_name(record.dn);
    bool const is_cut_off = std::any_of(chains_.begin(), chains_.end(), [&record](auto const& chain) {
        bool const is_membership = equals_keyword(chain.item->attribute, "memberof");
        return has_open_range(record, chain.item->attribute) ||
               (is_membership && has_open_range(record, "member"));
    });
    cut_off_ += is_cut_off ? 1U : 0U;
    for (auto& chain : chains_)
        for (auto const& it : record.attributes) {
            auto const name = attribute_name(it.description);
            auto const& wanted = chain.item->attribute;
            if (same_description(name, wanted))
                chain.backwards[key_of_name(it.value)].push_back(self);
            else if ((equals_keyword(name, "member") && equals_keyword(wanted, "memberof")) ||
                     (equals_keyword(name, "memberof") && equals_keyword(wanted, "member")))
                chain.backwards[self].push_back(key_of_name(it.value));
        }
}

void link_chains::follow() {
    for (auto& chain : chains_) {
        std::vector<std::string> waiting{key_of_name(chain.item->values.front())};
        while (!waiting.empty()) {
            auto const at = std::move(waiting.back());
            waiting.pop_back();
            auto const held = chain.backwards.find(at);
            if (held == chain.backwards.end())
                continue;
            for (auto const& object : held->second)
                if (chain.found.insert(object).second)
                    waiting.push_back(object);
        }
    }
}

bool link_chains::holds(search_filter const& item, std::string const& key) const {
    return std::any_of(chains_.begin(), chains_.end(),
                       [&](followed_links const& it) { return it.item == &item && it.found.contains(key); });
}

} // namespace dsplan::ldif
