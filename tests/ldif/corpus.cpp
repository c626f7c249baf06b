#include <ldif/base64.hpp>
#include <ldif/reader.hpp>
#include <ldif/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace dsplan::ldif;
namespace fs = std::filesystem;

// Every file NAME.ldf of testdata/ldif/{accepted,rejected,dialects} with NAME.expected beside it: what the
// reader makes of it, records, findings and errors in turn. DSPLAN_UPDATE_EXPECTED=1 rewrites them.
namespace {

std::vector<fs::path> files(std::string const& folder) {
    std::vector<fs::path> found;
    for (auto const& it : fs::directory_iterator(fs::path(DSPLAN_TESTDATA) / "ldif" / folder))
        if (it.path().extension() == ".ldf")
            found.push_back(it.path());
    std::sort(found.begin(), found.end());
    return found;
}

std::string content(fs::path const& file) {
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), {}};
}

// The name of a file says how it is to be read.
reader_options options_for(fs::path const& file) {
    auto const name = file.filename().string();
    reader_options options;
    if (name.starts_with("rfc2849-"))
        options.rules = policies::rfc2849();
    if (name.starts_with("latin1-"))
        options.encoding = text_encoding::latin1;
    if (name.starts_with("windows1252-"))
        options.encoding = text_encoding::windows_1252;
    if (name.starts_with("utf16le-asked"))
        options.encoding = text_encoding::utf16_little_endian;
    return options;
}

std::vector<record> records_of(reader input) {
    std::vector<record> records;
    for (;;) {
        auto const next = input.next();
        if (!next)
            continue;
        if (*next == nullptr)
            return records;
        records.push_back(**next);
        records.back().line = 0;
    }
}

std::string describe(finding const& it) {
    return "finding " + std::string(to_string(it.rule)) + ": " + message(it.what) + "\n" +
           render_caret(it.what);
}

std::string transcript(fs::path const& file) {
    auto const text = content(file);
    auto input = reader::from_text(text, file.filename().string(), options_for(file));
    std::string shown;
    for (;;) {
        auto const next = input.next();
        for (auto const& it : input.findings())
            shown += describe(it);
        if (!next) {
            shown += "error: " + message(next.error()) + "\n" + render_caret(next.error()) + "\n";
            if (!next.error().can_continue)
                return shown;
            continue;
        }
        if (*next == nullptr)
            return shown;
        shown += "record of line " + std::to_string((*next)->line) + "\n";
        shown += write(**next, {.profile = writer_profile::rfc2849, .fold_column = 0});
    }
}

void check_folder(std::string const& folder) {
    bool const update = std::getenv("DSPLAN_UPDATE_EXPECTED") != nullptr;
    for (auto const& file : files(folder)) {
        auto expected = file;
        expected.replace_extension(".expected");
        auto const shown = transcript(file);
        if (update)
            std::ofstream(expected, std::ios::binary) << shown;
        BOOST_TEST(shown == content(expected), file.filename() << "\n" << shown);
    }
}

// Records as they are after a trip through the ldifde profile, which makes every entry an addition.
std::vector<record> as_additions(std::vector<record> records) {
    for (auto& it : records)
        it.changetype = it.changetype.value_or(change_type::add);
    return records;
}

} // namespace

BOOST_AUTO_TEST_SUITE(corpus)

BOOST_AUTO_TEST_CASE(accepted) {
    check_folder("accepted");
}

BOOST_AUTO_TEST_CASE(rejected) {
    check_folder("rejected");
}

BOOST_AUTO_TEST_CASE(dialects) {
    check_folder("dialects");
}

BOOST_AUTO_TEST_CASE(no_accepted_file_has_an_error_and_every_rejected_one_has) {
    for (auto const& file : files("accepted"))
        BOOST_TEST(content(file.parent_path() / (file.stem().string() + ".expected")).find("error: ") ==
                       std::string::npos,
                   file.filename());
    for (auto const& file : files("rejected"))
        BOOST_TEST(content(file.parent_path() / (file.stem().string() + ".expected")).find("error: ") !=
                       std::string::npos,
                   file.filename());
}

BOOST_AUTO_TEST_CASE(every_file_comes_back_from_every_profile_and_fold_column) {
    for (std::string const folder : {"accepted", "rejected", "dialects"})
        for (auto const& file : files(folder)) {
            auto const text = content(file);
            auto const records = records_of(reader::from_text(text, {}, options_for(file)));
            for (std::size_t const column : {0U, 10U, 20U, 76U, 78U, 80U})
                for (auto const profile : {writer_profile::ldifde, writer_profile::rfc2849}) {
                    std::string written = file_head({.profile = profile});
                    for (auto const& it : records)
                        write(written, it, {.profile = profile, .fold_column = column});
                    auto const again = records_of(reader::from_text(written));
                    BOOST_TEST(
                        (again == (profile == writer_profile::ldifde ? as_additions(records) : records)),
                        file.filename() << " folded at " << column << "\n"
                                        << written);
                }
        }
}

BOOST_AUTO_TEST_CASE(a_stream_and_a_file_give_what_memory_gives) {
    for (std::string const folder : {"accepted", "dialects"})
        for (auto const& file : files(folder)) {
            auto const text = content(file);
            auto const expected = records_of(reader::from_text(text, {}, options_for(file)));
            std::ifstream input(file, std::ios::binary);
            BOOST_TEST((records_of(reader::from_stream(input, "", options_for(file))) == expected), file);
            auto opened = reader::open(file, options_for(file));
            if (opened)
                BOOST_TEST((records_of(std::move(*opened)) == expected), file);
        }
}

BOOST_AUTO_TEST_SUITE_END()
