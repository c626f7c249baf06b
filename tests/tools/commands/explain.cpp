#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <tests/sddl/vectors.hpp>
#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(explain)

namespace {

// testdata/explain/NAME has the descriptor in `descriptor` and what is said about it in `text`, `bytes`,
// `json` and `html`. Run with DSPLAN_WRITE_EXPECTED=1 to rewrite these, and read the difference before you
// keep it.
void check_case(std::filesystem::path const& directory) {
    auto descriptor = read_file(directory / "descriptor");
    descriptor.pop_back(); // the line end
    for (std::string const view : {"text", "bytes", "json", "html"}) {
        std::vector<std::string> arguments{"explain", descriptor, "--domain-sid", "S-1-5-21-1-2-3"};
        if (view != "text")
            arguments.push_back("--" + view);
        auto const run = run_command(arguments);
        BOOST_TEST((run.status == dsplan::exit_status::success));
        auto const shown = view == "html" ? content_of_page(run.out) : run.out;
        if (std::getenv("DSPLAN_WRITE_EXPECTED") != nullptr)
            write_file(directory / view, shown);
        BOOST_TEST(shown == read_file(directory / view));
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(cases) {
    for (auto const& each : std::filesystem::directory_iterator(DSPLAN_TESTDATA "/explain"))
        BOOST_TEST_CONTEXT(each.path().filename().string())
    check_case(each.path());
}

BOOST_AUTO_TEST_CASE(a_file_and_standard_input_say_the_same_as_the_argument) {
    std::string const text = "O:BAD:(A;CI;RPWP;;;AU)";
    auto const expected = run_command({"explain", text});
    BOOST_TEST(expected.out.starts_with("Owner  Administrators (BA)\n"));
    temporary_directory const directory;
    auto const octets = run_command({"convert", "--from", "sddl", "--to", "binary", "-"}, text).out;
    auto const base64 = run_command({"convert", "--from", "sddl", "--to", "base64", "-"}, text).out;
    for (auto const& content : {text + "\n", text + "\r\n", octets, base64}) {
        auto const file = directory.path() / "descriptor";
        write_file(file, content);
        BOOST_TEST(run_command({"explain", file.string()}).out == expected.out);
        BOOST_TEST(run_command({"explain", "-"}, content).out == expected.out);
        BOOST_TEST(run_command({"explain"}, content).out == expected.out);
    }
}

BOOST_AUTO_TEST_CASE(names_of_guids_come_from_a_schema_export_where_one_is_given) {
    std::string const text = "D:(OA;CIIO;WP;0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0;11223344-5566-7788-99aa-"
                             "bbccddeeff00;AU)";
    auto const line_of = [](command_run const& run) {
        auto const begin = run.out.find("    1  ");
        return run.out.substr(begin, run.out.find("(OA") - begin);
    };
    auto const unknown = run_command({"explain", text});
    BOOST_TEST(line_of(unknown) ==
               "    1  allow  Authenticated Users (AU)  write 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 (unknown "
               "here)  descendant 11223344-5566-7788-99aa-bbccddeeff00 objects (unknown here)  ");
    auto const named =
        run_command({"explain", "--schema", DSPLAN_TESTDATA "/schema/fabrikam-helpdesk.ldf", text});
    BOOST_TEST(named.err == "");
    BOOST_TEST(line_of(named) == "    1  allow  Authenticated Users (AU)  write fabrikam-queueOwner  "
                                 "descendant fabrikam-queue objects  ");
    auto const missing = run_command({"explain", "--schema", "no-such-file.ldf", text});
    BOOST_TEST((missing.status == dsplan::exit_status::error));
    BOOST_TEST(missing.out == "");
    BOOST_TEST(missing.err == "error: expected an LDIF file that can be read, found no such file\n"
                              "  no-such-file.ldf\n"
                              "  check the spelling and the folder\n");
}

BOOST_AUTO_TEST_CASE(octets_as_json) {
    auto const run = run_command({"explain", "--bytes", "--json", "D:"});
    BOOST_TEST(run.out.starts_with("{\n"
                                   "  \"format\": \"dsplan.octets\",\n"
                                   "  \"version\": 1,\n"
                                   "  \"fields\": [\n"
                                   "    {\n"
                                   "      \"offset\": 0,\n"
                                   "      \"octets\": \"01\",\n"
                                   "      \"depth\": 0,\n"
                                   "      \"meaning\": \"descriptor revision 1\"\n"
                                   "    },\n"));
}

// Whatever the layout, each octet is in a field, and the fields ascend.
BOOST_AUTO_TEST_CASE(octets_are_explained_without_a_hole) {
    for (auto const& vector : dsplan::sddl::test::read_vectors("sddl/kept.txt")) {
        BOOST_TEST_CONTEXT(vector.place) {
            auto const run = run_command({"explain", "--bytes", "--json", vector.input});
            BOOST_REQUIRE((run.status == dsplan::exit_status::success));
            std::size_t covered = 0;
            std::size_t last = 0;
            auto const told = nlohmann::json::parse(run.out);
            for (auto const& field : told.at("fields")) {
                auto const offset = field["offset"].get<std::size_t>();
                BOOST_TEST(offset >= last);
                BOOST_TEST(offset <= covered);
                last = offset;
                covered = std::max(covered, offset + field["octets"].get<std::string>().size() / 2);
            }
            BOOST_TEST(covered == dsplan::sddl::test::from_hex(vector.input).size());
        }
    }
}

BOOST_AUTO_TEST_CASE(octets_of_a_condition_that_cannot_be_read) {
    auto const run =
        run_command({"explain", "--bytes",
                     "01000480 00000000 00000000 00000000 14000000 "
                     "020024000100000009001c001000000001010000000000050b0000006172747880000000"});
    BOOST_TEST(run.out.ends_with("0030  6172747880000000                      condition that cannot be read: "
                                 "octet 4, expected 2 operands "
                                 "before ==, found 0\n"));
}

BOOST_AUTO_TEST_CASE(what_is_no_descriptor) {
    auto const run = run_command({"explain", "D:(A;;GA;;;B1)"});
    BOOST_TEST((run.status == dsplan::exit_status::error));
    BOOST_TEST(run.out == "");
    BOOST_TEST(run.err == "error: column 12: expected a SID or a two-letter alias, found 'B1'\n"
                          "    D:(A;;GA;;;B1)\n"
                          "               ^^ account, field 6 of 6\n"
                          "    did you mean BA (Administrators)?\n");
}

BOOST_AUTO_TEST_CASE(nothing_and_names_of_files) {
    for (auto const* const input : {"", "\r\n"}) {
        auto const run = run_command({"explain", "-"}, input);
        BOOST_TEST((run.status == dsplan::exit_status::error));
        BOOST_TEST(run.err == "error: expected a security descriptor, found nothing\n");
    }
    BOOST_TEST(run_command({"explain", "no-such-file.bin"})
                   .err.ends_with("    and there is no file of that name\n"));
    BOOST_TEST(!run_command({"explain", "D:(A;;GA;;;B1)"}).err.ends_with("of that name\n"));
}

BOOST_AUTO_TEST_CASE(rights_on_other_objects) {
    auto const line = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "explain");
        auto const out = run_command(arguments).out;
        auto const begin = out.find("    1  ");
        return out.substr(begin, out.find('\n', begin) - begin);
    };
    std::string const service = "D:(A;;CCLCSWLOCRRC;;;IU)";
    BOOST_TEST(
        line({service, "--for", "service"}) ==
        "    1  allow  Interactive (IU)  query the configuration, query the status, enumerate dependents, "
        "interrogate, user-defined control, read permissions  this service  (A;;CCLCSWLOCRRC;;;IU)");
    BOOST_TEST(line({"D:(A;;0x1;;;ER)", "--for", "event-log"}) ==
               "    1  allow  Event Log Readers (ER)  read  this event log  (A;;CC;;;ER)");
    BOOST_TEST(line({"D:(A;OICI;0x1200a9;;;BU)"}) ==
               "    1  allow  Users (BU)  read and execute  this folder, subfolders and files  "
               "(A;OICI;0x1200a9;;;BU)");
    auto const run = run_command({"explain", service, "--for", "service"});
    BOOST_TEST(run.out.ends_with("\nRisks: not looked for; only rights on directory objects are judged.\n"));
    BOOST_TEST(run_command({"explain", service})
                   .out.find("\nRights are read as those of a directory object; --for "
                             "names another kind.\n") != std::string::npos);
    BOOST_TEST(run_command({"explain", service}).out.find("not looked for") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(words_need_no_domain_but_octets_do) {
    BOOST_TEST(run_command({"explain", "O:DAG:EA"})
                   .out.starts_with("Owner  Domain Admins (DA)\nGroup  Enterprise Admins (EA)\n"));
    BOOST_TEST(run_command({"explain", "--bytes", "O:DA"})
                   .err.starts_with("error: column 3: expected the SID of the domain that DA (Domain Admins) "
                                    "belongs to, found none\n"));
    auto const page = run_command({"explain", "--html", "O:DA"}).out;
    BOOST_TEST(page.find("Not shown: an account of a domain") != std::string::npos);
    BOOST_TEST(page.find("4294967295") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_absent_a_null_and_an_empty_list_are_told_apart) {
    auto const dacl = [](std::string const& text) {
        auto const out = run_command({"explain", text}).out;
        auto const begin = out.find("DACL\n") + 5;
        return out.substr(begin, out.find('\n', begin) - begin);
    };
    BOOST_TEST(dacl("O:BA") == "  there is no DACL");
    BOOST_TEST(dacl("D:NO_ACCESS_CONTROL") ==
               "  NULL: everybody may do everything (no list, not an empty one)");
    BOOST_TEST(dacl("D:") == "  empty: nobody may do anything but the owner, who may change it");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
