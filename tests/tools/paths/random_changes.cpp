#include <map>
#include <random>
#include <set>
#include <tests/tools/paths_domain.hpp>

BOOST_AUTO_TEST_SUITE(paths)
BOOST_AUTO_TEST_SUITE(random_changes)

using namespace paths_domain;

namespace {

using dsplan::paths::path_change;
using accounts = std::set<dsplan::paths::object_index>;

constexpr unsigned domains_tried = 40;
constexpr unsigned changes_of_each = 20;
constexpr unsigned users = 6;
constexpr unsigned groups = 4;

// A small directory at random, and changes of it. No expression draws twice, for compilers differ in what
// they evaluate first.
class random_domain {
public:
    explicit random_domain(unsigned seed) : random_(seed) {
        for (unsigned each = 0; each < groups; ++each)
            members_.push_back(below(3) == 0 ? lines{} : lines{any_member(each)});
        for (unsigned each = 0; each < users + groups + 2; ++each)
            lists_.push_back(list());
        for (unsigned each = 0; each < 2; ++each)
            for (auto const& right :
                 {"(OA;CIIO;CR;" + reset, "(OA;CIIO;CR;" + reset, std::string("(A;CIIO;WP;")})
                lists_[users + groups + each] += fmt::format("{};;{})", right, trustee());
        for (unsigned each = 0; each < users; ++each)
            flags_.push_back(below(2) == 0 ? "514" : "512");
    }

    [[nodiscard]] std::string text() const {
        auto made = base() + sync_account();
        for (unsigned each = 0; each < 2; ++each)
            made += unit(fmt::format("OU=U{}", each), lists_[users + groups + each]);
        for (unsigned each = 0; each < users; ++each)
            made += user_text(each);
        for (unsigned each = 0; each < groups; ++each)
            made += group(group_name(each), fmt::format("{}", 2100 + each), fmt::format("g{}", each),
                          members_[each], lists_[users + each]);
        return made + "dn: CN=Server Admins,OU=Staff," + root + "\nmember: " + group_name(0) + "," + root +
               "\n\ndn: CN=Domain Admins,CN=Users," + root + "\nmember: " + user_name(users - 1) + "," +
               root + "\n\n";
    }

    // What is changed, and the record that does it.
    [[nodiscard]] std::pair<std::string, std::string> change() {
        auto const object = below(users + groups);
        auto name = name_of(object) + "," + root;
        switch (below(20)) {
        case 0:
        case 12:
        case 13:
        case 14: // often the administrator, whom a unit may put within reach
            name = below(2) == 0 ? name : user_name(users - 1) + "," + root;
            return {"move", fmt::format("dn: {}\nchangetype: modrdn\nnewrdn: {}\ndeleteoldrdn: 1\n"
                                        "newsuperior: {}\n\n",
                                        name, name.substr(0, name.find(',')),
                                        below(2) == 0 ? "OU=Staff," + root : other_unit(name))};
        case 1:
            return {"rename",
                    fmt::format("dn: {}\nchangetype: modrdn\nnewrdn: CN=renamed\ndeleteoldrdn: 1\n\n", name)};
        case 2:
            return {"delete", fmt::format("dn: {}\nchangetype: delete\n\n", name)};
        case 3:
        case 4:
            return {"owner", descriptor_change(name, owned_by(lists_[object], trustee()))};
        case 5:
        case 15:
        case 16: {
            auto const flags = below(2) == 0 ? ": 514" : ": 512";
            return {"enabled", value_change(user_name(below(users)), "userAccountControl", flags)};
        }
        case 6:
            return {"acting for others", acting_for_others()};
        case 7:
            return {"primary group", primary_group()};
        case 8:
        case 9:
        case 10:
            return {"member", membership()};
        case 11:
            return {"administrator", member_change("CN=Domain Admins,CN=Users," + root,
                                                   user_name(below(users - 1)) + "," + root)};
        default:
            auto const changed = list();
            return {"list", descriptor_change(name_of(below(users + groups + 2)) + "," + root, changed)};
        }
    }

private:
    unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }

