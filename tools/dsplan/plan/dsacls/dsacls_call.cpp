#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/plan/dsacls/dsacls_call.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dsplan::plan {
namespace {

constexpr std::array<std::string_view, 16> switch_names{"I",
                                                        "N",
                                                        "P",
                                                        "G",
                                                        "R",
                                                        "D",
                                                        "S",
                                                        "T",
                                                        "A",
                                                        "resetDefaultDACL",
                                                        "resetDefaultSACL",
                                                        "takeOwnership",
                                                        "domain",
                                                        "user",
                                                        "passwd",
                                                        "simple"};

struct call_reading {
    dsacls_call made{};
    std::vector<placed_failure>& errors;
    std::vector<script_word>* list = nullptr; // what the words behind a switch are for
    bool has_t = false;

    void fail(script_word const& word, std::string_view what, std::string detail = {}) {
        errors.push_back(at(word.place, what, std::move(detail)));
    }
};

// "\\server:389\OU=Sales,DC=contoso,DC=com"
void take_object(call_reading& state, script_word word) {
    if (word.text.starts_with("\\\\")) {
        auto const end = word.text.find('\\', 2);
        if (end == std::string::npos)
            return state.fail(
                word, fmt::format("expected an object behind the server, found '{}'", printable(word.text)));
        state.made.server = word.text.substr(2, end - 2);
        word.text.erase(0, end + 1);
    }
    state.made.dn = std::move(word);
}

void take_inheritance(call_reading& state, script_word const& word, std::string_view value) {
    static constexpr std::array<std::pair<std::string_view, dsacls_inheritance>, 3> values{
        {{"T", dsacls_inheritance::tree},
         {"S", dsacls_inheritance::below},
         {"P", dsacls_inheritance::one_level}}};
    for (auto const& [letter, meaning] : values)
        if (equal_ignoring_case(value, letter)) {
            if (state.made.inherits != dsacls_inheritance::none && state.made.inherits != meaning)
                state.fail(word, "/I stands there twice, with different values");
            state.made.inherits = meaning;
            state.made.inherits_place = word.place;
            return;
        }
    state.fail(word, fmt::format("expected /I:T, /I:S or /I:P, found '{}'", printable(word.text)));
}

void take_protection(call_reading& state, script_word const& word, std::string_view value) {
    if (equal_ignoring_case(value, "Y"))
        state.made.protects = true;
    else if (equal_ignoring_case(value, "N"))
        state.made.allows_inheritance = true;
    else
        state.fail(word, fmt::format("expected /P:Y or /P:N, found '{}'", printable(word.text)));
}

bool take_flag(call_reading& state, std::string_view name) {
    auto& made = state.made;
    std::array<std::pair<std::string_view, bool*>, 8> const flags{{{"N", &made.replaces},
                                                                   {"S", &made.resets},
                                                                   {"T", &state.has_t},
                                                                   {"A", nullptr},
                                                                   {"resetDefaultDACL", &made.resets_dacl},
                                                                   {"resetDefaultSACL", &made.resets_sacl},
                                                                   {"takeOwnership", &made.takes_ownership},
                                                                   {"simple", &made.has_credentials}}};
    for (auto const& [flag, value] : flags)
        if (equal_ignoring_case(name, flag)) {
            if (value != nullptr)
                *value = true;
            return true;
        }
    return false;
}

bool take_list(call_reading& state, std::string_view name) {
    auto& made = state.made;
    std::array<std::pair<std::string_view, std::vector<script_word>*>, 3> const lists{
        {{"G", &made.grants}, {"D", &made.denials}, {"R", &made.removals}}};
    for (auto const& [letter, list] : lists)
        if (equal_ignoring_case(name, letter)) {
            state.list = list;
            return true;
        }
    return false;
}

void fail_for_switch(call_reading& state, script_word const& word, std::string_view name) {
    if (name.empty())
        return state.fail(word, "a blank inside the switch: '/' stands alone",
                          "  write /I:T, /I:S or another switch without a blank\n");
    nearest_names near(name);
    for (auto const& each : switch_names)
        near.consider(each);
    auto const meant = near.take();
    state.fail(word, fmt::format("dsacls has no switch '{}'", printable(word.text)),
               meant.empty() ? std::string() : fmt::format("  did you mean /{}?\n", meant.front()));
}

// True where the next word is the rest of a switch that a blank cuts.
bool take_switch(call_reading& state, script_word const& word) {
    state.list = nullptr;
    auto const text = std::string_view(word.text).substr(1);
    auto const colon = std::min(text.find(':'), text.size());
    auto const name = text.substr(0, colon);
    auto const value = text.substr(std::min(colon + 1, text.size()));
    if (equal_ignoring_case(name, "I"))
        take_inheritance(state, word, value);
    else if (equal_ignoring_case(name, "P"))
        take_protection(state, word, value);
    else if (equal_ignoring_case(name, "domain") || equal_ignoring_case(name, "user") ||
             equal_ignoring_case(name, "passwd"))
        state.made.has_credentials = true;
    else if (!take_flag(state, name) && !take_list(state, name))
        fail_for_switch(state, word, name);
    return name.empty();
}

void take_argument(call_reading& state, script_word const& word) {
    if (state.list != nullptr)
        return state.list->push_back(word);
    state.fail(word, fmt::format("expected a switch, found '{}'", printable(word.text)),
               "  an argument with a blank stands in one pair of quotation marks, all of it\n");
}

// A switch that takes a list and has none.
void check_lists(call_reading& state, script_call const& call) {
    for (std::size_t index = 0; index < call.words.size(); ++index) {
        auto const& word = call.words[index];
        bool const takes_list = equal_ignoring_case(word.text, "/G") ||
                                equal_ignoring_case(word.text, "/D") || equal_ignoring_case(word.text, "/R");
        bool const has_none = index + 1 == call.words.size() || call.words[index + 1].text.starts_with('/');
        if (takes_list && has_none)
            state.fail(word, fmt::format("expected an account behind {}", printable(word.text)));
    }
}

} // namespace

dsacls_call read_call(script_call const& call, std::vector<placed_failure>& errors) {
    call_reading state{{}, errors};
    state.made.place = call.place;
    if (call.words.empty() || call.words.front().text.starts_with('/')) {
        if (!call.words.empty() && call.words.front().text != "/?")
            state.fail(call.words.front(), fmt::format("expected the DN of an object, found '{}'",
                                                       printable(call.words.front().text)));
        return std::move(state.made);
    }
    take_object(state, call.words.front());
    for (std::size_t index = 1; index < call.words.size(); ++index) {
        auto const& word = call.words[index];
        if (!word.text.starts_with('/'))
            take_argument(state, word);
        else if (take_switch(state, word))
            ++index;
    }
    state.made.resets_tree = state.made.resets && state.has_t;
    check_lists(state, call);
    return std::move(state.made);
}

} // namespace dsplan::plan
