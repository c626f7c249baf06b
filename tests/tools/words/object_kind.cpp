#include <sddl/parse.hpp>
#include <tools/dsplan/words/object_kind.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(object_kind)

using dsplan::words::object_kind;

namespace {

std::string words_of(object_kind kind, std::uint32_t mask) {
    return dsplan::words::kind_mask_words(kind, {mask});
}

std::string guess(std::string_view text) {
    auto const found = dsplan::words::guess_object_kind(dsplan::sddl::parse(text).value());
    return std::string(dsplan::words::row_of(found.kind).name) + ": " + found.reason;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_same_bits_on_different_objects) {
    using kind = dsplan::words::object_kind;
    BOOST_TEST(words_of(kind::file, 0x1200A9) == "read and execute");
    BOOST_TEST(words_of(kind::file, 0x1301BF) == "modify");
    BOOST_TEST(words_of(kind::file, 0x12019F) == "read, write");
    BOOST_TEST(words_of(kind::file, 0x1300A9) == "read and execute, delete");
    BOOST_TEST(words_of(kind::file, 0x100001) == "read data or list the folder, synchronize");
    BOOST_TEST(words_of(kind::share, 0x1301BF) == "change");
    BOOST_TEST(words_of(kind::registry, 0xF003F) == "full control");
    BOOST_TEST(words_of(kind::registry, 0x20019) == "read");
    BOOST_TEST(words_of(kind::service, 0x2018D) == "query the configuration, query the status, enumerate "
                                                   "dependents, interrogate, user-defined control, read "
                                                   "permissions");
    BOOST_TEST(words_of(kind::service_manager, 0xF003F) == "full control");
    BOOST_TEST(words_of(kind::event_log, 0x3) == "read, write");
    BOOST_TEST(words_of(kind::com, 0x1F) == "execute, local launch or access, remote launch or access, local "
                                            "activation, remote activation");
    BOOST_TEST(words_of(kind::wmi, 0x6003F) == "full control");
    BOOST_TEST(words_of(kind::printer, 0x20008) == "print");
    BOOST_TEST(words_of(kind::process, 0x1410) ==
               "read memory, query information, query limited information");
    BOOST_TEST(words_of(kind::event_log, 0x8) == "0x8");
    BOOST_TEST(words_of(kind::event_log, 0) == "nothing");
}

BOOST_AUTO_TEST_CASE(what_masks_give_away) {
    BOOST_TEST(guess("D:(A;;RC;;;WD)(A;;FRFX;;;BU)") ==
               "file: ACE 2 of the DACL has SYNCHRONIZE (0x100000), which is no right on a directory object");
    BOOST_TEST(guess("D:(A;;FA;;;SY)").starts_with("file: "));
    BOOST_TEST(guess("S:(AU;SA;FA;;;WD)").starts_with("file: ACE 1 of the SACL"));
    BOOST_TEST(guess("D:(A;;KA;;;SY)(A;;KR;;;BU)") ==
               "registry: the mask of ACE 1 of the DACL is the set KA of a registry key");
}

// Full control of a service is full control of a directory object; nothing tells them apart.
BOOST_AUTO_TEST_CASE(what_masks_do_not_give_away) {
    BOOST_TEST(guess("D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SY)(A;;CCLCSWLOCRRC;;;IU)") == "directory: ");
    BOOST_TEST(guess("D:") == "directory: ");
    BOOST_TEST(guess("D:(A;;KA;;;SY)(A;;DT;;;WD)") == "directory: ");
    BOOST_TEST(guess("S:(ML;;NW;;;LW)") == "directory: ");
    BOOST_TEST(guess("D:(OA;;CR;00299570-246d-11d0-a768-00aa006e0529;;WD)(A;;0x1f01ff;;;SY)") ==
               "directory: ACE 1 of the DACL is of an object type");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