    [[nodiscard]] std::string user_text(unsigned number) const {
        return entry_text(
            user_name(number) + "," + root, user, lists_[number],
            sid_line(fmt::format("{}", 2000 + number)) +
                fmt::format("sAMAccountName: u{}\nuserAccountControl: {}\n", number, flags_[number]));
    }

    static std::string name_of(unsigned object) {
        return object < users            ? user_name(object)
               : object < users + groups ? group_name(object - users)
                                         : fmt::format("OU=U{}", object - users - groups);
    }

    static std::string other_unit(std::string const& name) {
        return (name.find("OU=U0") == std::string::npos ? "OU=U0," : "OU=U1,") + root;
    }

    static std::string owned_by(std::string const& sddl, std::string const& owner) {
        return "O:" + owner + sddl.substr(sddl.find("G:"));
    }

    // "userAccountControl: 514", "sIDHistory:: …"
    static std::string value_change(std::string const& name, std::string const& attribute,
                                    std::string const& value) {
        return fmt::format("dn: {},{}\nchangetype: modify\nreplace: {}\n{}{}\n-\n\n", name, root, attribute,
                           attribute, value);
    }

    std::string acting_for_others() {
        auto const line = descriptor_line(fmt::format("O:BAD:(A;;GA;;;{})", trustee()));
        return value_change(name_of(below(users + groups)), "msDS-AllowedToActOnBehalfOfOtherIdentity",
                            line.substr(line.find(':'), line.size() - line.find(':') - 1));
    }

    // Of a user who is in the group already, as the directory wants it.
    std::string primary_group() {
        auto const number = below(groups);
        auto const& are = members_[number];
        auto const name = are.empty() || are.front().starts_with("CN=g") ? user_name(0) : are.front();
        return value_change(name, "primaryGroupID", fmt::format(": {}", 2100 + number));
    }

    std::string membership() {
        auto const into = below(groups);
        auto const& are = members_[into];
        auto const name = !are.empty() && below(3) == 0 ? are.front() : any_member(into);
        bool const is_in = std::find(are.begin(), are.end(), name) != are.end();
        return member_change(group_name(into) + "," + root, name + "," + root, is_in ? "delete" : "add");
    }

    static std::string user_name(unsigned number) { return fmt::format("CN=u{},OU=U{}", number, number % 2); }
    static std::string group_name(unsigned number) {
        return fmt::format("CN=g{},OU=U{}", number, number % 2);
    }

    std::string any_member(unsigned of) {
        auto const other = below(groups);
        return below(3) == 0 && other != of ? group_name(other) : user_name(below(users));
    }

    std::string trustee() {
        auto const number = below(users + groups);
        return fmt::format("{}-{}", test_domain_sid, number < users ? 2000 + number : 2100 + number - users);
    }

    // Of a right that takes over, or one that does not; sometimes a denial.
    std::string list() {
        static lines const rights{"(OA;;CR;" + reset + ";;{})",
                                  "(A;;WD;;;{})",
                                  "(A;;WP;;;{})",
                                  "(A;CI;GA;;;{})",
                                  "(A;;RC;;;{})",
                                  "(A;;WO;;;{})",
                                  "(D;;CR;;;{})",
                                  "(D;;WD;;;{})",
                                  "(D;CI;GA;;;{})"};
        auto made = "O:" + (below(3) == 0 ? trustee() : "DA");
        made += below(3) == 0 ? "G:DAD:PAI" : "G:DAD:AI";
        for (unsigned count = below(3); count > 0; --count) {
            auto const& right = rights[below(static_cast<unsigned>(rights.size()))];
            made += fmt::format(fmt::runtime(right), trustee());
        }
        return made + "(A;;GA;;;DA)";
    }

