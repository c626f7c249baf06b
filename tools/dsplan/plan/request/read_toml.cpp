#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/plan/request/read_toml.hpp>
#include <tools/dsplan/plan/request/request_fields.hpp>
#include <tools/dsplan/plan/request/toml_request.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

namespace dsplan::plan {
namespace {

constexpr auto recipe_key = "recipe";

struct reading {
    std::string file;
    std::vector<failure> errors;

    void fail(toml::source_region const& at, std::string what, std::string detail = {}) {
        errors.push_back({fmt::format("{}:{}:{}: {}", printable(file), at.begin.line, at.begin.column, what),
                          std::move(detail)});
    }

    [[nodiscard]] request_place place(toml::node const& of) const {
        return {file, of.source().begin.line, of.source().begin.column};
    }
};

// Reads the keys of one table, in the order that visit_fields names them; `defaults` stand in for absent
// ones.
class field_reader {
public:
    field_reader(reading& state, toml::table const& table, toml::table const* defaults, std::string name)
        : state_(state)
        , table_(table)
        , defaults_(defaults)
        , name_(std::move(name)) {}

    void text(std::string_view key, std::string& to, bool is_required = false) {
        auto const* const value = find(key);
        if (value == nullptr) {
            if (is_required)
                state_.fail(table_.source(), fmt::format("{} needs the key '{}'", name_, key));
        } else if (auto const* const read = expect<std::string>(key, *value, "text")) {
            to = *read;
        }
    }

    void flag(std::string_view key, bool& to) {
        auto const* const value = find(key);
        if (auto const* const read = value == nullptr ? nullptr : expect<bool>(key, *value, "true or false"))
            to = *read;
    }

    void word(std::string_view key, std::string& to, std::initializer_list<std::string_view> allowed) {
        auto const* const value = find(key);
        auto const* const read = value == nullptr ? nullptr : expect<std::string>(key, *value, "text");
        if (read == nullptr)
            return;
        if (std::find(allowed.begin(), allowed.end(), *read) == allowed.end())
            return state_.fail(value->source(),
                               fmt::format("expected {} for '{}', found '{}'", fmt::join(allowed, " or "),
                                           key, printable(*read)));
        to = *read;
    }

    void change(std::string_view key, inheritance_change& to) {
        std::string chosen;
        auto const before = state_.errors.size();
        word(key, chosen, {inheritance_words[0], inheritance_words[1], inheritance_words[2]});
        if (chosen.empty() && state_.errors.size() == before)
            return state_.fail(table_.source(), fmt::format("{} needs the key '{}'", name_, key));
        auto const found = std::find(inheritance_words.begin(), inheritance_words.end(), chosen);
        if (found != inheritance_words.end())
            to = static_cast<inheritance_change>(found - inheritance_words.begin());
    }

    // One text, or a list of them.
    void texts(std::string_view key, std::vector<std::string>& to) {
        auto const* const value = find(key);
        if (value == nullptr)
            return;
        if (auto const* const one = value->as_string())
            to.push_back(one->get());
        else if (auto const* const several = expect_list(key, *value))
            for (auto const& each : *several)
                if (auto const* const read = expect<std::string>(key, each, "text"))
                    to.push_back(*read);
    }

    void list(std::string_view key, std::optional<std::vector<std::string>>& to) {
        if (find(key) != nullptr)
            texts(key, to.emplace());
    }

    void aces(std::string_view key, std::vector<state_ace>& to) {
        auto const* const value = find(key);
        if (value == nullptr)
            return;
        auto const* const several = value->as_array();
        if (several == nullptr)
            return state_.fail(value->source(), fmt::format("expected a list of tables for '{}', found {}",
                                                            key, kind_of(*value)));
        for (auto const& each : *several) {
            auto const* const table = each.as_table();
            if (table == nullptr) {
                state_.fail(each.source(),
                            fmt::format("expected {{ to = ACCOUNT, rights = […] }} or {{ ace = "
                                        "SDDL }} in '{}', found {}",
                                        key, kind_of(each)));
                continue;
            }
            field_reader fields(state_, *table, nullptr, fmt::format("'{}'", key));
            visit_fields(fields, to.emplace_back());
            fields.finish();
        }
    }

    // A table of texts, or of lists of them.
    void values(std::string_view key, recipe_use& to) {
        auto const* const value = find(key);
        auto const* const table =
            value == nullptr ? nullptr : expect_table(key, *value, "a table { NAME = VALUE }");
        if (table == nullptr)
            return;
        field_reader fields(state_, *table, nullptr, fmt::format("'{}'", key));
        for (auto const& [name, given] : *table)
            fields.texts(name.str(), to.with[std::string(name.str())]);
    }

    void objects(std::string_view key, object_choice& to) {
        auto const* const value = find(key);
        if (value == nullptr)
            return state_.fail(table_.source(), fmt::format("{} needs the key '{}'", name_, key));
        if (auto const* const several = value->as_array())
            for (auto const& each : *several)
                object(key, each, to);
        else
            object(key, *value, to);
    }

