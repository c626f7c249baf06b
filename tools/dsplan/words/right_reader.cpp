#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/words/right_names.hpp>
#include <tools/dsplan/words/right_tokens.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/type_meaning.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace dsplan::words {
namespace {

// ---- the reader

struct part {
    sddl::access_mask mask;
    std::optional<sddl::guid> type;
    directory::schema_attribute const* attribute = nullptr; // where one was named, whose set has its GUID
    std::vector<sddl::guid> but{};                          // of what is whole
    std::string but_text{};
};
using parts = std::vector<part>;

class right_reader {
public:
    explicit right_reader(directory::schema const& known) : known_(known) {}

    [[nodiscard]] result<parts> read(std::string_view text) const {
        text = trimmed(text);
        take_end(text, "(unknown here)");
        for (auto const remark : {half_of_reading, allowed_by_parent_already, allowed_by_parent_still,
                                  allowed_as_tree_already, allowed_as_tree_still})
            take_end(text, remark);
        if (auto const place = text.rfind(" but "); place != std::string_view::npos)
            return all_but(text.substr(0, place), text.substr(place + 5));
        if (auto const mask = find_phrase(text))
            return parts{{*mask, {}}};
        if (known_.find_right(text) != nullptr)
            return bare_name(text);
        if (auto const meaning = find_foreign(text); !meaning.empty())
            return read(meaning);
        if (auto read_letters = letters(text))
            return *std::move(read_letters);
        if (auto read_objects = on_objects(text))
            return *std::move(read_objects);
        auto const pieces = split_rights(text);
        return pieces.size() > 1 ? list(pieces) : single(text);
    }

private:
    // ---- letters and numbers: "RPWP;telephoneNumber", "0x30", "0x100;{GUID}"

    [[nodiscard]] std::optional<result<parts>> letters(std::string_view text) const {
        auto const end = std::min(text.find(';'), text.size());
        auto const first = trimmed(text.substr(0, end));
        auto mask = parse_mask_number(first);
        if (!mask)
            mask = parse_letters(first);
        if (!mask)
            return std::nullopt;
        auto name = trimmed(text.substr(std::min(end + 1, text.size())));
        while (name.ends_with(';'))
            name = trimmed(name.substr(0, name.size() - 1));
        if (name.empty())
            return parts{{*mask, {}}};
        if (name.find(';') != std::string_view::npos)
            return tl::unexpected(
                failure{fmt::format("expected letters and one name, found '{}'", printable(text)),
                        "  the class that inherits says where the right applies, not what it is\n"});
        return on_subject(*mask, name);
    }

    // Each family of bits picks its kind; all must come to one object type.
    [[nodiscard]] result<parts> on_subject(sddl::access_mask mask, std::string_view name) const {
        if (auto const type = class_id(name);
            type && mask == sddl::directory_full_control && meaning_of(*type, known_).object_class != nullptr)
            return parts{{mask, type}};
        std::optional<sddl::guid> type;
        for (auto const& row : right_words) {
            if (!mask.contains(row.bit) || row.verb.empty())
                continue;
            auto const found = find_type(row.bit, name, known_);
            if (!found)
                return tl::unexpected(found.error());
            if (type && *type != *found)
                return tl::unexpected(failure{
                    fmt::format("'{}' is not one thing for all of {}", printable(name), right_text(mask)),
                    "  ask for one right after the other\n"});
            type = *found;
        }
        if (!type)
            return tl::unexpected(failure{
                fmt::format("expected no name after {}, found '{}'", right_text(mask), printable(name)),
                "  the right is one on the object as a whole\n"});
        return parts{{mask, type}};
    }

    // ---- "full control of user objects"

    [[nodiscard]] std::optional<result<parts>> on_objects(std::string_view text) const {
        constexpr std::string_view between = " of ";
        if (!take_end(text, " objects"))
            return std::nullopt;
        auto const place = text.rfind(between);
        if (place == std::string_view::npos)
            return std::nullopt;
        auto const id = class_id(trimmed(text.substr(place + between.size())));
        if (!id)
            return std::nullopt;
        auto of_class = read(text.substr(0, place));
        if (!of_class)
            return of_class;
        for (auto& each : *of_class) {
            if (each.type)
                return std::nullopt; // an ACE has one object type
            each.type = id;
        }
        return of_class;
    }

    [[nodiscard]] std::optional<sddl::guid> class_id(std::string_view name) const {
        if (auto const* const found = known_.find_class(name))
            return found->id;
        auto const id = parse_type(name);
        return id ? std::optional(*id) : std::nullopt;
    }

    // ---- "write Personal Information but homePhone, mobile": a whole with holes

    static bool is_of_properties(sddl::access_mask mask) {
        return mask == sddl::right_read_property || mask == sddl::right_write_property;
    }

    // Of extended rights, validated writes, classes of children.
    static bool is_of_parts(sddl::access_mask mask) {
        return mask == sddl::right_control_access || mask == sddl::right_self_write ||
               mask == sddl::right_create_child || mask == sddl::right_delete_child;
    }

    [[nodiscard]] result<parts> all_but(std::string_view whole, std::string_view names) const {
        auto made = read(whole);
        if (!made)
            return made;
        bool const is_whole = made->size() == 1 && made->front().attribute == nullptr &&
                              (is_of_properties(made->front().mask) ||
                               (!made->front().type && is_of_parts(made->front().mask)));
        if (!is_whole)
            return tl::unexpected(
                failure{fmt::format("expected a property set or all of a kind of rights before \"but\", "
                                    "found '{}'",
                                    printable(whole)),
                        "  ask for one right after the other\n"});
        while (!names.empty()) {
            auto const end = std::min(names.find(','), names.size());
            auto const name = trimmed(names.substr(0, end));
            auto const type = find_type(made->front().mask, name, known_);
            if (!type)
                return tl::unexpected(type.error());
            made->front().but.push_back(*type);
            made->front().but_text += fmt::format("{}{}", made->front().but_text.empty() ? "" : ", ", name);
            names.remove_prefix(std::min(end + 1, names.size()));
        }
        return made;
    }

