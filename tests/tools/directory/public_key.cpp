#include <tools/dsplan/directory/public_key.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/tools/key_credential_value.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(public_key)

using namespace dsplan::directory;

namespace {

std::string der(char tag, std::string const& content) {
    std::string size(1, static_cast<char>(content.size()));
    if (content.size() > 0x7F)
        size =
            std::string("\x82") + static_cast<char>(content.size() >> 8U) + static_cast<char>(content.size());
    return tag + size + content;
}

std::string pkcs1(std::string const& modulus) {
    return der(0x30, der(0x02, std::string(1, '\0') + modulus) + der(0x02, std::string("\x01\x00\x01", 3)));
}

// The modulus 65537^a mod M of the vulnerable keys, M the product of the primes up to 167, for a = 5.
std::string const marked_modulus("\x01\x00\x05\x00\x0a\x00\x0a\x00\x05\x00\x01", 11); // 65537^5

} // namespace

BOOST_AUTO_TEST_CASE(a_blob_has_the_bits_of_its_modulus) {
    for (std::size_t const bits : {1024U, 2048U, 4096U}) {
        auto const read = read_public_key(rsa_blob(test_modulus(bits)));
        BOOST_TEST((read.form == key_form::rsa_blob));
        BOOST_TEST(read.bits() == bits);
        BOOST_TEST(read.fault == "");
    }
}

BOOST_AUTO_TEST_CASE(leading_zeros_are_no_bits) {
    BOOST_TEST(read_public_key(rsa_blob(std::string(128, '\0') + std::string(128, '\x01'))).bits() == 1017U);
}

BOOST_AUTO_TEST_CASE(a_blob_that_is_cut_off_says_so) {
    auto const whole = rsa_blob(test_modulus(2048));
    BOOST_TEST(read_public_key(whole.substr(0, 20)).fault == "the header of the RSA key is cut off");
    BOOST_TEST(read_public_key(whole.substr(0, 200)).fault == "exponent and modulus are longer than the key");
}

BOOST_AUTO_TEST_CASE(der_with_and_without_an_envelope) {
    auto const plain = pkcs1(test_modulus(2048));
    BOOST_TEST(read_public_key(plain).bits() == 2048U);
    auto const algorithm = der(0x30, std::string("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", 13));
    auto const wrapped = der(0x30, algorithm + der(0x03, std::string(1, '\0') + plain));
    BOOST_TEST(read_public_key(wrapped).bits() == 2048U);
    BOOST_TEST((read_public_key(wrapped).form == key_form::rsa_der));
    BOOST_TEST(read_public_key(wrapped.substr(0, 100)).fault == "the DER holds no RSA key");
}

BOOST_AUTO_TEST_CASE(a_fido_key_gives_its_name) {
    auto const read = read_public_key(R"({"version":1,"displayName":"Ruth's key","x5c":["MII="]})");
    BOOST_TEST((read.form == key_form::fido));
    BOOST_TEST(read.name == "Ruth's key");
    BOOST_TEST(read_public_key("{\"version\":").fault == "the JSON of the FIDO key cannot be read");
}

BOOST_AUTO_TEST_CASE(other_forms_are_named_or_unknown) {
    BOOST_TEST((read_public_key("PCPM1234").form == key_form::tpm_blob));
    BOOST_TEST((read_public_key("").form == key_form::unknown));
    BOOST_TEST((read_public_key("ECS1").form == key_form::unknown));
}

BOOST_AUTO_TEST_CASE(only_moduli_that_are_powers_of_65537_bear_the_mark) {
    BOOST_TEST(has_roca_fingerprint(marked_modulus));
    auto other = marked_modulus;
    other.back() = '\x03';
    BOOST_TEST(!has_roca_fingerprint(other));
    BOOST_TEST(!has_roca_fingerprint(test_modulus(2048)));
    BOOST_TEST(!has_roca_fingerprint(""));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
