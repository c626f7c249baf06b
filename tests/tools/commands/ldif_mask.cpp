#include <ldif/reader.hpp>
#include <tools/dsplan/forms/ldif_value_comment.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utf8.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <tests/tools/command_run.hpp>
#include <utility>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(ldif_mask)

// A masked export says the same of other names, and nothing of the old ones.
namespace {

using dsplan::exit_status;

constexpr char const* exported = DSPLAN_TESTDATA "/exports/before-2016.ldf";
constexpr char const* kept_words = DSPLAN_TESTDATA "/mask/kept.txt";
constexpr char const* connector = "MSOL_4f2c9a1b7d3e";

bool is_word_octet(char c) {
    return (c & 0x80) != 0 || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

char to_lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

// Words in lower case, and what stands between them, in turns.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces{{}};
    bool is_word = false;
    for (char const c : text) {
        if (is_word_octet(c) != is_word) {
            pieces.emplace_back();
            is_word = !is_word;
        }
        pieces.back() += to_lower(c);
    }
    return pieces;
}

// SIDs, GUIDs and descriptors as text, other octets in hexadecimal.
std::string readable(std::string_view description, std::string_view value) {
    auto const text = dsplan::value_comment(description, value);
    if (!text.empty())
        return text;
    if (utf8::is_valid(value.begin(), value.end()) && value.find('\0') == std::string_view::npos)
        return std::string(value);
    std::string octets;
    for (char const c : value)
        octets += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return octets;
}

// Names and values of a file in its order, with all that hides in base64.
std::vector<std::string> values_of(std::string const& file) {
    std::vector<std::string> values;
    auto input = dsplan::ldif::reader::open(file).value();
    for (auto next = input.next(); next && *next != nullptr; next = input.next()) {
        values.push_back((*next)->dn);
        for (auto const& it : (*next)->attributes)
            values.push_back(readable(it.description, it.value));
        for (auto const& it : (*next)->modifications)
            for (auto const& value : it.values)
                values.push_back(readable(it.description, value));
    }
    return values;
}

std::set<std::string> words_of(std::vector<std::string> const& values) {
    std::set<std::string> words;
    for (auto const& value : values)
        for (auto const& piece : pieces_of(value))
            if (!piece.empty() && is_word_octet(piece.front()))
                words.insert(piece);
    return words;
}

// What each word of the original became, read from both files side by side.
using word_map = std::map<std::string, std::string>;

void learn(word_map& words, std::string const& original, std::string const& masked) {
    auto const before = values_of(original);
    auto const after = values_of(masked);
    BOOST_TEST_REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        auto const old = pieces_of(before[i]);
        auto const now = pieces_of(after[i]);
        for (std::size_t at = 0; at < old.size() && old.size() == now.size(); ++at)
            if (old[at] != now[at])
                words.emplace(old[at], now[at]);
    }
}

std::string translated(std::string_view text, word_map const& words) {
    std::string made;
    for (auto const& piece : pieces_of(text)) {
        auto const found = words.find(piece);
        made += found == words.end() ? piece : found->second;
    }
    return made;
}

// An answer in the words of the masked export. Other names have another order, so that lists are sorted, and
// what names the first of many is left out, as are places in files.
nlohmann::json comparable(nlohmann::json const& answer, word_map const& words) {
    static std::set<std::string> const of_the_order{"example", "basis", "first", "evidence",
                                                    "file",    "files", "line"};
    if (answer.is_string())
        return translated(answer.get<std::string>(), words);
    if (answer.is_array()) {
        std::vector<nlohmann::json> parts;
        for (auto const& each : answer)
            parts.push_back(comparable(each, words));
        std::sort(parts.begin(), parts.end());
        return parts;
    }
    if (!answer.is_object())
        return answer;
    auto made = nlohmann::json::object();
    for (auto const& [name, value] : answer.items())
        if (!of_the_order.contains(name))
            made[name] = comparable(value, words);
    return made;
}

// Of JSON, or of a line of JSON each.
std::vector<std::string> parts_of(std::string const& answer, word_map const& words) {
    auto const part = [&words](nlohmann::json const& read) {
        return comparable(read, words).dump();
    };
    if (auto const whole = nlohmann::json::parse(answer, nullptr, false); !whole.is_discarded())
        return {part(whole)};
    std::vector<std::string> parts;
    std::istringstream lines(answer);
    for (std::string line; std::getline(lines, line);)
        parts.push_back(part(nlohmann::json::parse(line)));
    return parts;
}

