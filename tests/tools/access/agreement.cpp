#include <ldif/reader.hpp>
#include <tools/dsplan/access/effective_access.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/access/who_can.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

// Questions about random directories, asked in several ways: the answers must be the same.

using namespace dsplan;

namespace {

#define ROOT "DC=contoso,DC=com"
#define CHILD "DC=emea," ROOT
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"
#define OBJECT "OU=o," ROOT

constexpr std::array<std::string_view, 5> rights{"delete", "write gPLink", "read description", "create user",
                                                 "change permissions"};

class random_directory {
public:
    explicit random_directory(unsigned seed) : random_(seed) {}

    std::string base(std::string_view descriptor) {
        auto text = entry_text(ROOT, "top domain domainDNS", "O:SYG:SYD:P",
                               "instanceType: 5\n" + sid_line(test_domain_sid)) +
                    entry_text(CHILD, "top domain domainDNS", "O:SYG:SYD:P",
                               "instanceType: 5\n" + sid_line("S-1-5-21-4-5-6")) +
                    entry_text(OBJECT, "top organizationalUnit", descriptor);
        return text + accounts_;
    }

    void make_accounts() {
        for (unsigned user = 0; user < 4; ++user)
            accounts_ += entry_text(user_name(user), "top person organizationalPerson user", "O:SYG:SYD:P",
                                    sid_line(fmt::format("{}", 1100 + user)) + primary_group());
        for (unsigned group = 0; group < 6; ++group) // the first is Domain Users
            accounts_ += entry_text(group_name(group), "top group", "O:SYG:SYD:P",
                                    sid_line(group_sid(group)) +
                                        (group == 0 ? "groupType: -2147483646\n" : group_type()) + members());
    }

    std::string descriptor() {
        std::string text = "O:" + trustee() + "G:SYD:P";
        for (unsigned left = below(7); left > 0; --left)
            text += ace();
        return text;
    }

private:
    unsigned below(unsigned end) { return std::uniform_int_distribution<unsigned>(0, end - 1)(random_); }

    template <std::size_t Count>
    std::string one_of(std::array<std::string_view, Count> const& choices) {
        return std::string(choices[below(Count)]);
    }

    static std::string user_name(unsigned user) {
        return fmt::format("CN=u{},{}", user, user == 3 ? CHILD : ROOT);
    }
    static std::string group_name(unsigned group) {
        return fmt::format("CN=g{},{}", group, group == 5 ? CHILD : ROOT);
    }
    static std::string group_sid(unsigned group) {
        if (group == 5)
            return "S-1-5-21-4-5-6-1205";
        return group == 0 ? DOMAIN_SID "-513" : fmt::format("{}-{}", DOMAIN_SID, 1200 + group);
    }

    std::string primary_group() {
        return one_of(std::array<std::string_view, 3>{"", "primaryGroupID: 513\n", "primaryGroupID: 512\n"});
    }

    std::string group_type() {
        return one_of(std::array<std::string_view, 5>{"groupType: -2147483646\n", "groupType: -2147483640\n",
                                                      "groupType: -2147483644\n", "groupType: 2\n", ""});
    }

    std::string members() {
        std::set<std::string> names;
        for (unsigned left = below(4); left > 0; --left) {
            switch (below(5)) {
            case 0:
                names.insert("CN=S-1-5-11,CN=ForeignSecurityPrincipals," ROOT);
                break;
            case 1:
                names.insert("CN=S-1-5-21-9-9-9-1,CN=ForeignSecurityPrincipals," ROOT);
                break;
            case 2:
                names.insert(group_name(below(6)));
                break;
            default:
                names.insert(user_name(below(4)));
            }
        }
        std::string text;
        for (auto const& name : names)
            text += "member: " + name + "\n";
        return text;
    }

    std::string trustee() {
        if (below(3) == 0)
            return one_of(std::array<std::string_view, 8>{"WD", "AU", "NU", "SY", "BA", "DA",
                                                          DOMAIN_SID "-4711", "S-1-5-21-9-9-9-1"});
        return below(2) == 0 ? fmt::format("{}-{}", DOMAIN_SID, 1100 + below(4)) : group_sid(below(6));
    }

    std::string ace() {
        auto const mask = one_of(std::array<std::string_view, 6>{"SD", "WP", "RP", "CC", "WD", "RPWPSDCCWD"});
        auto const type = one_of(std::array<std::string_view, 4>{
            "", "", "f30e3bbe-9ff0-11d1-b603-0000f80367c1", "bf967950-0de6-11d0-a285-00aa003049e2"});
        bool const denies = below(3) == 0;
        auto const who = below(12) == 0 ? "OW" : trustee();
        if (!type.empty())
            return fmt::format("({};;{};{};;{})", denies ? "OD" : "OA", mask, type, who);
        if (below(8) == 0)
            return fmt::format("({};;{};;;{};(@User.a == 1))", denies ? "XD" : "XA", mask, who);
        return fmt::format("({};;{};;;{})", denies ? "D" : "A", mask, who);
    }

