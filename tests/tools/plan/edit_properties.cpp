#include <sddl/access_check.hpp>
#include <sddl/inherit.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/plan/list_edit.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>
#include <tools/dsplan/plan/request/read_toml.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(edit_properties)

using namespace dsplan;
using dsplan::plan::list_outcome;

namespace {

#define ROOT "DC=contoso,DC=com"
#define SID "S-1-5-21-1111111111-2222222222-3333333333-"
#define USER_CLASS "bf967aba-0de6-11d0-a285-00aa003049e2"
#define FULL "CCDCLCSWRPWPDTLOCRSDRCWDWO"

using generator = std::mt19937;
using descriptors = std::map<std::string, std::string>; ///< SDDL by DN

std::string one_of(generator& from, std::vector<std::string> const& choices) {
    return choices[from() % choices.size()];
}

std::string some_of(generator& from, std::vector<std::string> const& choices) {
    std::string made;
    for (auto const& each : choices)
        if (from() % 3 == 0)
            made += each;
    return made;
}

std::string random_aces(generator& from) {
    return some_of(from, {"(D;CI;DTSD;;;" SID "1105)", "(D;;WD;;;" SID "1200)",
                          "(OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;" USER_CLASS ";" SID "1200)",
                          "(OA;CIIO;RPWP;4c164200-20c0-11d0-a768-00aa006e0529;" USER_CLASS ";" SID "1105)",
                          "(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;" USER_CLASS ";" SID "1106)",
                          "(A;CI;RPWPCR;;;" SID "1200)", "(A;;CCDC;;;" SID "1106)", "(A;;CCDC;;;" SID "1106)",
                          "(A;CI;LCRPLORC;;;AU)", "(XA;;WP;;;" SID "1106;(@USER.a == \"b\"))",
                          "(A;CI;" FULL ";;;" SID "1201)", "(A;;RPWP;;;" SID "4711)"});
}

std::string inherited(std::string aces) {
    for (std::string const flags : {";CI;", ";CIIO;"})
        for (auto place = aces.find(flags); place != std::string::npos; place = aces.find(flags, place + 2))
            aces.replace(place, flags.size(), flags.substr(0, flags.size() - 1) + "ID;");
    return aces;
}

// A root, a unit with a unit in it, accounts; what the root gives arrives below unless it is blocked.
descriptors random_descriptors(generator& from) {
    auto const of_root = some_of(from, {"(D;CI;DTSD;;;" SID "1105)", "(A;CI;" FULL ";;;" SID "1201)"}) +
                         "(A;CI;LCRPLORC;;;AU)";
    auto const unit = [&] {
        auto const own = random_aces(from);
        return from() % 4 == 0 ? "O:DAG:DAD:PAI" + own + "S:AI(AU;CISA;WD;;;WD)"
                               : "O:DAG:DAD:AI" + own + inherited(of_root) + "S:AI(AU;CISA;WD;;;WD)";
    };
    return {{ROOT, "O:BAG:BAD:AI" + of_root + "S:AI(AU;CISA;WDWO;;;WD)"},
            {"OU=Sales," ROOT, unit()},
            {"OU=Desks,OU=Sales," ROOT, unit()}};
}

std::string text_of(descriptors const& lists) {
    auto const account = [](std::string_view name, std::string_view classes, std::string_view rid,
                            std::string const& lines) {
        return entry_text(fmt::format("CN={},OU=Sales," ROOT, name), classes,
                          "O:DAG:DAD:AI(A;;RPWP;;;AU)S:AI",
                          sid_line(rid) + fmt::format("sAMAccountName: {}\n", name) + lines);
    };
    std::string const user = "top person organizationalPerson user";
    std::string const group = "groupType: -2147483646\n";
    return entry_text(ROOT, "top domain domainDNS", lists.at(ROOT),
                      "instanceType: 5\n" + sid_line(test_domain_sid)) +
           entry_text("OU=Sales," ROOT, "top organizationalUnit", lists.at("OU=Sales," ROOT)) +
           entry_text("OU=Desks,OU=Sales," ROOT, "top organizationalUnit",
                      lists.at("OU=Desks,OU=Sales," ROOT)) +
           account("ruth", user, "1105", {}) + account("theo", user, "1106", {}) +
           account("Staff", "top group", "1200", group + "member: CN=ruth,OU=Sales," ROOT "\n") +
           account("Outer", "top group", "1201", group + "member: CN=Staff,OU=Sales," ROOT "\n");
}

std::string random_account(generator& from) {
    return one_of(from, {"Staff", "ruth", "theo", "Outer"});
}

std::string random_right(generator& from) {
    return one_of(from, {"Reset Password", "write lockoutTime", "read+write lockoutTime",
                         "write Account Restrictions", "create+delete computer", "full control", "delete",
                         "change permissions", "read all properties", "all extended rights"});
}

std::string random_place(generator& from) {
    return one_of(from, {"this object and all descendant objects", "descendant user objects",
                         "all descendant objects", "direct children",
                         "this object and descendant computer objects"});
}

std::string random_permission(generator& from, std::string const& verb) {
    auto made =
        fmt::format("{} = \"{}\"\nrights = [\"{}\"]\napplies-to = \"{}\"\n", verb == "revoke" ? "from" : "to",
                    random_account(from), random_right(from), random_place(from));
    return verb == "revoke" ? made + "missing-is-ok = true\n" : made;
}

std::string random_table(generator& from) {
    auto const on = "on = \"" + one_of(from, {"OU=Sales," ROOT, "OU=Desks,OU=Sales," ROOT}) + "\"\n";
    auto const verb = one_of(from, {"grant", "grant", "deny", "revoke", "revoke", "owner", "inheritance",
                                    "inheritance", "replace-trustee", "audit", "restore", "state", "clean"});
    auto const head = "[[" + verb + "]]\n" + on;
    if (verb == "owner")
        return head + "owner = \"" + one_of(from, {"BA", "Staff", "theo"}) + "\"\n";
    if (verb == "inheritance")
        return head + one_of(from, {"set = \"block-copy\"\norder = \"keep\"\n", "set = \"block-copy\"\n",
                                    "set = \"block-drop\"\n", "set = \"allow\"\n",
                                    "set = \"allow\"\ndrop-copies = true\n",
                                    "set = \"block-copy\"\nacl = \"sacl\"\n"});
    if (verb == "replace-trustee")
        return head +
               fmt::format("old = \"{}\"\nnew = \"{}\"\n{}", one_of(from, {SID "4711", "Staff", "theo"}),
                           one_of(from, {"ruth", "Outer"}),
                           one_of(from, {"", "owners = true\n", "keep-old = true\n", "audit = false\n"}));
    if (verb == "audit")
        return head + fmt::format("who = \"{}\"\nrights = [\"{}\"]\napplies-to = \"{}\"\n{}",
                                  one_of(from, {"Everyone", "Staff"}),
                                  one_of(from, {"change permissions", "write lockoutTime", "delete"}),
                                  random_place(from),
                                  one_of(from, {"", "on-failure = true\n", "remove = true\n"}));
    if (verb == "restore")
        return head + "as = '" +
               one_of(from, {"class-default", "inherited-only", "D:P(A;CI;GA;;;CO)(A;;RP;;;" SID "1106)"}) +
               "'\n";
    if (verb == "state")
        return head +
               fmt::format("aces = [ {{ to = \"{}\", rights = [\"{}\"], applies-to = \"{}\" }}, {{ ace = "
                           "\"(A;CI;LCRPLORC;;;AU)\" }} ]\n{}",
                           random_account(from), random_right(from), random_place(from),
                           one_of(from, {"", "mode = \"at-least\"\n", "defaults = \"drop\"\n"}));
    if (verb == "clean")
        return head + "what = [\"duplicates\", \"subsumed\", \"copies\", \"order\"]\nreport-only = false\n";
    return head + random_permission(from, verb);
}

std::vector<std::string> random_tables(generator& from) {
    std::vector<std::string> made;
    for (auto left = 1 + from() % 3; left > 0; --left)
        made.push_back(random_table(from));
    return made;
}

struct outcome {
    dsplan::plan::plan drawn;
    std::string errors;

