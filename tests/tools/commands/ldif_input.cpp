#include <boost/test/unit_test.hpp>

#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(ldif_input)

// What becomes of files that were cut off, and of records that cannot be read.
namespace {

using dsplan::exit_status;

#define ROOT "DC=contoso,DC=com"

constexpr char const* domain = "dn: " ROOT "\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1-2-3\n"
                               "nTSecurityDescriptor: O:SYG:SYD:AI(A;CI;RPLC;;;AU)\n\n"
                               "dn: CN=Ruth," ROOT "\nobjectClass: user\nsAMAccountName: ruth\n"
                               "objectSid: S-1-5-21-1-2-3-1104\n"
                               "nTSecurityDescriptor: O:SYG:SYD:AI(A;CIID;RPLC;;;AU)\n\n";
constexpr char const* broken = "dn: CN=Odd," ROOT "\nobjectClass: group\nobjectSid:: AQU?\n\n";
constexpr char const* bad_sid = "dn: CN=Odd," ROOT "\nobjectClass: group\nobjectSid:: AQUA\n\n";
constexpr char const* change = "dn: CN=Ruth," ROOT "\nchangetype: modify\nadd: title\ntitle: Clerk\n-\n\n";

class folder {
public:
    folder(std::string const& base, std::string const& changes) : here_(scratch_.path()) {
        write_file(scratch_.path() / "base.ldf", base);
        write_file(scratch_.path() / "change.ldf", changes);
    }

private:
    temporary_directory scratch_;
    working_directory here_;
};

// Every command that asks an export.
std::vector<std::vector<std::string>> questions() {
    return {{"access", "--base", "base.ldf", "--who", "ruth", "--on", "CN=Ruth," ROOT},
            {"who-can", "--base", "base.ldf", "--right", "write title"},
            {"inherit", "--base", "base.ldf"},
            {"effect", "change.ldf", "--base", "base.ldf"},
            {"review", "change.ldf", "--base", "base.ldf"}};
}

command_run with(std::vector<std::string> command, std::string const& option) {
    command.push_back(option);
    return run_command(command);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_record_that_cannot_be_read_is_an_error_that_names_the_way_out) {
    for (auto const* const record : {broken, bad_sid}) {
        folder const files(std::string(domain) + record, change);
        for (auto const& question : questions()) {
            auto const run = run_command(question);
            BOOST_TEST((run.status == exit_status::error), question.front());
            BOOST_TEST(run.err.find("  base.ldf:") != std::string::npos, run.err);
            BOOST_TEST(run.err.ends_with("  --skip-unreadable goes on without this record\n"), run.err);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_skipped_is_named_and_the_answer_carries_it) {
    for (auto const* const record : {broken, bad_sid}) {
        folder const files(std::string(domain) + record, change);
        for (auto const& question : questions()) {
            auto const run = with(question, "--skip-unreadable");
            BOOST_TEST((run.status != exit_status::error), question.front() + run.err);
            BOOST_TEST(run.err.find("warning: expected ") != std::string::npos, run.err);
            BOOST_TEST(run.err.find("  base.ldf:") != std::string::npos, run.err);
            BOOST_TEST(run.out.find("1 record of the export cannot be read: what it says is missing here") !=
                           std::string::npos,
                       question.front() + "\n" + run.out);
        }
    }
}

// The object whose record cannot be read is not one that was deleted or added.
BOOST_AUTO_TEST_CASE(a_difference_does_not_take_a_skipped_record_for_a_deletion) {
    temporary_directory const directory;
    working_directory const inside(directory.path());
    std::string const anna = "dn: CN=Anna," ROOT "\nobjectClass: user\n\n";
    std::string const ben = "dn: CN=Ben," ROOT "\nobjectClass: user\ndescription: a\n\n";
    write_file(directory.path() / "whole.ldf", anna + ben);
    write_file(directory.path() / "broken.ldf", anna + "dn: CN=Ben," ROOT "\nobjectClass user\n\n");
    for (auto const& [before, after] : {std::pair{"whole.ldf", "broken.ldf"}, {"broken.ldf", "whole.ldf"}}) {
        auto const refused = run_command({"ldif", "diff", before, after});
        BOOST_TEST((refused.status == exit_status::error));
        auto const run = run_command({"ldif", "diff", before, after, "--skip-unreadable"});
        BOOST_TEST((run.status == exit_status::findings));
        BOOST_TEST(run.out.find("CN=Ben") == std::string::npos, run.out);
        BOOST_TEST(
            run.err.find("warning: 1 addition or deletion is left out: an object that one export lacks "
                         "may be a record of it that cannot be read\n") != std::string::npos,
            run.err);
    }
    write_file(directory.path() / "less.ldf", anna);
    auto const plain = run_command({"ldif", "diff", "whole.ldf", "less.ldf", "--skip-unreadable"});
    BOOST_TEST(plain.out.find("CN=Ben") != std::string::npos, plain.out);
    BOOST_TEST(plain.err.find("left out") == std::string::npos, plain.err);
}

BOOST_AUTO_TEST_CASE(commands_of_ldif_skip_what_cannot_be_read_and_end_with_one) {
    temporary_directory const directory;
    working_directory const inside(directory.path());
    write_file(directory.path() / "a.ldf", "dn: CN=Anna," ROOT "\nobjectClass: user\ndescription: a\n\n"
                                           "dn: CN=Ben," ROOT "\nobjectClass user\n\n");
    write_file(directory.path() / "change.ldf", "dn: CN=Anna," ROOT "\nchangetype: modify\n"
                                                "replace: description\ndescription: b\n-\n\n");
    for (std::vector<std::string> const& question : {std::vector<std::string>{"search", "a.ldf"},
                                                     {"show", "a.ldf"},
                                                     {"mask", "a.ldf", "--key", "a long sentence"},
                                                     {"expand", "a.ldf", "-c", "DC=X", "DC=Y"},
                                                     {"format", "a.ldf"},
                                                     {"apply", "change.ldf", "--base", "a.ldf"},
                                                     {"invert", "change.ldf", "--base", "a.ldf"}}) {
        auto words = question;
        words.insert(words.begin(), "ldif");
        BOOST_TEST((run_command(words).status == exit_status::error), words[1]);
        auto const run = with(words, "--skip-unreadable");
        BOOST_TEST((run.status == exit_status::findings), words[1] + run.err);
        auto const first = run.err.find("found 'objectClass user'");
        BOOST_TEST(run.err.find("  a.ldf:6:") != std::string::npos, words[1] + run.err);
        BOOST_TEST(run.err.find("found 'objectClass user'", first + 1) == std::string::npos, run.err);
    }
}

BOOST_AUTO_TEST_CASE(a_whole_export_is_not_called_incomplete) {
    folder const files(domain, change);
    for (auto const& question : questions())
        for (auto const* const option : {"--skip-unreadable", "--incomplete"}) {
            auto const run = with(question, option);
            BOOST_TEST(run.err.find("warning: expected") == std::string::npos, run.err);
            BOOST_TEST(run.out.find("missing here") == std::string::npos, run.out);
        }
}

BOOST_AUTO_TEST_CASE(an_export_that_was_cut_off_is_taken_on_request_only) {
    folder const files(std::string(domain) + "dn: CN=Staff," ROOT "\nobjectClass: group\nmember: CN=Ru",
                       change);
    for (auto const& question : questions()) {
        auto const refused = run_command(question);
        BOOST_TEST((refused.status == exit_status::error), question.front());
        BOOST_TEST(refused.err ==
                   "error: expected a line end, found the end of the file\n"
                   "  base.ldf:14:14\n    member: CN=Ru\n                 ^\n"
                   "  close the last line if the file is whole, export it again if it was cut off; "
                   "--incomplete reads the file without its last record\n");
        auto const taken = with(question, "--incomplete");
        BOOST_TEST((taken.status != exit_status::error), question.front() + taken.err);
        BOOST_TEST(
            taken.err.find("warning: expected a line end, found the end of the file\n  base.ldf:14:14\n") !=
                std::string::npos,
            taken.err);
        BOOST_TEST(taken.out.find("the export is incomplete (base.ldf:14): objects are missing here") !=
                       std::string::npos,
                   question.front() + "\n" + taken.out);
    }
}

// The blank is the first octet of a line that goes on with the value above.
BOOST_AUTO_TEST_CASE(an_export_that_was_cut_off_behind_a_blank_is_refused) {
    std::string const group = "dn: CN=Staff," ROOT "\nobjectClass: group\n";
    auto const show = [&](std::string const& end) {
        folder const files(std::string(domain) + group + end, change);
        return run_command({"ldif", "show", "base.ldf"});
    };
    for (std::string const cut : {"member: CN=Ru\n ", "nTSecurityDescriptor:: AQAE\n ", "member:\n "}) {
        auto const run = show(cut);
        BOOST_TEST((run.status == exit_status::error), cut + run.out);
        BOOST_TEST(run.err.find("expected a line end, found the end of the file\n  base.ldf:15") !=
                       std::string::npos,
                   run.err);
    }
    for (std::string const whole :
         {"member: CN=Ru\n", "member: CN=Ru\n\n", "member: CN=Ru\n\n ", "member: CN=Ru\n \n"})
        BOOST_TEST((show(whole).status == exit_status::success), whole + show(whole).err);
}

BOOST_AUTO_TEST_CASE(a_change_file_that_was_cut_off_is_refused) {
    folder const files(domain, "dn: CN=Ruth," ROOT "\nchangetype: modify\nadd: title\ntitle: Cl");
    for (auto const& command :
         std::vector<std::vector<std::string>>{{"effect", "change.ldf", "--base", "base.ldf"},
                                               {"ldif", "apply", "change.ldf", "--to", "base.ldf"},
                                               {"ldif", "invert", "change.ldf", "--base", "base.ldf"},
                                               {"ldif", "format", "change.ldf"},
                                               {"ldif", "expand", "change.ldf", "-c", "a", "b"}}) {
        auto const run = run_command(command);
        BOOST_TEST((run.status == exit_status::error), command[1]);
        BOOST_TEST(run.out == "", run.out);
        BOOST_TEST(run.err.find("expected a line end, found the end of the file\n  change.ldf:4:10\n") !=
                       std::string::npos,
                   run.err);
    }
}

BOOST_AUTO_TEST_CASE(an_ansi_export_is_read_by_every_command) {
    std::string ansi = domain;
    ansi.replace(ansi.find("sAMAccountName: ruth"), 20, "sAMAccountName: r\xfcth");
    folder const files(ansi, change);
    auto const run = run_command({"access", "--base", "base.ldf", "--who", "rüth", "--on", "CN=Ruth," ROOT,
                                  "--encoding", "windows-1252"});
    BOOST_TEST((run.status == exit_status::success), run.err);
}

BOOST_AUTO_TEST_CASE(other_formats_are_called_by_their_name) {
    auto const told = [](std::string const& content) {
        folder const files(content, change);
        return run_command({"ldif", "check", "base.ldf"}).err;
    };
    BOOST_TEST(told("DN,objectClass,cn\n\"CN=a,DC=x\",user,a\n") ==
               "error: expected LDIF text, found columns\n  base.ldf\n"
               "  this is CSV: export with ldifde instead of csvde or Export-Csv\n");
    BOOST_TEST(told("#TYPE Selected\n\"Name\",\"Sid\"\n").find("this is CSV") != std::string::npos);
    BOOST_TEST(told("{\n  \"format\": \"dsplan-plan\"\n}\n").find("found JSON") != std::string::npos);
    BOOST_TEST(told("\x89PNG\r\n\x1a\n").find("found a PNG picture") != std::string::npos);
    BOOST_TEST(told("# a, b\ndn: CN=a,DC=x\nchangetype: delete\n\n") == "");
}

BOOST_AUTO_TEST_CASE(a_dash_of_a_word_processor_has_a_hint) {
    folder const files(domain, "dn: CN=Ruth," ROOT "\nchangetype: modify\nadd: title\ntitle: Clerk\n–\n\n");
    auto const run = run_command({"ldif", "format", "change.ldf"});
    BOOST_TEST(run.err == "error: expected an attribute name, found '–'\n  change.ldf:5:1\n    –\n    ^\n"
                          "  write '-', the hyphen of ASCII\n"
                          "Nothing was written: 1 record cannot be read. --skip-unreadable leaves it out.\n");
}

BOOST_AUTO_TEST_CASE(a_placeholder_points_at_expand) {
    folder const files(domain,
                       "dn: CN=Ruth,DC=X\nchangetype: delete\n\ndn: CN=a,${DOMAIN}\nchangetype: delete\n\n");
    auto const run = run_command({"ldif", "check", "change.ldf", "--base", "base.ldf"});
    BOOST_TEST(run.out.find("'DC=X' looks like a placeholder: dsplan ldif expand -c FROM TO fills it in") !=
                   std::string::npos,
               run.out);
    BOOST_TEST(run.out.find("'${DOMAIN}' looks like a placeholder") != std::string::npos, run.out);
}

BOOST_AUTO_TEST_CASE(format_tells_every_fault_and_writes_nothing) {
    folder const files(domain,
                       "dn: CN=a,DC=x\nb: 1\n\ndn: CN=b,DC=x\nc:: ?\n\ndn: CN=d,DC=x\ne f\n\n# end\n");
    auto const run = run_command({"ldif", "format", "change.ldf", "--for", "rfc2849"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.out == "");
    BOOST_TEST(run.err.find("  change.ldf:5:5\n") != std::string::npos, run.err);
    BOOST_TEST(run.err.find("  change.ldf:8:2\n") != std::string::npos, run.err);
    auto const kept = run_command({"ldif", "format", "change.ldf", "--for", "rfc2849", "--keep-going"});
    BOOST_TEST((kept.status == exit_status::findings));
    BOOST_TEST(kept.out == "version: 1\n\ndn: CN=a,DC=x\nb: 1\n\n# end\n\n");
    BOOST_TEST(kept.err.ends_with("2 records were left out.\n"), kept.err);
}

BOOST_AUTO_TEST_CASE(format_of_its_own_output_changes_nothing) {
    for (auto const* const text : {"dn: CN=a,DC=x\nb: 1\n\n# end\n", "dn: CN=a,DC=x\nb: 1\n# end\n",
                                   "# a\n\n# b\n", "dn: CN=a,DC=x\nb: 1\n\n# end\n\n\n# more\n"}) {
        folder const files(text, text);
        auto const once = run_command({"ldif", "format", "base.ldf"});
        BOOST_TEST((once.status == exit_status::success), once.err);
        write_file(std::filesystem::absolute("base.ldf"), once.out);
        BOOST_TEST(run_command({"ldif", "format", "base.ldf"}).out == once.out);
    }
    folder const files("version: 1\n", "dn: CN=a,DC=x\nb: M\xfcller\n\n");
    BOOST_TEST(run_command({"ldif", "format", "base.ldf"}).err == "warning: the file holds no records\n");
    BOOST_TEST(run_command({"ldif", "format", "change.ldf"})
                   .err.starts_with("warning: expected UTF-8 text, found '\\xfc'\n"));
}

BOOST_AUTO_TEST_CASE(an_export_lacks_changetypes_once) {
    folder const files(domain, change);
    auto const run = run_command({"ldif", "check", "base.ldf"});
    BOOST_TEST(run.out ==
               "warning: expected 'changetype:' after 'dn:', found 2 records without it, this one first "
               "[missing-changetype]\n  base.ldf:1:1\n    dn: " ROOT "\n    ^^\n"
               "  ldifde takes it for 'changetype: add'; write it\n2 records, 0 errors, 1 warning.\n");
}

BOOST_AUTO_TEST_CASE(replacements_that_grow_without_end_are_an_error) {
    folder const files(domain, change);
    std::vector<std::string> command{"ldif", "expand", "change.ldf"};
    for (int i = 0; i < 40; ++i)
        command.insert(command.end(), {"-c", "Clerk", "ClerkClerk"});
    auto const run = run_command(command);
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.out == "");
    BOOST_TEST(run.err ==
               "error: expected lines of at most 64 MB after the replacements, found a longer one\n"
               "  change.ldf:1\n    CN=Ruth," ROOT "\n"
               "  -c whose TO holds the FROM of another -c makes text grow without end\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