    // Complains of keys that no field was called.
    void finish() {
        for (auto const& [key, value] : table_) {
            if (known_.contains(std::string(key.str())))
                continue;
            nearest_names near(key.str());
            for (auto const& each : known_)
                near.consider(each);
            auto const meant = near.take();
            state_.fail(key.source(), fmt::format("{} has no key '{}'", name_, printable(key.str())),
                        meant.empty() ? fmt::format("  its keys are {}\n", fmt::join(known_, ", "))
                                      : fmt::format("  did you mean {}?\n", meant.front()));
        }
    }

private:
    [[nodiscard]] toml::node const* find(std::string_view key) {
        known_.emplace(key);
        auto const* const own = table_.get(key);
        return own != nullptr || defaults_ == nullptr ? own : defaults_->get(key);
    }

    template <class Value>
    Value const* expect(std::string_view key, toml::node const& value, std::string_view expected) {
        if (auto const* const read = value.as<Value>())
            return &read->get();
        state_.fail(value.source(),
                    fmt::format("expected {} for '{}', found {}", expected, key, kind_of(value)));
        return nullptr;
    }

    toml::table const* expect_table(std::string_view key, toml::node const& value,
                                    std::string_view expected) {
        if (auto const* const read = value.as_table())
            return read;
        state_.fail(value.source(),
                    fmt::format("expected {} for '{}', found {}", expected, key, kind_of(value)));
        return nullptr;
    }

    toml::array const* expect_list(std::string_view key, toml::node const& value) {
        if (auto const* const read = value.as_array())
            return read;
        state_.fail(value.source(),
                    fmt::format("expected text or a list of texts for '{}', found {}", key, kind_of(value)));
        return nullptr;
    }

    void object(std::string_view key, toml::node const& value, object_choice& to) {
        if (auto const* const name = value.as_string()) {
            to.names.push_back(name->get());
        } else if (auto const* const chosen = value.as_table()) {
            field_reader fields(state_, *chosen, nullptr, fmt::format("'{}'", key));
            std::string depth = "all";
            fields.text("below", to.below, true);
            fields.text("class", to.class_name);
            fields.word("depth", depth, {"one", "all"});
            to.only_children = depth == "one";
            fields.finish();
        } else {
            state_.fail(value.source(), fmt::format("expected a DN or {{ below = DN }} for '{}', found {}",
                                                    key, kind_of(value)));
        }
    }

    reading& state_;
    toml::table const& table_;
    toml::table const* defaults_;
    std::string name_;
    std::set<std::string> known_;
};

struct table_kind {
    std::string_view key;
    table_content empty;
};

std::array<table_kind, 11> const& table_kinds() {
    static std::array<table_kind, 11> const kinds{{
        {"grant", permission_table{}},
        {"deny", permission_table{.verb = permission_verb::deny,
                                  .trustee = {},
                                  .on = {},
                                  .rights = {},
                                  .ace = {},
                                  .applies_to = {},
                                  .reason = {}}},
        {"revoke", permission_table{.verb = permission_verb::revoke,
                                    .trustee = {},
                                    .on = {},
                                    .rights = {},
                                    .ace = {},
                                    .applies_to = {},
                                    .reason = {}}},
        {"members", members_table{}},
        {"replace-trustee", replace_trustee_table{}},
        {"inheritance", inheritance_table{}},
        {"owner", owner_table{}},
        {"audit", audit_table{}},
        {"restore", restore_table{}},
        {"state", state_table{}},
        {"clean", clean_table{}},
    }};
    return kinds;
}

// Not a copy, which would not know its place; none where something else stands there.
toml::array const& tables_of(reading& state, std::string_view key, toml::node const& value) {
    static toml::array const none;
    auto const* const tables = value.as_array();
    if (tables != nullptr && tables->is_array_of_tables())
        return *tables;
    state.fail(value.source(), fmt::format("expected tables [[{}]], found {}", key, kind_of(value)));
    return none;
}

void read_recipes(reading& state, toml::node const& value, std::vector<recipe_use>& to) {
    for (auto const& each : tables_of(state, recipe_key, value)) {
        auto& made = to.emplace_back();
        made.place = state.place(each);
        field_reader fields(state, *each.as_table(), nullptr, fmt::format("[[{}]]", recipe_key));
        fields.text("use", made.name, true);
        fields.values("with", made);
        fields.finish();
    }
}

void read_tables(reading& state, table_kind const& kind, toml::node const& value, toml::table const* defaults,
                 std::vector<request_table>& to) {
    for (auto const& each : tables_of(state, kind.key, value)) {
        auto& made = to.emplace_back(request_table{state.place(each), kind.empty});
        field_reader fields(state, *each.as_table(), defaults, table_name(made.content));
        std::visit([&fields](auto& table) { visit_fields(fields, table); }, made.content);
        fields.finish();
    }
}

// The keys of every kind of table.
struct key_collector {
    std::set<std::string> keys;

