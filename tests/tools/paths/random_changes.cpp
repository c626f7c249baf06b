#include <random>
#include <set>
#include <tests/tools/paths_domain.hpp>

using namespace paths_domain;

namespace {

using dsplan::paths::path_change;
using accounts = std::set<dsplan::paths::object_index>;

constexpr unsigned domains_tried = 25;
constexpr unsigned changes_of_each = 20;
constexpr unsigned users = 6;
constexpr unsigned groups = 4;

// A small directory at random, and changes of it.
class random_domain {
public:
    explicit random_domain(unsigned seed) : random_(seed) {
        for (unsigned each = 0; each < groups; ++each)
            members_.push_back(below(3) == 0 ? lines{} : lines{any_member(each)});
        for (unsigned each = 0; each < users + groups + 2; ++each)
            lists_.push_back(list());
    }

    [[nodiscard]] std::string text() const {
        auto made = base() + sync_account();
        for (unsigned each = 0; each < 2; ++each)
            made += unit(fmt::format("OU=U{}", each), lists_[users + groups + each]);
        for (unsigned each = 0; each < users; ++each)
            made += account(user_name(each), fmt::format("{}", 2000 + each), fmt::format("u{}", each),
                            lists_[each]);
        for (unsigned each = 0; each < groups; ++each)
            made += group(group_name(each), fmt::format("{}", 2100 + each), fmt::format("g{}", each),
                          members_[each], lists_[users + each]);
        return made + "dn: CN=Server Admins,OU=Staff," + root + "\nmember: " + group_name(0) + "," + root +
               "\n\ndn: CN=Domain Admins,CN=Users," + root + "\nmember: " + user_name(users - 1) + "," +
               root + "\n\n";
    }

    [[nodiscard]] std::string change() {
        if (below(3) == 0) {
            auto const into = below(groups);
            auto const name = any_member(into);
            auto const& are = members_[into];
            bool const is_in = std::find(are.begin(), are.end(), name) != are.end();
            return member_change(group_name(into) + "," + root, name + "," + root, is_in ? "delete" : "add");
        }
        if (below(6) == 0)
            return member_change("CN=Domain Admins,CN=Users," + root,
                                 user_name(below(users - 1)) + "," + root);
        auto const object = below(users + groups + 2);
        auto const name = object < users            ? user_name(object)
                          : object < users + groups ? group_name(object - users)
                                                    : fmt::format("OU=U{}", object - users - groups);
        return descriptor_change(name + "," + root, list());
    }

private:
    unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }
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
        std::string made =
            fmt::format("O:{}G:DAD:{}", below(6) == 0 ? trustee() : "DA", below(3) == 0 ? "PAI" : "AI");
        for (unsigned count = below(3); count > 0; --count)
            made += fmt::format(fmt::runtime(rights[below(static_cast<unsigned>(rights.size()))]), trustee());
        return made + "(A;;GA;;;DA)";
    }

    std::mt19937 random_;
    std::vector<lines> members_;
    lines lists_;
};

// Who has a way or is tier 0.
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
        if (found.contains(object) && dsplan::access::is_account(image, object))
            made.insert(object);
    return made;
}

both ask_both(dsplan::directory::snapshot const& exported, std::string const& change) {
    using namespace dsplan;
    static auto const queries = std::make_shared<paths::row_queries const>(directory::schema::built_in());
    directory::membership const of(exported);
    effect::change_context const context{exported, directory::schema::built_in(),
                                         [](directory::entry const*) {
                                             return test_sids();
                                         }};
    paths::path_question const asked{.exported = exported,
                                     .known = directory::schema::built_in(),
                                     .sids = test_sids(),
                                     .queries = queries};
    auto const changed = effect::project(context, of, records(change)).value();
    // As the change finds it: what containers give, and had not been passed on yet, has arrived.
    effect::projection unchanged;
    unchanged.before = changed.before;
    unchanged.after = changed.before;
    return {holders(paths::find_paths(asked, unchanged), members_of_tier_zero(unchanged.after)),
            holders(paths::find_paths(asked, changed), members_of_tier_zero(changed.after)),
            paths::compare_paths(asked, changed)};
}

accounts minus(accounts const& a, accounts const& b) {
    accounts made;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(made, made.end()));
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(paths)
BOOST_AUTO_TEST_SUITE(random_changes)

BOOST_AUTO_TEST_CASE(the_difference_is_that_of_two_searches) {
    unsigned opened_by_some = 0;
    unsigned closed_by_some = 0;
    for (unsigned seed = 1; seed <= domains_tried; ++seed) {
        random_domain domain(seed);
        auto const text = domain.text();
        auto const exported = load_text(text);
        for (unsigned number = 0; number < changes_of_each; ++number) {
            auto const change = domain.change();
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
            opened_by_some += opened.empty() ? 0U : 1U;
            closed_by_some += closed.empty() ? 0U : 1U;
        }
    }
    BOOST_TEST(opened_by_some > 40U);
    BOOST_TEST(closed_by_some > 20U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