    // ---- lists: "read, write telephoneNumber", "create+delete computer"

    static bool is_all(std::string_view name) {
        return equal_ignoring_case(name, "all") || equal_ignoring_case(name, "all properties") ||
               equal_ignoring_case(name, "all child objects");
    }

    // Whether a lone verb shares the name of the next piece.
    static bool borrows(sddl::access_mask bit, right_piece const& own, std::string_view next) {
        auto const named = verb_of(next);
        if (!named || find_phrase(next))
            return named && is_all(named->second);
        auto const is_about_children = [](sddl::access_mask mask) {
            return (mask & (sddl::right_create_child | sddl::right_delete_child)).bits != 0;
        };
        // "delete, create user" deletes the object itself; "delete+create user" does not.
        return is_about_children(bit) == is_about_children(named->first) &&
               (bit != sddl::right_delete_child || own.is_joined);
    }

    [[nodiscard]] result<parts> list(std::vector<right_piece> const& pieces) const {
        parts made;
        for (std::size_t index = 0; index < pieces.size(); ++index) {
            auto const own = shared_name(pieces, index);
            auto read_piece = own ? named(own->first, own->second) : read(pieces[index].text);
            if (!read_piece)
                return read_piece;
            made.insert(made.end(), read_piece->begin(), read_piece->end());
        }
        return made;
    }

    // A lone verb with the name that a later piece brings for it.
    static std::optional<std::pair<sddl::access_mask, std::string_view>>
    shared_name(std::vector<right_piece> const& pieces, std::size_t index) {
        auto const bit = lone_verb(pieces[index].text);
        auto next = index + 1;
        while (bit && next < pieces.size() && lone_verb(pieces[next].text))
            ++next;
        if (!bit || next >= pieces.size() || !borrows(*bit, pieces[index], pieces[next].text))
            return std::nullopt;
        return std::pair(*bit, verb_of(pieces[next].text)->second);
    }

    // ---- one right: "write telephoneNumber", "Reset Password"

    [[nodiscard]] result<parts> single(std::string_view text) const {
        if (auto const verb = verb_of(text))
            return named(verb->first, verb->second);
        return bare_name(text);
    }

    [[nodiscard]] result<parts> named(sddl::access_mask bit, std::string_view name) const {
        name = trimmed(name);
        if (is_all(name))
            return parts{{bit, {}}};
        auto const type = find_type(bit, name, known_);
        if (!type)
            return tl::unexpected(type.error());
        auto const* const attribute = known_.find_attribute(name);
        return parts{{bit, *type, attribute != nullptr && attribute->id == *type ? attribute : nullptr}};
    }

    // What is named without a verb says by its validAccesses what is asked.
    [[nodiscard]] result<parts> bare_name(std::string_view name) const {
        auto const* const found = known_.find_right(name);
        if (found == nullptr)
            return no_right(name);
        if ((found->valid_accesses & is_extended_right) != 0)
            return parts{{sddl::right_control_access, found->id}};
        if ((found->valid_accesses & is_validated_write) != 0)
            return parts{{sddl::right_self_write, found->id}};
        return tl::unexpected(failure{
            fmt::format("expected read or write before '{}', which is a property set", printable(name)),
            fmt::format("  ask for \"read {0}\" or \"write {0}\"\n", printable(found->display_name))});
    }

    [[nodiscard]] result<parts> no_right(std::string_view name) const {
        auto const squeezed_name = squeezed(name);
        for (auto const& right : known_.rights())
            if (squeezed(right.name) == squeezed_name || squeezed(right.display_name) == squeezed_name)
                return bare_name(right.name);
        return tl::unexpected(words::no_right(name, known_));
    }

    directory::schema const& known_;
};

// Rights on one subject become one value, in the order of their first mention.
std::vector<right> merged(parts const& from, directory::schema const& known) {
    parts together;
    for (auto const& each : from) {
        auto const same = std::find_if(together.begin(), together.end(), [&](part const& other) {
            return other.type == each.type && other.but == each.but;
        });
        if (same == together.end())
            together.push_back(each);
        else
            same->mask = same->mask | each.mask;
    }
    std::vector<right> made;
    for (auto const& each : together) {
        auto& described = made.emplace_back(describe(each.mask, each.type, known));
        if (!each.but.empty()) {
            described.but = each.but;
            described.text += " but " + printable(each.but_text);
        }
        if (each.attribute == nullptr || !sddl::property_rights.contains(each.mask))
            continue;
        described.subject = {.kind = directory::right_kind::attribute, .attribute = each.attribute};
        described.text = right_text(described.subject, each.mask);
    }
    return made;
}

} // namespace

result<std::vector<right>> parse_rights(std::string_view text, directory::schema const& known) {
    auto const read = right_reader(known).read(text);
    if (!read)
        return tl::unexpected(read.error());
    return merged(*read, known);
}

result<right> parse_right(std::string_view text, directory::schema const& known) {
    auto rights = parse_rights(text, known);
    if (!rights)
        return tl::unexpected(std::move(rights).error());
    if (rights->size() == 1)
        return std::move(rights->front());
    std::vector<std::string> names;
    for (auto const& each : *rights)
        names.push_back(each.text);
    return tl::unexpected(failure{fmt::format("expected rights on one subject, found {}: {}", names.size(),
                                              printable(fmt::format("{}", fmt::join(names, "; ")))),
                                  "  name them one by one\n"});
}

} // namespace dsplan::words
