#include <ldif/reader.hpp>
#include <ldif/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace dsplan::ldif;
namespace fs = std::filesystem;

namespace {

// A file of its own for a test, gone with it.
class temporary_file {
public:
    explicit temporary_file(std::string const& content) {
        static int number = 0;
        do
            path_ = fs::temp_directory_path() / ("dsplan-ldif-test-" + std::to_string(++number));
        while (!fs::create_directory(path_));
        std::ofstream(path_ / "a.ldf", std::ios::binary) << content;
    }
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;
    ~temporary_file() { fs::remove_all(path_); }
    [[nodiscard]] fs::path file() const { return path_ / "a.ldf"; }
    [[nodiscard]] fs::path folder() const { return path_; }

private:
    fs::path path_;
};

std::string open_error(fs::path const& file) {
    auto const opened = dsplan::ldif::reader::open(file);
    if (opened)
        return "opened";
    BOOST_TEST(opened.error().file == file.string());
    BOOST_TEST(opened.error().line == 0U);
    BOOST_TEST(!opened.error().can_continue);
    BOOST_TEST(render_caret(opened.error()).starts_with("  " + file.string() + "\n"));
    return message(opened.error()) + "; " + opened.error().hint;
}

} // namespace

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_an_error_with_its_reason) {
    temporary_file const empty("");
    BOOST_TEST(open_error(empty.file()) ==
               "expected LDIF records, found an empty file; the export wrote nothing: look at its messages");
    BOOST_TEST(open_error(empty.folder()) ==
               "expected an LDIF file that can be read, found a directory; name one file in it");
    BOOST_TEST(
        open_error(empty.folder() / "none.ldf") ==
        "expected an LDIF file that can be read, found no such file; check the spelling and the folder");
    temporary_file const binary(std::string("\x7F"
                                            "ELF\x02\x01\x00\x00\x10",
                                            9));
    BOOST_TEST(open_error(binary.file()) ==
               "expected LDIF text, found a binary file; give the text file that "
               "ldifde, ldapsearch or ldbsearch wrote");
    temporary_file const packed("\x1f\x8b\x08 packed");
    BOOST_TEST(open_error(packed.file()) == "expected LDIF text, found a packed file; unpack it first");
    temporary_file const wide(std::string("d\0n\0:\0 \0C\0N\0=\0a\0\n\0", 18));
    BOOST_TEST(open_error(wide.file()) ==
               "expected LDIF text, found a binary file; it may be UTF-16 without a "
               "byte order mark: say --encoding utf-16le");
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_taken_where_the_policy_accepts_it) {
    temporary_file const empty("");
    reader_options options;
    options.rules[policy::empty_file] = policy_action::accept;
    auto opened = dsplan::ldif::reader::open(empty.file(), options);
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->next().value() == nullptr);
}

BOOST_AUTO_TEST_CASE(a_record_over_the_limit_is_an_error_and_reading_goes_on_behind_it) {
    std::string const text =
        "dn: CN=a\nb: 1\n\ndn: CN=b\nc: " + std::string(5000, 'x') + "\nd: 1\n\ndn: CN=c\nd: 1\n\n";
    for (bool const from_memory : {true, false}) {
        std::istringstream stream(text);
        reader_options const options{.maximum_record_size = 1000};
        auto input = from_memory ? dsplan::ldif::reader::from_text(text, "a.ldf", options)
                                 : dsplan::ldif::reader::from_stream(stream, "a.ldf", options);
        BOOST_TEST(input.next().value()->dn == "CN=a");
        auto const error = input.next();
        BOOST_TEST_REQUIRE(!error.has_value());
        BOOST_TEST(message(error.error()) == "expected a line of at most 1000 octets, found a longer one");
        BOOST_TEST(render_caret(error.error()) ==
                   "  a.ldf:5\n  no object of a directory is that large: the file is damaged, or no LDIF\n");
        BOOST_TEST(error.error().can_continue);
        auto const next = input.next();
        BOOST_TEST(next.value()->dn == "CN=c");
        BOOST_TEST(next.value()->line == 8U);
        BOOST_TEST(input.next().value() == nullptr);
    }
}