    [[nodiscard]] bool is_planned() const { return errors.empty() && !drawn.stopped; }

    [[nodiscard]] std::map<std::string, std::string> octets_after() const {
        std::map<std::string, std::string> made;
        for (auto const& domain : drawn.domains)
            for (auto const& change : domain.permissions)
                made[change.dn] = change.after;
        return made;
    }
};

outcome plan_of(std::vector<std::string> const& tables, dsplan::directory::snapshot const& exported) {
    std::string text = "format = 1\n";
    for (auto const& each : tables)
        text += each;
    auto const request = dsplan::plan::read_toml(text, "request.toml");
    BOOST_REQUIRE(request.has_value());
    auto made = dsplan::plan::plan_request(exported, *request, dsplan::directory::schema::built_in());
    if (made)
        return {*std::move(made), {}};
    outcome failed;
    for (auto const& each : made.error())
        failed.errors += each.what + "\n";
    return failed;
}

dsplan::sddl::security_descriptor read(std::string_view octets) {
    return dsplan::sddl::read_self_relative(std::as_bytes(std::span(octets))).value();
}

descriptors applied(descriptors lists, outcome const& done) {
    for (auto const& [dn, octets] : done.octets_after())
        lists.at(dn) = dsplan::sddl::write(read(octets));
    return lists;
}

std::string shown(outcome const& found) {
    auto text = found.errors;
    for (auto const& each : found.drawn.findings)
        text += each.rule + ": " + each.text + "\n";
    for (auto const& [dn, octets] : found.octets_after())
        text += dn + " " + dsplan::sddl::write(read(octets)) + "\n";
    return text;
}

void check_request(unsigned seed, std::size_t& planned) {
    generator from(seed);
    auto const lists = random_descriptors(from);
    auto tables = random_tables(from);
    auto const exported = load_text(text_of(lists));
    auto const first = plan_of(tables, exported);
    std::reverse(tables.begin(), tables.end());
    auto const reversed = plan_of(tables, exported);
    BOOST_TEST(first.is_planned() == reversed.is_planned(), shown(first) << shown(reversed));
    if (!first.is_planned())
        return;
    BOOST_TEST((first.octets_after() == reversed.octets_after()), shown(first) << shown(reversed));
    planned += first.drawn.has_changes() ? 1U : 0U;
    for (auto const& domain : first.drawn.domains)
        for (auto const& change : domain.permissions)
            BOOST_TEST((change.before == std::string(exported.find(change.dn)->descriptor->octets)));

    auto const again = plan_of(tables, load_text(text_of(applied(lists, first))));
    BOOST_TEST((again.is_planned() && !again.drawn.has_changes()),
               dsplan::sddl::write(read(exported.find("OU=Sales," ROOT)->descriptor->octets))
                   << "\n"
                   << dsplan::sddl::write(read(exported.find("OU=Desks,OU=Sales," ROOT)->descriptor->octets))
                   << "\n"
                   << shown(first) << "again:\n"
                   << shown(again) << tables.front() << tables.back());
}

// ----- who gains and who loses

// The accounts that get what is granted to one.
std::vector<std::string> accounts_of(std::string const& trustee) {
    if (trustee == "Outer")
        return {"Outer", "Staff", "ruth"};
    return trustee == "Staff" ? std::vector<std::string>{"Staff", "ruth"} : std::vector{trustee};
}

// Grants alone give, denials and revocations alone take, and nobody else is concerned.
void check_effect(unsigned seed, std::size_t& predicted) {
    generator from(seed);
    auto const exported = load_text(text_of(random_descriptors(from)));
    auto const trustee = random_account(from);
    auto const verb = one_of(from, {"grant", "deny", "revoke"});
    auto const who = fmt::format("{} = \"{}\"\n", verb == "revoke" ? "from" : "to", trustee);
    auto const made = plan_of(
        {fmt::format("[[{}]]\non = \"OU=Sales," ROOT "\"\n{}rights = [\"{}\"]\napplies-to = \"{}\"\n{}", verb,
                     who, random_right(from), random_place(from),
                     verb == "revoke" ? "missing-is-ok = true\n" : "")},
        exported);
    if (!made.is_planned() || !made.drawn.predicted)
        return;
    ++predicted;
    auto const concerned = accounts_of(trustee);
    for (auto const& change : made.drawn.predicted->changes) {
        for (auto const& account : change.accounts)
            BOOST_TEST(std::any_of(concerned.begin(), concerned.end(),
                                   [&account](auto const& each) { return account.starts_with(each); }),
                       account << " is concerned by what is for " << trustee);
        for (auto const& right : change.rights)
            BOOST_TEST(right.gained == (verb == "grant"), verb << " of " << right.right);
    }
}

// ----- what a revocation takes, and what a grant gives

using granted_rights = std::vector<std::uint32_t>;

void append_rights(granted_rights& to, std::string_view class_name, dsplan::sddl::acl const& list,
                   dsplan::sddl::sid const& trustee) {
    static dsplan::directory::class_rights_cache rights(dsplan::directory::schema::built_in());
    std::array const names{class_name};
    auto const classes = dsplan::directory::schema::built_in().resolve(names);
    auto const& of_class = rights.find(classes);
    dsplan::sddl::acl arrived;
    arrived.aces =
        class_name == "organizationalUnit"
            ? list.aces
            : dsplan::sddl::inherited_aces(list, {dsplan::directory::inheriting_classes(classes), {}, {}});
    dsplan::sddl::security_descriptor descriptor;
    dsplan::sddl::set_dacl(descriptor, arrived);
    dsplan::sddl::security_token const token({trustee});
    auto const granted =
        dsplan::sddl::check_access(descriptor, of_class.tree, {.who = token, .self = {}}).rights;
    // Rights on parts of an object are asked of those parts alone.
    constexpr std::uint32_t on_parts = 0x1 | 0x2 | 0x8 | 0x10 | 0x20 | 0x100;
    for (std::uint32_t node = 0; node < of_class.subjects.size(); ++node) {
        auto const kind = of_class.subjects[node].kind;
        auto const concerns = of_class.tree[node].concerns.bits;
        if (kind != dsplan::directory::right_kind::property_set)
            to.push_back(granted[node].bits &
                         (kind == dsplan::directory::right_kind::object ? concerns & ~on_parts : concerns));
    }
}

// The rights of one trustee by these ACEs, on the unit and on a user and a computer in it.
granted_rights rights_of(dsplan::sddl::acl const& list, dsplan::sddl::sid const& trustee) {
    granted_rights made;
    for (std::string_view const name : {"organizationalUnit", "user", "computer"})
        append_rights(made, name, list, trustee);
    return made;
}

bool is_without(granted_rights const& all, granted_rights const& those, granted_rights const& but) {
    for (std::size_t place = 0; place < all.size(); ++place)
        if ((all[place] & ~those[place] & ~but[place]) != 0)
            return false;
    return true;
}

std::optional<dsplan::sddl::guid> property_set_of(dsplan::sddl::guid const& type) {
    auto const* const attribute = dsplan::directory::schema::built_in().find_attribute(type);
    return attribute == nullptr ? std::nullopt : attribute->property_set;
}

dsplan::sddl::acl list_of(std::string const& aces) {
    return *dsplan::sddl::parse("D:" + aces, test_sids()).value().dacl;
}

dsplan::sddl::ace random_claim(generator& from) {
    static std::vector<std::string> const rights{
        "RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1", "WP;4c164200-20c0-11d0-a768-00aa006e0529",
        "CR;00299570-246d-11d0-a768-00aa006e0529", "CC;bf967a86-0de6-11d0-a285-00aa003049e2"};
    auto const flags = one_of(from, {"", "CI", "CIIO", "CINP", "CINPIO"});
    auto const trustee = SID + one_of(from, {"1105", "1106", "1200", "1201"});
    if (from() % 2 == 0)
        return list_of(fmt::format("(A;{};{};;;{})", flags,
                                   one_of(from, {"RP", "WPSD", FULL, "WD", "CC", "CR"}), trustee))
            .aces.front();
    auto const of_class = flags.find("CI") != std::string::npos && from() % 2 == 0 ? USER_CLASS : "";
    return list_of(fmt::format("(OA;{};{};{};{})", flags, one_of(from, rights), of_class, trustee))
        .aces.front();
}

using outcome_counts = std::map<list_outcome, std::size_t>;

void check_claim(unsigned seed, outcome_counts& met) {
    generator from(seed);
    auto before = list_of(random_aces(from));
    auto const claim = random_claim(from);
    auto const verb = std::array{dsplan::plan::list_verb::revoke, dsplan::plan::list_verb::revoke,
                                 dsplan::plan::list_verb::grant, dsplan::plan::list_verb::deny}[from() % 4];
    dsplan::plan::list_request wish;
    wish.verb = verb;
    wish.said = *dsplan::sddl::permission_of(claim);
    wish.said.denies = verb == dsplan::plan::list_verb::deny;
    wish.token = {claim.trustee};
    auto const edited = dsplan::plan::edit_list(before, std::array{wish}, property_set_of);
    ++met[edited.answers.front().what];
    dsplan::sddl::acl alone;
    alone.aces = {claim};
    for (std::string const rid : {"1105", "1106", "1200", "1201"}) {
        auto const trustee = dsplan::sddl::parse_sid(SID + rid).value();
        auto const claimed = rights_of(alone, trustee);
        auto const then = rights_of(before, trustee);
        auto const now = rights_of(edited.after, trustee);
        auto const what = fmt::format("{} of {}", dsplan::sddl::write_ace(claim), rid);
        bool const gives = verb == dsplan::plan::list_verb::grant;
        BOOST_TEST(is_without(then, now, gives ? now : claimed), "loses more than " << what);
        BOOST_TEST(is_without(now, then, gives ? claimed : then), "gains more than " << what);
        if (verb == dsplan::plan::list_verb::revoke &&
            edited.answers.front().what == dsplan::plan::list_outcome::removed)
            BOOST_TEST(is_without(claimed, granted_rights(now.size()),
                                  [&] {
                                      auto left = now;
                                      for (auto& each : left)
                                          each = ~each;
                                      return left;
                                  }()),
                       "keeps some of " << what);
    }
}

} // namespace

