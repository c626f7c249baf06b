#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <tests/tools/command_run.hpp>

#ifndef _WIN32
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

BOOST_AUTO_TEST_SUITE(ground)

namespace fs = std::filesystem;

namespace {

struct fixture {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    dsplan::console console{.in = in, .out = out, .err = err};
    temporary_directory scratch;

    [[nodiscard]] fs::path at(std::string const& name) const { return scratch.path() / name; }

    void write(fs::path const& path, std::string const& text) {
        auto file = dsplan::output_file::open(path, console);
        BOOST_REQUIRE(file);
        file->write(text);
        BOOST_REQUIRE(file->commit());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(output_file, fixture)

BOOST_AUTO_TEST_CASE(nothing_appears_without_commit) {
    {
        auto file = dsplan::output_file::open(at("a"), console);
        file->write("half");
        auto standard = dsplan::output_file::open({}, console);
        standard->write("half");
    }
    BOOST_TEST(fs::is_empty(scratch.path()));
    BOOST_TEST(out.str() == "");
    write(at("a"), "whole");
    write({}, "whole");
    BOOST_TEST(read_file(at("a")) == "whole");
    BOOST_TEST(out.str() == "whole");
    BOOST_TEST(err.str() == "");
}

BOOST_AUTO_TEST_CASE(much_text_keeps_its_order_on_standard_output) {
    auto file = dsplan::output_file::open({}, console);
    std::string expected;
    for (int i = 0; i < 200; ++i) {
        auto const part = std::string(50'000, static_cast<char>('a' + i % 26));
        expected += part;
        file->write(part);
    }
    BOOST_REQUIRE(file->commit());
    BOOST_TEST((out.str() == expected));
}

#ifndef _WIN32

BOOST_AUTO_TEST_CASE(a_link_named_like_the_file_beside_is_not_followed_and_named) {
    fs::create_symlink(at("elsewhere"), at("a.part"));
    write(at("a"), "text");
    BOOST_TEST(!fs::exists(at("elsewhere")));
    BOOST_TEST(read_file(at("a")) == "text");
    BOOST_TEST(err.str() ==
               "warning: " + dsplan::shown(at("a.part")) +
                   " is there already: left by a run that was stopped, or another one is writing; "
                   "remove it if none is\n");
}

BOOST_AUTO_TEST_CASE(a_pipe_is_written_through) {
    BOOST_REQUIRE(::mkfifo(at("pipe").c_str(), 0600) == 0);
    int const reader = ::open(at("pipe").c_str(), O_RDONLY | O_NONBLOCK);
    write(at("pipe"), "text");
    char text[8] = {};
    BOOST_TEST(::read(reader, text, sizeof text) == 4);
    BOOST_TEST(std::string(text) == "text");
    ::close(reader);
    BOOST_TEST(fs::is_fifo(at("pipe")));
    write("/dev/null", "text");
    BOOST_TEST(fs::is_character_file("/dev/null"));
}

BOOST_AUTO_TEST_CASE(a_link_to_a_file_stays_a_link) {
    write(at("a"), "before");
    fs::create_symlink(at("a"), at("link"));
    write(at("link"), "after");
    BOOST_TEST(fs::is_symlink(at("link")));
    BOOST_TEST(read_file(at("a")) == "after");
    fs::create_symlink(at("nowhere"), at("dangling"));
    auto const refused = dsplan::output_file::open(at("dangling"), console);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().what == "cannot write " + dsplan::shown(at("dangling")) +
                                           ": it is a link to a file that does not exist");
}

BOOST_AUTO_TEST_CASE(a_folder_is_replaced_and_leftovers_are_found) {
    fs::create_directory(at("plan.partial"));
    auto const leftovers = dsplan::leftovers_beside(at("plan"));
    BOOST_TEST_REQUIRE(leftovers.size() == 1U);
    BOOST_TEST(leftovers.front() == at("plan.partial"));
    fs::remove(at("plan.partial"));
    std::vector<dsplan::artifact> files{{"a", "1"}, {"b/c", "2"}};
    BOOST_REQUIRE(dsplan::write_output_directory(at("plan"), files, false));
    BOOST_TEST(read_file(at("plan") / "b" / "c") == "2");
    fs::remove_all(at("plan"));
    fs::create_directory(at("plan"));
    BOOST_REQUIRE(dsplan::write_output_directory(at("plan"), files, false));
    BOOST_TEST(read_file(at("plan") / "a") == "1");
    BOOST_TEST(dsplan::leftovers_beside(at("plan")).empty());
    BOOST_TEST(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 1);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
