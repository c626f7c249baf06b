#include <ldif/changes/storage/temporary_file.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <tests/tools/command_run.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)

namespace {

#define ROOT "DC=contoso,DC=com"

std::string user(std::string const& name, std::string const& unit, std::string const& title) {
    return "dn: CN=" + name + "," + unit + "," ROOT "\nobjectClass: user\nsAMAccountName: " + name +
           "\ntitle: " + title + "\n\n";
}

// A domain whose group has every user; `title` is theirs.
std::string directory_text(std::string const& title) {
    std::string users;
    std::string members;
    for (int i = 0; i < 12; ++i) {
        auto const name = "user" + std::to_string(i);
        users += user(name, "OU=Staff", title);
        members += "member: CN=" + name + ",OU=Staff," ROOT "\n";
    }
    return "dn: " ROOT "\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1-2-3\n\n"
           "dn: OU=Staff," ROOT "\nobjectClass: organizationalUnit\n\n"
           "dn: CN=All,OU=Staff," ROOT "\nobjectClass: group\nobjectSid: S-1-5-21-1-2-3-1200\n" +
           members + "\n" + users;
}

constexpr char const* change_text =
    "dn: OU=Staff," ROOT "\nchangetype: modrdn\nnewrdn: OU=Crew\ndeleteoldrdn: 1\n\n"
    "dn: CN=user1,OU=Crew," ROOT "\nchangetype: modify\nreplace: title\n"
    "title: Boss\n-\n\n"
    "dn: CN=All,OU=Crew," ROOT "\nchangetype: modify\ndelete: member\n"
    "member: CN=user2,OU=Crew," ROOT "\n-\n\n"
    "dn: CN=user3,OU=Crew," ROOT "\nchangetype: delete\n\n"
    "dn: CN=user2,OU=Crew," ROOT "\nchangetype: delete\n\n"
    "dn: CN=user2,OU=Crew," ROOT "\nchangetype: delete\n\n";

constexpr char const* harmless_text =
    "dn: OU=Staff," ROOT "\nchangetype: modrdn\nnewrdn: OU=Crew\ndeleteoldrdn: 1\n\n"
    "dn: CN=All,OU=Crew," ROOT "\nchangetype: modify\ndelete: member\nmember: CN=user2,OU=Crew," ROOT
    "\n-\n\n"
    "dn: CN=user3,OU=Crew," ROOT "\nchangetype: delete\n\n";

constexpr char const* sentence =
    "error: expected room for temporary files, found a temporary file that cannot be written or read\n"
    "  free some space, or set TMPDIR to a folder that has it\n";

struct on_trial {
    on_trial() : trial(dsplan::ldif::storage_on_trial()) { trial.memory_at_most = 2000; }
    on_trial(on_trial const&) = delete;
    on_trial& operator=(on_trial const&) = delete;
    ~on_trial() {
        trial.memory_at_most = SIZE_MAX;
        trial.failing_call = 0;
    }
    dsplan::ldif::storage_trial& trial;
};

struct folder {
    folder() {
        write_file(scratch.path() / "base.ldf", directory_text("Clerk"));
        write_file(scratch.path() / "later.ldf", directory_text("Boss") + user("zoe", "OU=Staff", "Boss"));
        write_file(scratch.path() / "change.ldf", change_text);
        write_file(scratch.path() / "harmless.ldf", harmless_text);
        inside.emplace(scratch.path());
    }
    temporary_directory scratch;
    std::optional<working_directory> inside;
};

// The command says the same with little memory; and fails as a whole wherever one call fails. Returns the
// number of calls.
std::uint64_t fail_at_each_call(std::vector<std::string> const& arguments) {
    auto const undisturbed = run_command(arguments);
    on_trial const changed;
    changed.trial.calls = 0;
    auto const right = run_command(arguments);
    auto const calls = changed.trial.calls.load();
    BOOST_TEST((right.status == undisturbed.status));
    BOOST_TEST(right.out == undisturbed.out);
    auto const step = std::max<std::uint64_t>(1, calls / 150);
    for (std::uint64_t call = 1; call <= calls; call += step) {
        changed.trial.calls = 0;
        changed.trial.failing_call = call;
        auto const failed = run_command(arguments);
        BOOST_TEST_INFO("call " << call << " of " << calls);
        BOOST_TEST((failed.status == dsplan::exit_status::error));
        BOOST_TEST_INFO("call " << call << " of " << calls);
        BOOST_TEST(failed.err.ends_with(sentence), failed.err);
        BOOST_TEST_INFO("call " << call << " of " << calls);
        BOOST_TEST(right.out.starts_with(failed.out), failed.out);
    }
    return calls;
}

void fail_at_every_call(std::vector<std::string> const& arguments) {
    BOOST_TEST(fail_at_each_call(arguments) > 10U);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(temporary_files, folder)

BOOST_AUTO_TEST_CASE(apply_fails_as_a_whole) {
    fail_at_every_call({"ldif", "apply", "harmless.ldf", "--to", "base.ldf"});
}

BOOST_AUTO_TEST_CASE(check_fails_as_a_whole) {
    fail_at_every_call({"ldif", "check", "change.ldf", "--base", "base.ldf"});
}

BOOST_AUTO_TEST_CASE(invert_fails_as_a_whole) {
    fail_at_every_call({"ldif", "invert", "harmless.ldf", "--base", "base.ldf"});
}

BOOST_AUTO_TEST_CASE(diff_fails_as_a_whole) {
    fail_at_every_call({"ldif", "diff", "base.ldf", "later.ldf"});
}

BOOST_AUTO_TEST_CASE(review_fails_as_a_whole) {
    fail_at_every_call({"review", "change.ldf", "--base", "base.ldf"});
}

BOOST_AUTO_TEST_CASE(effect_fails_as_a_whole) {
    fail_at_every_call({"effect", "change.ldf", "--base", "base.ldf"});
}

BOOST_AUTO_TEST_CASE(every_other_command_fails_as_a_whole_or_needs_no_temporary_files) {
    auto const forest = DSPLAN_TESTDATA "/exports/before-2016.ldf";
    BOOST_TEST_REQUIRE((run_command({"plan", "whfb", "--base", forest, "--connector", "MSOL_4f2c9a1b7d3e",
                                     "--out", "planned"})
                            .status == dsplan::exit_status::success));
    std::vector<std::vector<std::string>> const commands{
        {"access", "--base", "base.ldf", "--who", "user1", "--on", ROOT},
        {"access", "--base", "base.ldf", "--who", "user1", "--on", ROOT, "--right", "delete", "--trace"},
        {"who-can", "--base", "base.ldf", "--right", "delete", "--below", ROOT},
        {"inherit", "--base", "base.ldf"},
        {"keys", "--base", "base.ldf"},
        {"explain", "--base", forest, "--on", ROOT},
        {"diff", "base.ldf", "later.ldf"},
        {"plan", "whfb", "--base", forest, "--connector", "MSOL_4f2c9a1b7d3e"},
        {"verify", "--plan", "planned", "--before", forest},
        {"verify", "--plan", "planned", "--after", forest},
        {"ldif", "format", "change.ldf"},
        {"ldif", "expand", "change.ldf", "-c", "DC=com", "DC=org"},
        {"ldif", "mask", "base.ldf", "--key", "a sentence that nobody guesses"},
        {"ldif", "show", "base.ldf", "--on", ROOT},
        {"ldif", "search", "base.ldf", "--filter",
         "(memberOf:1.2.840.113556.1.4.1941:=CN=All,OU=Staff," ROOT ")"}};
    for (auto const& arguments : commands)
        BOOST_TEST_CONTEXT(arguments.at(0) << ' ' << arguments.at(1)) {
            (void)fail_at_each_call(arguments);
        }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