// Whatever is asked for: the same in any order of the tables, and nothing to do once it is done; what a
// rollback writes is what the export holds.
BOOST_AUTO_TEST_CASE(a_second_plan_has_nothing_to_do) {
    std::size_t planned = 0;
    for (unsigned seed = 1; seed <= 2000; ++seed)
        BOOST_TEST_CONTEXT("seed " << seed) {
            check_request(seed, planned);
        }
    BOOST_TEST(planned >= 800U);
}

BOOST_AUTO_TEST_CASE(nobody_gains_or_loses_but_those_who_are_named) {
    std::size_t predicted = 0;
    for (unsigned seed = 1; seed <= 2000; ++seed)
        BOOST_TEST_CONTEXT("seed " << seed) {
            check_effect(seed, predicted);
        }
    BOOST_TEST(predicted >= 800U);
}

// A revocation takes no right outside its claim, and all of the claim; a grant and a denial change no other.
BOOST_AUTO_TEST_CASE(an_edit_of_a_list_stays_within_its_claim) {
    outcome_counts met;
    for (unsigned seed = 1; seed <= 2000; ++seed)
        BOOST_TEST_CONTEXT("seed " << seed) {
            check_claim(seed, met);
        }
    BOOST_TEST(met[list_outcome::added] >= 300U);
    BOOST_TEST(met[list_outcome::removed] >= 60U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef SID
#undef USER_CLASS
#undef FULL