BOOST_AUTO_TEST_CASE(a_file_of_endless_lines_takes_bounded_memory) {
    // Four times the limit in one line, from a stream that makes it up.
    class endless : public std::streambuf {
    public:
        explicit endless(std::size_t size) : left_(size) { setg(buffer_, buffer_, buffer_); }
        int_type underflow() override {
            if (left_ == 0)
                return traits_type::eof();
            left_ -= std::min(left_, sizeof buffer_);
            std::fill(std::begin(buffer_), std::end(buffer_), 'x');
            setg(buffer_, buffer_, std::end(buffer_));
            return 'x';
        }

    private:
        std::size_t left_;
        char buffer_[4096];
    };
    endless source(std::size_t{4} << 20);
    std::istream stream(&source);
    auto input = dsplan::ldif::reader::from_stream(stream, "a.ldf", {.maximum_record_size = 1 << 20});
    auto const error = input.next();
    BOOST_TEST_REQUIRE(!error.has_value());
    BOOST_TEST(message(error.error()) == "expected a line of at most 1048576 octets, found a longer one");
    BOOST_TEST(input.next().value() == nullptr);
}

BOOST_AUTO_TEST_CASE(follows_urls_only_below_the_root_folder) {
    temporary_file const base("value of a file");
    auto const read = [](std::string const& url, std::optional<url_values> const& urls) {
        auto const text = "dn: CN=a\nb:< " + url + "\n";
        auto input = dsplan::ldif::reader::from_text(text, "a.ldf", {.urls = urls});
        auto const next = input.next();
        return next ? (*next)->attributes[0].value : message(next.error());
    };
    auto const url = "file://" + base.file().string();
    BOOST_TEST(read(url, url_values{base.folder()}) == "value of a file");
    BOOST_TEST(read(url, std::nullopt).starts_with("expected a value, not a URL, found '"));
    BOOST_TEST(
        read(url, url_values{base.folder() / "none"}).starts_with("expected a file below the root folder"));
    BOOST_TEST(read("file://" + base.folder().string() + "/../../etc/passwd", url_values{base.folder()})
                   .starts_with("expected a file "));
    BOOST_TEST(read(url, url_values{base.folder(), 5}).starts_with("expected a file of at most 5 octets"));
    BOOST_TEST(
        read("http://contoso.com/", url_values{base.folder()}).starts_with("expected a URL file:///path"));
    BOOST_TEST(read("file:///%00", url_values{base.folder()}).starts_with("expected a URL file:///path"));
}

BOOST_AUTO_TEST_CASE(gives_the_text_of_each_record_and_what_stands_between) {
    std::string const text = "# head\n\n# one\ndn: CN=a\nb: 1\n c\n\n\ndn: CN=b\nc: 1\n\n# tail\n";
    auto input = dsplan::ldif::reader::from_text(text);
    auto const* first = input.next_view().value();
    BOOST_TEST(first->text_before == "# head\n\n");
    BOOST_TEST(first->text == "# one\ndn: CN=a\nb: 1\n c\n");
    auto const* second = input.next_view().value();
    BOOST_TEST(second->text_before == "");
    BOOST_TEST(second->text == "dn: CN=b\nc: 1\n");
    BOOST_TEST(input.next_view().value() == nullptr);
    BOOST_TEST(input.text_behind() == "# tail\n\n");
    BOOST_TEST(input.position() == text.size());
}

BOOST_AUTO_TEST_CASE(policies_decide_what_is_taken) {
    auto const read = [](policy_action action) {
        reader_options options;
        options.rules[policy::duplicate_values] = action;
        auto input = dsplan::ldif::reader::from_text("dn: CN=a\nb: 1\nb: 1\n", "a.ldf", options);
        bool const taken = input.next().has_value();
        return std::pair(taken, input.findings().size());
    };
    BOOST_TEST((read(policy_action::accept) == std::pair(true, std::size_t{0})));
    BOOST_TEST((read(policy_action::warn) == std::pair(true, std::size_t{1})));
    BOOST_TEST((read(policy_action::reject) == std::pair(false, std::size_t{0})));
}

BOOST_AUTO_TEST_CASE(duplicates_are_found_among_many_values) {
    std::string text = "dn: CN=a\n";
    for (int i = 0; i < 100; ++i)
        text += "member: CN=" + std::to_string(i) + "\n";
    text += "member: CN=42\n";
    auto input = dsplan::ldif::reader::from_text(text, "a.ldf");
    BOOST_TEST(input.next().has_value());
    BOOST_TEST_REQUIRE(input.findings().size() == 1U);
    BOOST_TEST(message(input.findings()[0].what) ==
               "expected every value of member once, found the value of line 44 again");
    BOOST_TEST(input.findings()[0].what.line == 102U);
}

