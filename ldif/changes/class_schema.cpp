#include <ldif/changes/class_schema.hpp>
#include <ldif/changes/class_table.hpp>
#include <ldif/changes/schema_record.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

using table = std::map<std::string, class_rules, std::less<>>;

table const& built_in_classes() {
    static auto const made = [] {
        table classes;
        for (auto const& row : class_table::rows)
            classes.emplace(lower_case(row.name),
                            class_rules{std::string(row.name), std::string(row.naming_attribute),
                                        row.category, std::string(row.superclass),
                                        std::string(row.superiors)});
        return classes;
    }();
    return made;
}

std::string superiors_of(record_view const& record) {
    std::string joined;
    for (auto const& it : record.attributes)
        if (equals_keyword(it.description, "posssuperiors") ||
            equals_keyword(it.description, "systemposssuperiors"))
            joined += (joined.empty() ? "" : " ") + std::string(it.value);
    return joined;
}

bool has_word(std::string_view words, std::string_view wanted) {
    while (!words.empty()) {
        auto const word = words.substr(0, words.find(' '));
        if (lower_case(word) == lower_case(wanted))
            return true;
        words.remove_prefix(std::min(words.size(), word.size() + 1));
    }
    return false;
}

bool is_in(std::vector<class_rules const*> const& line, class_rules const* wanted) {
    return std::find(line.begin(), line.end(), wanted) != line.end();
}

} // namespace

class_rules const* built_in_class(std::string_view name) {
    auto const found = built_in_classes().find(lower_case(name));
    return found == built_in_classes().end() ? nullptr : &found->second;
}

bool class_schema::add(record_view const& record) {
    auto const spelled = value_of(record, "ldapdisplayname");
    auto const superclass = value_of(record, "subclassof");
    auto const category = value_of(record, "objectclasscategory");
    constexpr std::array<std::string_view, 4> categories{"0", "1", "2", "3"};
    auto const* const kind = std::find(categories.begin(), categories.end(), category);
    if (!is_of_class(record, "classschema") || spelled.empty() || superclass.empty() ||
        kind == categories.end())
        return false; // an export that left these out says nothing about the class
    auto const* const known = built_in_class(spelled);
    auto naming = std::string(value_of(record, "rdnattid"));
    if (naming.empty() && known != nullptr)
        naming = known->naming_attribute;
    classes_.insert_or_assign(lower_case(spelled),
                              class_rules{std::string(spelled), std::move(naming),
                                          static_cast<class_category>(kind - categories.begin()),
                                          std::string(superclass), superiors_of(record)});
    return true;
}

class_rules const* class_schema::find(std::string_view name) const {
    if (!classes_.empty())
        if (auto const found = classes_.find(lower_case(name)); found != classes_.end())
            return &found->second;
    return built_in_class(name);
}

// The class and what it is derived from; empty where one of them is not known.
std::vector<class_rules const*> class_schema::line_of(std::string_view class_name) const {
    std::vector<class_rules const*> line;
    for (auto const* it = find(class_name);; it = find(it->superclass)) {
        if (it == nullptr)
            return {};
        if (is_in(line, it)) // top is derived from itself
            return line;
        line.push_back(it);
    }
}

bool class_schema::is_a(std::string_view class_name, std::string_view ancestor) const {
    auto const line = line_of(class_name);
    return std::any_of(line.begin(), line.end(),
                       [ancestor](auto const* it) { return lower_case(it->name) == lower_case(ancestor); });
}

std::optional<std::string> class_schema::object_class_of(std::span<std::string const> classes) const {
    std::vector<class_rules const*> made; // classes that objects are made of
    std::vector<class_rules const*> behind;
    for (auto const& it : classes) {
        auto const line = line_of(it);
        if (line.empty())
            return std::nullopt;
        behind.insert(behind.end(), line.begin() + 1, line.end());
        if (line[0]->category == class_category::structural || line[0]->category == class_category::type_88)
            made.push_back(line[0]);
    }
    bool const has_structural = std::any_of(
        made.begin(), made.end(), [](auto const* it) { return it->category == class_category::structural; });
    std::erase_if(made, [&](auto const* it) {
        return is_in(behind, it) || (has_structural && it->category == class_category::type_88);
    });
    std::sort(made.begin(), made.end());
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made.size() == 1 ? made[0]->name : std::string();
}

std::optional<bool> class_schema::may_lie_below(std::span<std::string const> container,
                                                std::string_view class_name) const {
    auto const own = line_of(class_name);
    if (own.empty() || container.empty())
        return std::nullopt;
    for (auto const& name : container) {
        auto const line = line_of(name);
        if (line.empty())
            return std::nullopt;
        for (auto const* of_container : line)
            for (auto const* it : own)
                if (has_word(it->superiors, of_container->name))
                    return true;
    }
    return false;
}

} // namespace dsplan::ldif