    std::mt19937 random_;
    std::string accounts_;
};

// One export with all that questions about it need.
struct asked_directory {
    explicit asked_directory(std::string const& text)
        : exported(load_text(text))
        , members(exported)
        , image(access::make_image(exported, members, directory::schema::built_in()))
        , evaluator(exported, members, directory::schema::built_in()) {}

    [[nodiscard]] directory::entry const& object() const { return *exported.find(OBJECT); }

    [[nodiscard]] sddl::access_decision decide(access::right_query const& query,
                                               directory::entry const& account) const {
        auto const token = evaluator.token_of(account, directory::domain_part(object().key));
        return evaluator.decide(query, token, object(), sddl::no_known_claims);
    }

    [[nodiscard]] std::set<std::string> by_access(access::right_query const& query) const {
        std::set<std::string> found;
        for (auto const& account : exported.entries())
            if (account.is_a("user") && decide(query, account).granted)
                found.emplace(account.dn);
        return found;
    }

    [[nodiscard]] std::set<std::string> by_who_can(access::right_query const& query) const {
        auto const answer = access::who_can(image, query, [this](access::object_index index) {
            return image.objects[index].exported == &object();
        });
        std::set<std::string> found;
        for (auto const& holder : answer.holders)
            for (auto const& [account, objects] : holder.accounts)
                found.emplace(image.objects[account].exported->dn);
        return found;
    }

    directory::snapshot exported;
    directory::membership members;
    access::directory_image image;
    access::access_evaluator evaluator;
};

std::set<std::string> names_in(asked_directory const& from, effect::effect const& predicted, bool gained,
                               std::string const& right) {
    std::set<std::string> found;
    for (auto const& change : predicted.changes) {
        bool const is_so = std::any_of(change.rights.begin(), change.rights.end(), [&](auto const& row) {
            return row.gained == gained && row.right == right;
        });
        for (auto const& account : from.exported.entries())
            if (is_so && account.is_a("user") &&
                std::find(change.accounts.begin(), change.accounts.end(),
                          dsplan::directory::account_name(account)) != change.accounts.end())
                found.emplace(account.dn);
    }
    return found;
}

effect::effect predict(asked_directory const& from, std::string const& change) {
    std::vector<ldif::record> records;
    auto reader = ldif::reader::from_text(change);
    while (auto const* const next = reader.next().value())
        records.push_back(*next);
    effect::change_context const context{from.exported, directory::schema::built_in(),
                                         [](directory::entry const*) {
                                             return test_sids();
                                         }};
    return effect::predict(context, from.members, records, {.runs_protection_task = false}).value();
}

std::set<std::string> without(std::set<std::string> const& from, std::set<std::string> const& taken) {
    std::set<std::string> made;
    std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(),
                        std::inserter(made, made.end()));
    return made;
}

// Within this namespace the suite is none of the system's access().
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(agreement)

BOOST_AUTO_TEST_CASE(every_way_of_asking_gives_the_same_answer) {
    for (unsigned seed = 0; seed < 2000; ++seed) {
        random_directory made(seed);
        made.make_accounts();
        auto const old_list = made.descriptor();
        auto const new_list = made.descriptor();
        asked_directory const before(made.base(old_list));
        asked_directory const after(made.base(new_list));
        auto const predicted = predict(before, descriptor_change(OBJECT, new_list));
        for (auto const right : rights) {
            auto const query =
                dsplan::access::parse_right(right, dsplan::directory::schema::built_in()).value();
            auto const had = before.by_access(query);
            auto const has = after.by_access(query);
            auto const context = fmt::format("seed {}, {}\n{}\n{}", seed, right, old_list, new_list);
            BOOST_TEST_REQUIRE((had == before.by_who_can(query)), context);
            BOOST_TEST_REQUIRE((has == after.by_who_can(query)), context);
            if (right != "delete" && right != "change permissions")
                continue; // effect says "write all properties" for all of them
            BOOST_TEST_REQUIRE((without(has, had) == names_in(before, predicted, true, std::string(right))),
                               context);
            BOOST_TEST_REQUIRE((without(had, has) == names_in(before, predicted, false, std::string(right))),
                               context);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

} // namespace