BOOST_AUTO_TEST_CASE(every_policy_has_a_name_of_its_own) {
    for (std::size_t i = 0; i < policy_count; ++i) {
        auto const rule = static_cast<policy>(i);
        BOOST_TEST((policy_named(to_string(rule)) == rule));
    }
    BOOST_TEST(!policy_named("none").has_value());
}

BOOST_AUTO_TEST_CASE(finds_repeated_values_wherever_they_stand) {
    auto rules = policies::ldifde();
    rules[policy::duplicate_values] = policy_action::reject;
    auto const read = [&rules](std::string_view text) {
        auto input = dsplan::ldif::reader::from_text(text, {}, {.rules = rules});
        for (;;) {
            auto const next = input.next();
            if (!next)
                return message(next.error());
            if (*next == nullptr)
                return std::string("fine");
        }
    };
    BOOST_TEST(read("dn: DC=x\na: 1\nb: 1\nA: 1\n") ==
               "expected every value of A once, found the value of line 2 again");
    BOOST_TEST(read("dn: DC=x\na: 1\nb: 1\n\ndn: DC=y\na: 1\nb: 1\n\ndn: DC=z\na: 1\nb: 1\na: 2\n") ==
               "fine");
    BOOST_TEST(read("dn: DC=x\na: 1\nb: 1\na: 2\n\ndn: DC=y\na: 1\nb: 1\na: 1\n") ==
               "expected every value of a once, found the value of line 7 again");
}

BOOST_AUTO_TEST_CASE(a_mapped_file_reads_as_any_other) {
    for (std::filesystem::path const file : {"accepted", "dialects", "rejected"})
        for (auto const& it :
             std::filesystem::directory_iterator(std::filesystem::path(DSPLAN_TESTDATA) / "ldif" / file)) {
            if (it.path().extension() != ".ldf")
                continue;
            auto const show = [&it](bool maps) {
                std::string text;
                auto input = dsplan::ldif::reader::open(it.path(), {.maps_files = maps});
                while (input) {
                    auto const next = input->next();
                    if (next && *next == nullptr)
                        break;
                    text += next ? write(**next) : message(next.error()) + "\n";
                    if (!next && !next.error().can_continue)
                        break;
                }
                return input ? text : message(input.error());
            };
            BOOST_TEST(show(true) == show(false), it.path());
        }
}

BOOST_AUTO_TEST_CASE(an_incomplete_file_is_read_without_what_was_cut_off) {
    auto const read = [](std::string_view text) {
        reader_options options;
        options.rules.allow_incomplete_files();
        auto input = dsplan::ldif::reader::from_text(text, "cut.ldf", options);
        std::string told;
        for (;;) {
            auto const next = input.next();
            BOOST_REQUIRE(next);
            for (auto const& it : input.findings())
                told += std::string(to_string(it.rule)) + ":" + std::to_string(it.what.line) + " ";
            if (*next == nullptr)
                return told;
            told += (*next)->dn + " ";
        }
    };
    BOOST_TEST(read("dn: CN=a\na: 1\n\ndn: CN=b\nmember: CN=Fore") == "CN=a incomplete-record:5 ");
    BOOST_TEST(read("dn: CN=a\na: 1\n\ndn: CN=b\nobjectSid:: AQU\n") == "CN=a incomplete-record:5 ");
    BOOST_TEST(read("dn: CN=a\nchangetype: modify\nadd: a\na: 1\n") == "incomplete-record:4 ");
    // Nothing can follow in the line of '-': the record is whole.
    BOOST_TEST(read("dn: CN=a\nchangetype: modify\nadd: a\na: 1\n-") == "incomplete-record:5 CN=a ");
    BOOST_TEST(read("dn: CN=a\na: 1\n\n# numEntries: 2\n") == "CN=a wrong-total:4 ");
    BOOST_TEST(read("dn: CN=a\na: 1\n\nsearch: 2\nresult: 4 Size limit\n") == "CN=a incomplete-result:5 ");
    BOOST_TEST(read("dn: CN=a\na: 1\n") == "CN=a ");
}

BOOST_AUTO_TEST_SUITE_END()