    std::mt19937 random_;
    std::vector<lines> members_;
    lines lists_;
    lines flags_; // of the users
};

// Who has a way or is tier 0, and is not disabled.
accounts holders(dsplan::paths::path_report const& report, accounts of_tier_zero) {
    for (auto const& path : report.paths)
        of_tier_zero.insert(path.sources.objects.begin(), path.sources.objects.end());
    return of_tier_zero;
}

struct both {
    accounts before;
    accounts after;
    dsplan::paths::path_report difference;
};

accounts members_of_tier_zero(dsplan::access::directory_image const& image) {
    auto const found = dsplan::paths::find_tier_zero(image, {});
    accounts made;
    for (dsplan::paths::object_index object = 0; object < image.objects.size(); ++object)
        if (found.contains(object) && dsplan::access::is_account(image, object) &&
            image.objects[object].exported->first(dsplan::directory::attribute::user_account_control) !=
                "514")
            made.insert(object);
    return made;
}

both ask_both(dsplan::directory::snapshot const& exported, std::string const& change) {
    using namespace dsplan;
    static auto const queries =
        std::make_shared<dsplan::paths::row_queries const>(dsplan::directory::schema::built_in());
    dsplan::directory::membership const of(exported);
    dsplan::effect::change_context const context{exported, dsplan::directory::schema::built_in(),
                                                 [](dsplan::directory::entry const*) {
                                                     return test_sids();
                                                 }};
    dsplan::paths::path_question const asked{.exported = exported,
                                             .known = dsplan::directory::schema::built_in(),
                                             .sids = test_sids(),
                                             .queries = queries};
    auto const changed = dsplan::effect::project(context, of, records(change)).value();
    // As the change finds it: what containers give, and had not been passed on yet, has arrived.
    dsplan::effect::projection unchanged;
    unchanged.before = changed.before;
    unchanged.after = changed.before;
    return {holders(dsplan::paths::find_paths(asked, unchanged), members_of_tier_zero(unchanged.after)),
            holders(dsplan::paths::find_paths(asked, changed), members_of_tier_zero(changed.after)),
            dsplan::paths::compare_paths(asked, changed)};
}

accounts minus(accounts const& a, accounts const& b) {
    accounts made;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(made, made.end()));
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_difference_is_that_of_two_searches) {
    std::map<std::string, unsigned> opened_by;
    std::map<std::string, unsigned> closed_by;
    for (unsigned seed = 1; seed <= domains_tried; ++seed) {
        random_domain domain(seed);
        auto const text = domain.text();
        auto const exported = load_text(text);
        for (unsigned number = 0; number < changes_of_each; ++number) {
            auto const [what, change] = domain.change();
            auto const found = ask_both(exported, change);
            accounts opened;
            accounts closed;
            for (auto const& each : found.difference.changes) {
                bool const opens =
                    each.what == path_change::opens || each.what == path_change::within_the_hour;
                auto& into = opens ? opened : closed;
                bool const is_decisive = each.path.how == dsplan::paths::strength::decisive;
                if (opens || (each.what == path_change::closes && is_decisive))
                    into.insert(each.path.sources.objects.begin(), each.path.sources.objects.end());
            }
            auto const tried = fmt::format("seed {}, change {}\n{}\n{}", seed, number, text, change);
            BOOST_TEST(opened == minus(found.after, found.before), tried);
            BOOST_TEST(minus(minus(found.before, found.after), closed).empty(), tried);
            BOOST_TEST(minus(closed, found.before).empty(), tried);
            opened_by[what] += opened.empty() ? 0U : 1U;
            closed_by[what] += closed.empty() ? 0U : 1U;
        }
    }
    for (std::string const what : {"move", "owner", "enabled", "acting for others", "member", "list"})
        BOOST_TEST(opened_by[what] > 0U, what);
    for (std::string const what : {"move", "delete", "owner", "enabled", "member", "list"})
        BOOST_TEST(closed_by[what] > 0U, what);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
