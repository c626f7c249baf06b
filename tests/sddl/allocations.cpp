#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

using namespace dsplan::sddl;

namespace {

std::atomic<std::size_t> allocated = 0;

} // namespace

// Counts what the whole test program allocates.
void* operator new(std::size_t size) {
    ++allocated;
    if (void* const place = std::malloc(size == 0 ? 1 : size))
        return place;
    throw std::bad_alloc();
}

void* operator new(std::size_t size, std::nothrow_t const& /*tag*/) noexcept {
    ++allocated;
    return std::malloc(size == 0 ? 1 : size);
}

void operator delete(void* place) noexcept {
    std::free(place);
}

void operator delete(void* place, std::size_t /*size*/) noexcept {
    std::free(place);
}

namespace {

template <class Work>
std::size_t allocations_of(Work const& work) {
    auto const before = allocated.load();
    auto const kept = work();
    return allocated - before;
}

// Plain and object ACEs in turns.
std::string descriptor_of(std::size_t pairs) {
    std::string text = "O:BAG:BAD:";
    for (std::size_t index = 0; index < pairs; ++index)
        text += "(A;CI;RPWP;;;S-1-5-21-1-2-3-1105)"
                "(OA;CIIO;RPWP;5b47d60f-6090-40b2-9f37-2a4de88f3063;bf967aba-0de6-11d0-a285-00aa003049e2;"
                "S-1-5-21-1-2-3-1106)";
    return text;
}

constexpr std::size_t few = 10;
constexpr std::size_t many = 300;

} // namespace

BOOST_AUTO_TEST_SUITE(allocations)

BOOST_AUTO_TEST_CASE(octets_become_a_model_without_one_for_each_ace) {
    auto const octets_of_few = write_self_relative(parse(descriptor_of(few)).value());
    auto const octets_of_many = write_self_relative(parse(descriptor_of(many)).value());
    auto const for_few = allocations_of([&] { return read_self_relative(octets_of_few); });
    BOOST_TEST(for_few == 1U); // the vector of the ACEs
    BOOST_TEST(allocations_of([&] { return read_self_relative(octets_of_many); }) == for_few);
}

BOOST_AUTO_TEST_CASE(a_model_becomes_octets_without_one_for_each_ace) {
    auto const count = [](std::size_t pairs) {
        auto const model = parse(descriptor_of(pairs)).value();
        auto const read = read_self_relative(write_self_relative(model)).value();
        return std::pair(allocations_of([&] { return write_self_relative(model); }),
                         allocations_of([&] { return write_self_relative(read); }));
    };
    BOOST_TEST(count(few).first == 1U); // the octets
    BOOST_TEST(count(many).first == count(few).first);
    BOOST_TEST(count(many).second == count(few).second);
}

BOOST_AUTO_TEST_CASE(text_becomes_a_model_as_the_vector_grows) {
    auto const text_of_few = descriptor_of(few);
    auto const text_of_many = descriptor_of(many);
    auto const more = allocations_of([&] { return parse(text_of_many); }) -
                      allocations_of([&] { return parse(text_of_few); });
    BOOST_TEST(more <= 6U); // 32 to 1,024 places, doubling
}

BOOST_AUTO_TEST_CASE(a_model_becomes_text_as_the_string_grows) {
    auto const few_aces = parse(descriptor_of(few)).value();
    auto const many_aces = parse(descriptor_of(many)).value();
    auto const more =
        allocations_of([&] { return write(many_aces); }) - allocations_of([&] { return write(few_aces); });
    BOOST_TEST(more <= 6U);
}

// What is after the SID of a callback ACE is a vector of the ACE's own.
BOOST_AUTO_TEST_CASE(a_condition_is_one_vector_of_octets) {
    auto const octets_with = [](std::size_t conditions) {
        std::string text = "D:(A;;GA;;;SY)";
        for (std::size_t index = 0; index < conditions; ++index)
            text += "(XA;;RP;;;WD;(@User.Department == \"Sales\"))";
        return write_self_relative(parse(text).value());
    };
    auto const octets = octets_with(20);
    BOOST_TEST(allocations_of([&] { return read_self_relative(octets); }) == 21U);
}

BOOST_AUTO_TEST_SUITE_END()
