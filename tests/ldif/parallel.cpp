#include <ldif/parallel.hpp>
#include <ldif/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace dsplan::ldif;
namespace fs = std::filesystem;

namespace {

struct reading {
    std::vector<record> records;
    std::string error;

    bool operator==(reading const&) const = default;
};

reading read(std::string const& text, unsigned threads) {
    auto const file = fs::temp_directory_path() / "dsplan-ldif-parallel.ldf";
    std::ofstream(file, std::ios::binary) << text;
    reading all;
    auto const done = for_each_record(file, {}, threads,
                                      [&](record_view const& it) { assign(all.records.emplace_back(), it); });
    if (!done)
        all.error = render_caret(done.error());
    fs::remove(file);
    return all;
}

// Some megabytes of entries and changes, folded, in base64.
std::string many_records(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        record made;
        made.dn = "CN=u" + std::to_string(i) + ",DC=x";
        made.changetype = change_type::modify;
        made.modifications = {
            {modification_operation::add, "a", {std::string(i % 700, 'a'), "\x01" + std::to_string(i)}},
            {modification_operation::replace, "b", {}}};
        if (i % 2 == 0) {
            made.changetype = change_type::add;
            made.modifications.clear();
            made.attributes = {{"c", std::string(i % 900, '\x02')}, {"d", std::to_string(i)}};
        }
        write(text, made, {.line_end = i % 3 == 0 ? line_ends::crlf : line_ends::lf});
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(parallel)

BOOST_AUTO_TEST_CASE(several_threads_give_what_one_gives) {
    auto const text = many_records(9000);
    auto const one = read(text, 1);
    BOOST_TEST(one.records.size() == 9000U);
    BOOST_TEST((read(text, 2) == one));
    BOOST_TEST((read(text, 5) == one));
}

BOOST_AUTO_TEST_CASE(an_error_has_its_place_in_the_file_and_ends_the_reading) {
    auto text = many_records(9000);
    auto const one = read(text + "dn: CN=a\nb c\n\n" + many_records(5), 1);
    BOOST_TEST(one.records.size() == 9000U);
    BOOST_TEST(one.error.find(".ldf:") != std::string::npos, one.error);
    BOOST_TEST((read(text + "dn: CN=a\nb c\n\n" + many_records(5), 3) == one));
}

BOOST_AUTO_TEST_CASE(a_record_larger_than_a_piece_is_read) {
    auto const text = "dn: CN=a\nb: " + std::string(5000000, 'x') + "\n\n" + many_records(10);
    BOOST_TEST((read(text, 2) == read(text, 1)));
    BOOST_TEST(read(text, 2).records.size() == 11U);
}

BOOST_AUTO_TEST_SUITE_END()
