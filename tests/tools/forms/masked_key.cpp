#include <tools/dsplan/directory/key_credential.hpp>
#include <tools/dsplan/forms/masked_key.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/tools/key_credential_value.hpp>

BOOST_AUTO_TEST_SUITE(forms)
BOOST_AUTO_TEST_SUITE(masked_key)

namespace {

dsplan::directory::key_credential masked(std::string const& octets) {
    dsplan::masked_names const names("correct horse battery");
    return dsplan::directory::read_key_credential(dsplan::masked_key_credential(octets, names)).value();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_key_and_the_device_change_and_nothing_else) {
    auto const octets = key_blob({});
    auto const before = dsplan::directory::read_key_credential(octets).value();
    auto const after = masked(octets);
    BOOST_TEST((*after.material != *before.material));
    BOOST_TEST(after.material->size() == before.material->size());
    BOOST_TEST((*after.device != *before.device));
    BOOST_TEST((after.usage == before.usage));
    BOOST_TEST((after.source == before.source));
    BOOST_TEST((after.custom == before.custom));
    BOOST_TEST((after.created == before.created));
    BOOST_TEST((after.last_logon == before.last_logon));
}

BOOST_AUTO_TEST_CASE(hashes_are_right_where_they_were_right) {
    auto octets = key_blob({});
    auto const right = masked(octets);
    BOOST_TEST((*right.key_id == right.expected_key_id));
    BOOST_TEST((*right.key_hash == right.expected_key_hash));
    octets.back() = static_cast<char>(octets.back() ^ 1); // within what KeyHash is of
    auto const wrong = masked(octets);
    BOOST_TEST((*wrong.key_id == wrong.expected_key_id));
    BOOST_TEST((*wrong.key_hash != wrong.expected_key_hash));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
