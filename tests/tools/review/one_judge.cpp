#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/words/explanation.hpp>
#include <tools/dsplan/words/judge/ace_judge.hpp>
#include <tools/dsplan/words/object_kind.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <random>

BOOST_AUTO_TEST_SUITE(review)
BOOST_AUTO_TEST_SUITE(one_judge)

namespace {

namespace directory = dsplan::directory;
namespace sddl = dsplan::sddl;
namespace words = dsplan::words;

// GUIDs of everything that an object type may name, and one that nothing has.
std::vector<sddl::guid> object_types(directory::schema const& known) {
    std::vector<sddl::guid> ids{sddl::parse_guid("01234567-0123-0123-0123-0123456789ab").value()};
    for (auto const& each : known.rights())
        ids.push_back(each.id);
    for (auto const& row : words::takeover_rights())
        ids.push_back(row.attribute.empty() ? row.id : known.find_attribute(row.attribute)->id);
    for (auto const* const name : {"user", "computer", "group", "organizationalUnit", "contact"})
        ids.push_back(known.find_class(name)->id);
    return ids;
}

class random_aces {
public:
    explicit random_aces(directory::schema const& known) : known_(known), ids_(object_types(known)) {}

    sddl::ace next() {
        sddl::ace made;
        constexpr std::array types{sddl::ace_type::access_allowed, sddl::ace_type::access_denied,
                                   sddl::ace_type::access_allowed_object,
                                   sddl::ace_type::access_denied_object,
                                   sddl::ace_type::access_allowed_callback};
        made.type = types[below(types.size())];
        made.flags = static_cast<std::uint8_t>(below(16));
        made.mask.bits = (1U << below(9)) | (below(3) == 0 ? 1U << (16 + below(4)) : 0U) |
                         (below(8) == 0 ? 0xF01FFU : 0U) | (below(8) == 0 ? 0x40000000U : 0U);
        made.trustee = trustee();
        if (!sddl::is_object_type(made.type))
            return made;
        if (below(4) != 0)
            made.object_type = ids_[below(ids_.size())];
        if (below(3) == 0)
            made.inherited_object_type = known_.classes()[below(known_.classes().size())].id;
        return made;
    }

private:
    std::size_t below(std::size_t end) { return source_() % end; }

    sddl::sid trustee() {
        constexpr std::array texts{"S-1-5-21-1-2-3-1105",
                                   "S-1-5-21-1-2-3-512",
                                   "S-1-5-21-7-7-7-512",
                                   "S-1-5-21-1-2-3-513",
                                   "S-1-1-0",
                                   "S-1-5-11",
                                   "S-1-5-32-554",
                                   "S-1-5-32-544",
                                   "S-1-5-18",
                                   "S-1-18-1",
                                   "S-1-5-21-1-2-3-519",
                                   "S-1-5-21-4-5-6-519"};
        return sddl::parse_sid(texts[below(texts.size())]).value();
    }

    directory::schema const& known_;
    std::vector<sddl::guid> ids_;
    std::mt19937 source_{20261126};
};

bool is_about_use(dsplan::review::finding const& each) {
    constexpr std::array rules{"ace-does-nothing", "ace-inherit-only-nowhere",
                               "ace-wrong-class",  "unknown-guid",
                               "lock-out",         "ace-shadowed"};
    return std::find(rules.begin(), rules.end(), each.broken->name) != rules.end();
}

std::vector<dsplan::review::finding> findings_of(sddl::security_descriptor const& value,
                                                 words::name_context const& names) {
    dsplan::review::changed_object const object{.dn = "CN=any", .object_class = {}};
    std::vector<dsplan::review::finding> found;
    std::function<bool(dsplan::review::rule const&)> const wanted = [](dsplan::review::rule const&) {
        return true;
    };
    std::string const file;
    dsplan::review::find_in_aces({object, value}, {0}, names, {found, wanted, 1, file, 1});
    std::erase_if(found, is_about_use);
    if (found.size() > 1)
        std::erase_if(found, [](auto const& each) { return each.broken->name == "broad-trustee"; });
    return found;
}

} // namespace

BOOST_AUTO_TEST_CASE(explain_and_review_say_the_same_of_ten_thousand_aces) {
    auto const& known = directory::schema::built_in();
    random_aces aces(known);
    auto const domain = sddl::parse_sid("S-1-5-21-1-2-3").value();
    std::size_t dangerous = 0;
    for (std::size_t count = 0; count < 10000; ++count) {
        sddl::domain_sids const sids =
            count % 2 == 0 ? sddl::domain_sids{domain, domain} : sddl::domain_sids{};
        words::name_context const names{known, sids};
        sddl::security_descriptor value;
        sddl::set_dacl(value, {.aces = {aces.next()}, .slack = {}});
        auto const& ace = value.dacl->aces.front();
        if (words::is_of_file(ace.mask))
            continue; // explain does not know that it is a directory object's
        auto const risks = words::find_risks(value, sids, known);
        auto const findings = findings_of(value, names);
        BOOST_TEST_CONTEXT(names.text(ace)) {
            BOOST_TEST_REQUIRE(risks.size() == findings.size());
            for (std::size_t index = 0; index < risks.size(); ++index) {
                auto const who = words::account_name(ace.trustee, sids);
                BOOST_TEST(risks[index].reason.starts_with(who));
                BOOST_TEST(findings[index].text.starts_with(who));
            }
        }
        dangerous += risks.empty() ? 0U : 1U;
    }
    BOOST_TEST(dangerous > 1000U); // the aces are not all harmless
}

BOOST_AUTO_TEST_CASE(the_judge_only_names_rules_of_the_review) {
    for (auto const& row : words::takeover_rights()) {
        BOOST_TEST(dsplan::review::find_rule(row.rule), row.rule);
        if (!row.attribute.empty())
            BOOST_TEST(directory::schema::built_in().find_attribute(row.attribute), row.attribute);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