class masked_files {
public:
    masked_files() : here_(scratch_.path()) {
        auto const planned =
            run_command({"plan", "whfb", "--base", exported, "--connector", connector, "--out", "change"});
        BOOST_TEST_REQUIRE((planned.status == exit_status::success), planned.err);
        auto const run = run_command({"ldif", "mask", originals[0], originals[1], originals[2], "--key",
                                      "correct horse battery", "-o", "masked"});
        BOOST_TEST_REQUIRE((run.status == exit_status::success), run.err);
        for (std::size_t i = 0; i < 3; ++i)
            learn(words_, originals[i], masked[i]);
    }

    // Runs both and compares what they print; `B` is the export, `P` and `M` are the changes.
    void check_same(std::vector<std::string> const& command, std::string const& input = {},
                    std::string const& masked_input = {}) const {
        auto before = command;
        auto after = command;
        for (std::size_t i = 0; i < command.size(); ++i)
            for (std::size_t file = 0; file < 3; ++file)
                if (command[i] == std::string(1, "BPM"[file])) {
                    before[i] = originals[file];
                    after[i] = masked[file];
                }
        auto const one = run_command(before, input);
        auto const other = run_command(after, masked_input);
        BOOST_TEST((one.status == other.status), one.err << other.err);
        BOOST_TEST(one.out.size() > 100U);
        BOOST_TEST(parts_of(one.out, words_) == parts_of(other.out, words_),
                   boost::test_tools::per_element());
    }

    static std::string joined(std::vector<std::string> const& parts) {
        std::string text;
        for (auto const& part : parts)
            text += part + "\n";
        return text;
    }

    std::string const originals[3]{exported, "change/01-permissions.ldf", "change/02-members.ldf"};
    std::string const masked[3]{"masked/1.ldf", "masked/2.ldf", "masked/3.ldf"};

private:
    temporary_directory scratch_;
    working_directory here_;
    word_map words_;
};

} // namespace

// kept.txt holds every word that stays; with DSPLAN_WRITE_EXPECTED=1 it is written, and has to be read.
BOOST_AUTO_TEST_CASE(no_word_stays_but_those_of_the_product) {
    masked_files const files;
    std::set<std::string> kept;
    for (std::size_t i = 0; i < 3; ++i) {
        auto const before = words_of(values_of(files.originals[i]));
        auto const after = words_of(values_of(files.masked[i]));
        std::set_intersection(before.begin(), before.end(), after.begin(), after.end(),
                              std::inserter(kept, kept.end()));
    }
    auto const text = masked_files::joined({kept.begin(), kept.end()});
    if (std::getenv("DSPLAN_WRITE_EXPECTED") != nullptr)
        write_file(kept_words, text);
    BOOST_TEST(text == read_file(kept_words));
}

BOOST_AUTO_TEST_CASE(answers_are_the_same_but_for_the_names) {
    masked_files const files;
    files.check_same({"inherit", "--base", "B", "--json"});
    files.check_same({"who-can", "--base", "B", "--right", "write msDS-KeyCredentialLink", "--json"});
    files.check_same({"who-can", "--base", "B", "--right", "reset password", "--json"});
    files.check_same({"effect", "P", "M", "--base", "B", "--json"});
    files.check_same({"review", "P", "M", "--base", "B", "--format", "json"});
}

BOOST_AUTO_TEST_CASE(every_account_may_do_the_same) {
    masked_files const files;
    auto const accounts = [](std::string const& file) {
        std::vector<std::string> names;
        auto input = dsplan::ldif::reader::open(file).value();
        for (auto next = input.next(); next && *next != nullptr; next = input.next())
            for (auto const& it : (*next)->attributes)
                if (it.description == "sAMAccountName")
                    names.push_back((*next)->dn);
        return names;
    };
    auto const before = accounts(files.originals[0]);
    auto const after = accounts(files.masked[0]);
    BOOST_TEST_REQUIRE(before.size() == after.size());
    std::string old_questions;
    std::string new_questions;
    for (std::size_t who = 0; who < before.size(); who += 3)
        for (std::size_t on = 0; on < before.size(); on += 7) {
            old_questions += before[who] + "\t" + before[on] + "\n";
            new_questions += after[who] + "\t" + after[on] + "\n";
        }
    files.check_same({"access", "--base", "B", "--lines"}, old_questions, new_questions);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