    void text(std::string_view key, std::string&, bool = false) { keys.emplace(key); }
    void texts(std::string_view key, std::vector<std::string>&) { keys.emplace(key); }
    void list(std::string_view key, std::optional<std::vector<std::string>>&) { keys.emplace(key); }
    void flag(std::string_view key, bool&) { keys.emplace(key); }
    void word(std::string_view key, std::string&, std::initializer_list<std::string_view>) {
        keys.emplace(key);
    }
    void objects(std::string_view key, object_choice&) { keys.emplace(key); }
    void change(std::string_view key, inheritance_change&) { keys.emplace(key); }
    void aces(std::string_view key, std::vector<state_ace>&) { keys.emplace(key); }
};

void check_defaults(reading& state, toml::table const* defaults) {
    key_collector known;
    for (auto const& kind : table_kinds()) {
        auto table = kind.empty;
        std::visit([&known](auto& each) { visit_fields(known, each); }, table);
    }
    for (auto const& [key, value] : defaults == nullptr ? toml::table{} : *defaults)
        if (!known.keys.contains(std::string(key.str())))
            state.fail(key.source(),
                       fmt::format("no table has the key '{}' of [defaults]", printable(key.str())));
}

void read_names(reading& state, toml::node const& value, change_request& to) {
    auto const* const names = value.as_table();
    if (names == nullptr)
        return state.fail(value.source(), "expected the table [names], found " + kind_of(value));
    for (auto const& [key, name] : *names)
        if (auto const* const text = name.as_string())
            to.names.emplace_back(key.str(), text->get());
        else
            state.fail(name.source(),
                       fmt::format("expected text for '{}', found {}", printable(key.str()), kind_of(name)));
}

void read_unknown(reading& state, toml::key const& key) {
    nearest_names near(key.str());
    for (std::string_view const known :
         {"format", "title", "ticket", "requested-by", "names", "defaults", recipe_key})
        near.consider(known);
    for (auto const& kind : table_kinds())
        near.consider(kind.key);
    auto const meant = near.take();
    state.fail(key.source(), fmt::format("a request has no key '{}'", printable(key.str())),
               meant.empty() ? std::string() : fmt::format("  did you mean {}?\n", meant.front()));
}

void check_format(reading& state, toml::table const& file) {
    constexpr std::int64_t known = 1;
    auto const* const format = file.get("format");
    if (format == nullptr || !format->is_integer())
        return state.fail(file.source(), "a request needs the key 'format'", "  write: format = 1\n");
    if (format->as_integer()->get() != known)
        state.fail(format->source(), fmt::format("expected format 1, found {}", format->as_integer()->get()));
}

change_request read_file(reading& state, toml::table const& file) {
    change_request made;
    check_format(state, file);
    auto const* const defaults = file.get_as<toml::table>("defaults");
    check_defaults(state, defaults);
    for (auto const& [key, value] : file) {
        auto const name = key.str();
        auto const& kinds = table_kinds();
        auto const kind =
            std::find_if(kinds.begin(), kinds.end(), [name](auto const& each) { return each.key == name; });
        if (kind != kinds.end())
            read_tables(state, *kind, value, defaults, made.tables);
        else if (name == "names")
            read_names(state, value, made);
        else if (name == recipe_key)
            read_recipes(state, value, made.recipes);
        else if (name != "format" && name != "title" && name != "ticket" && name != "requested-by" &&
                 name != "defaults")
            read_unknown(state, key);
    }
    for (auto const& [key, to] : {std::pair{"title", &made.title}, std::pair{"ticket", &made.ticket},
                                  std::pair{"requested-by", &made.requested_by}})
        if (auto const* const text = file.get_as<std::string>(key))
            *to = text->get();
    std::stable_sort(made.tables.begin(), made.tables.end(), [](auto const& a, auto const& b) {
        return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    return made;
}

} // namespace

tl::expected<change_request, std::vector<failure>> read_tree(toml::table const& tree, std::string_view file) {
    reading state{std::string(file), {}};
    auto made = read_file(state, tree);
    if (made.tables.empty() && made.recipes.empty() && state.errors.empty())
        state.errors.push_back({printable(file) + ": the request asks for nothing",
                                "  write a table: [[grant]], [[deny]], [[revoke]], [[members]], …\n"});
    if (!state.errors.empty())
        return tl::unexpected(std::move(state.errors));
    return made;
}

failure syntax_failure(toml::parse_error const& error, std::string_view file) {
    auto const& at = error.source();
    return {fmt::format("{}:{}:{}: {}", printable(file), at.begin.line, at.begin.column,
                        printable(error.description())),
            {}};
}

std::string kind_of(toml::node const& value) {
    switch (value.type()) {
    case toml::node_type::string:
        return "text";
    case toml::node_type::boolean:
        return "true or false";
    case toml::node_type::array:
        return "a list";
    case toml::node_type::table:
        return "a table";
    default:
        return "a number or date";
    }
}

tl::expected<change_request, std::vector<failure>> read_toml(std::string_view text, std::string_view file) {
    auto const parsed = toml::parse(text);
    if (!parsed)
        return tl::unexpected(std::vector{syntax_failure(parsed.error(), file)});
    return read_tree(parsed.table(), file);
}

} // namespace dsplan::plan
