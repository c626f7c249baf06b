#include <tools/dsplan/directory/key_credential.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/tools/key_credential_value.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(key_credential)

using namespace dsplan::directory;

namespace {

std::string rejection(std::string_view octets) {
    auto const read = read_key_credential(octets);
    BOOST_TEST_REQUIRE(!read);
    return std::to_string(read.error().begin) + ": " + dsplan::sddl::message(read.error());
}

// Version, KeyID of 2 octets, KeyUsage.
std::string const small = little_endian(0x200, 4) + key_entries(0x200, {{1, "ab"}, {4, "\x01"}});

} // namespace

BOOST_AUTO_TEST_CASE(a_value_as_windows_hello_writes_it) {
    auto const read = read_key_credential(key_blob({.source = 0})).value();
    BOOST_TEST(read.version == 0x200U);
    BOOST_TEST((read.key_id == read.expected_key_id));
    BOOST_TEST((read.key_hash == read.expected_key_hash));
    BOOST_TEST(usage_text(read) == "sign-in key (NGC)");
    BOOST_TEST(source_text(read) == "Active Directory");
    BOOST_TEST(fmt::format("{}", read.device.value()) == "11111111-1111-1111-1111-111111111111");
    BOOST_TEST((read.custom == custom_key_information{.version = 1}));
    BOOST_TEST(time_text(read, read.created.value()) == "2021-01-01 00:00:00 UTC");
    BOOST_TEST(missing_entries(read).empty());
    BOOST_TEST(read.unknown_entries.empty());
}

BOOST_AUTO_TEST_CASE(times_are_counted_by_who_wrote_them) {
    std::int64_t const ticks = 637'450'560'000'000'000; // 2021-01-01 in .NET
    std::int64_t const utc = 0x4000'0000'0000'0000;
    auto const time = [](key_plan const& plan) {
        auto const read = read_key_credential(key_blob(plan)).value();
        return time_text(read, read.created.value());
    };
    BOOST_TEST(time({.source = 1, .created = ticks | utc}) == "2021-01-01 00:00:00 UTC");
    BOOST_TEST(time({.version = 0x100, .source = 0, .created = ticks | utc}) == "2021-01-01 00:00:00 UTC");
    BOOST_TEST(time({.version = 0, .source = 0, .created = ticks}) == "2021-01-01 00:00:00 UTC");
    BOOST_TEST(time({.source = 0, .created = -1}) == "-1, which is no time");
}

BOOST_AUTO_TEST_CASE(entries_of_version_0_are_padded) {
    auto const read = read_key_credential(key_blob({.version = 0})).value();
    BOOST_TEST((read.usage == 1));
    BOOST_TEST((read.key_hash == read.expected_key_hash));
}

BOOST_AUTO_TEST_CASE(hashes_that_do_not_fit_are_kept_beside_those_that_would) {
    auto octets = key_blob({});
    octets[4 + 3] ^= '\x01';          // KeyID
    octets[4 + 3 + 32 + 3] ^= '\x01'; // KeyHash
    auto const read = read_key_credential(octets).value();
    BOOST_TEST((read.key_id != read.expected_key_id));
    BOOST_TEST((read.key_hash != read.expected_key_hash));
}

BOOST_AUTO_TEST_CASE(unknown_entries_are_passed_over) {
    auto const read = read_key_credential(key_blob({.more = {{10, "x"}, {255, ""}}})).value();
    BOOST_TEST((read.unknown_entries == std::vector<std::uint8_t>{10, 255}));
    BOOST_TEST((read.usage == 1));
}

BOOST_AUTO_TEST_CASE(required_entries_that_are_missing_are_named) {
    auto const read = read_key_credential(little_endian(0x200, 4)).value();
    BOOST_TEST((missing_entries(read) == std::vector<std::string_view>{"KeyID", "KeyMaterial", "KeyUsage"}));
}

BOOST_AUTO_TEST_CASE(a_usage_may_be_text) {
    auto const octets = little_endian(0x100, 4) + key_entries(0x100, {{4, "NGC"}});
    BOOST_TEST(usage_text(read_key_credential(octets).value()) == "usage 'NGC'");
}

BOOST_AUTO_TEST_CASE(every_cut_is_an_error_at_its_place_or_the_end_of_an_entry) {
    auto const whole = key_blob({});
    std::vector<std::size_t> readable;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        auto const read = read_key_credential(whole.substr(0, size));
        if (read)
            readable.push_back(size);
        else
            BOOST_TEST((read.error().begin <= size && read.error().end == size), "cut at " << size);
    }
    // Behind the version, KeyID, KeyHash, KeyMaterial, KeyUsage, KeySource, DeviceId, custom, last logon.
    std::size_t const material = rsa_blob(test_modulus(2048)).size();
    std::vector<std::size_t> expected{4};
    for (std::size_t const size : {std::size_t{32}, std::size_t{32}, material, std::size_t{1}, std::size_t{1},
                                   std::size_t{16}, std::size_t{2}, std::size_t{8}})
        expected.push_back(expected.back() + 3 + size);
    BOOST_TEST(readable == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_value_is_said_with_its_place) {
    BOOST_TEST(rejection("") == "0: expected a version of 4 octets, found the end");
    BOOST_TEST(rejection(little_endian(3, 4)) == "0: expected version 0, 0x100 or 0x200, found 0x3");
    BOOST_TEST(rejection(small.substr(0, 5)) == "4: expected an entry of at least 3 octets, found 1 octets");
    BOOST_TEST(rejection(small.substr(0, 8)) == "7: expected 2 octets of entry 1, found 1 octets");
    BOOST_TEST(rejection(little_endian(0x200, 4) + key_entries(0x200, {{6, "abc"}})) ==
               "7: expected 16 octets in entry 6, found 3 octets");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
