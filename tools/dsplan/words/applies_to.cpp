#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/right_names.hpp>
#include <tools/dsplan/words/right_tokens.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::words {
namespace {

namespace flag = sddl::ace_flag;

constexpr std::uint8_t telling_flags = flag::container_inherit | flag::inherit_only | flag::no_propagate;

application_form const* find_form(std::uint8_t flags, bool has_class) {
    auto const* const found =
        std::find_if(application_forms.begin(), application_forms.end(), [&](application_form const& row) {
            return row.flags == (flags & telling_flags) && row.has_class == has_class;
        });
    return found == application_forms.end() ? nullptr : found;
}

std::string filled(std::string_view words, std::string_view name) {
    std::string made(words);
    if (auto const place = made.find("{}"); place != std::string::npos)
        made.replace(place, 2, name);
    return made;
}

std::string class_name(sddl::guid const& type, directory::schema const& known) {
    auto const* const found = known.find_class(type);
    return found != nullptr ? found->name : fmt::format("{}", type);
}

// Of an ACE that only objects which hold no others would inherit: no directory object does.
std::string file_text(std::uint8_t flags) {
    return (flags & flag::inherit_only) != 0 ? "objects below that hold no others"
                                             : "this object and objects below that hold no others";
}

// What stands for "{}" in the pattern; nothing where the text is another one.
std::optional<std::string_view> match(std::string_view pattern, std::string_view text) {
    auto const place = pattern.find("{}");
    auto const before = pattern.substr(0, place);
    auto const after = pattern.substr(std::min(place + 2, pattern.size()));
    if (place == std::string_view::npos)
        return equal_ignoring_case(pattern, text) ? std::optional(std::string_view()) : std::nullopt;
    bool const fits = text.size() > before.size() + after.size() &&
                      equal_ignoring_case(text.substr(0, before.size()), before) &&
                      equal_ignoring_case(text.substr(text.size() - after.size()), after);
    if (!fits)
        return std::nullopt;
    return text.substr(before.size(), text.size() - before.size() - after.size());
}

std::optional<std::string_view> match_any(application_form const& form, std::string_view text) {
    if (auto const found = match(form.words, text))
        return found;
    if (!form.has_class && (match(form.dotnet, text) || match(form.dsacls, text)))
        return std::string_view{};
    for (auto others = form.others; !others.empty();) {
        auto const end = std::min(others.find('|'), others.size());
        if (auto const found = match(others.substr(0, end), text))
            return found;
        others.remove_prefix(std::min(end + 1, others.size()));
    }
    return std::nullopt;
}

// "user, computer and group".
std::vector<std::string_view> split_names(std::string_view text) {
    std::vector<std::string_view> made;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const is_and = equal_ignoring_case(text.substr(at, 5), " and ");
        if (at < begin || (text[at] != ',' && !is_and))
            continue;
        made.push_back(trimmed(text.substr(begin, at - begin)));
        begin = at + (is_and ? 5 : 1);
    }
    made.push_back(trimmed(text.substr(begin)));
    return made;
}

failure no_class(std::string_view name, application_form const& form, directory::schema const& known) {
    failure made{fmt::format("expected the name of a class, found '{}'", printable(name)), ""};
    nearest_names near(name);
    for (auto const& of : known.classes())
        near.consider(of.name, filled(form.words, of.name));
    for (auto const& suggested : near.take())
        made.detail += fmt::format("  did you mean \"{}\"?\n", printable(suggested));
    return made;
}

failure no_form(std::string_view text) {
    failure made{fmt::format("expected which objects an ACE applies to, found '{}'", printable(text)),
                 "  it is one of these:\n"};
    for (auto const& form : application_forms)
        made.detail += fmt::format("    {}\n", filled(form.words, "CLASS"));
    return made;
}

result<std::vector<application>> of_classes(application_form const& form, std::string_view names,
                                            directory::schema const& known) {
    std::vector<application> made;
    for (auto const name : split_names(names)) {
        auto const* const found = known.find_class(name);
        auto const id = found != nullptr ? std::optional(found->id) : parse_type(name);
        if (!id)
            return tl::unexpected(no_class(name, form, known));
        made.push_back({form.flags, id, filled(form.words, class_name(*id, known))});
    }
    return made;
}

} // namespace

std::string application_text(std::uint8_t flags, std::optional<sddl::guid> const& inherited_type,
                             directory::schema const& known) {
    bool const is_passed_on = (flags & (flag::container_inherit | flag::object_inherit)) != 0;
    if (!is_passed_on)
        return (flags & flag::inherit_only) != 0 ? "nothing: inherit-only without CI or OI"
                                                 : "this object only";
    if ((flags & flag::container_inherit) == 0)
        return file_text(flags);
    auto const* const form = find_form(flags, inherited_type.has_value());
    if (!inherited_type)
        return std::string(form->words);
    auto made = filled(form->words, class_name(*inherited_type, known));
    return known.find_class(*inherited_type) != nullptr ? made : made + " (unknown here)";
}

result<std::vector<application>> parse_application(std::string_view text, directory::schema const& known) {
    text = trimmed(text);
    take_end(text, "(unknown here)");
    // Forms without a class first: "all descendant objects" names none.
    for (bool const has_class : {false, true}) {
        for (auto const& form : application_forms) {
            auto const names = form.has_class == has_class ? match_any(form, text) : std::nullopt;
            if (names && has_class)
                return of_classes(form, *names, known);
            if (names)
                return std::vector<application>{{form.flags, {}, std::string(form.words)}};
        }
    }
    return tl::unexpected(no_form(text));
}

} // namespace dsplan::words
