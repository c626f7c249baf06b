#include <tools/dsplan/words/right_words.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <tests/tools/random_directory.hpp>
#include <utility>

// What an account may do by the listing of access is what access answers for each right, and what effect says
// of a change is the difference of two listings.

namespace {

using dsplan::directory::right_kind;
using dsplan::directory::schema;

constexpr auto target = "CN=t," OBJECT;

// One right that a listing tells: its verb and the attribute or right.
using told = std::set<std::string>;

told told_by(asked_directory const& from, std::string_view who) {
    auto& evaluator = const_cast<dsplan::access::access_evaluator&>(from.evaluator);
    auto const& object = *from.exported.find(target);
    auto const token =
        evaluator.token_of(*from.exported.find(who), dsplan::directory::domain_part(object.key));
    auto const listed = evaluator.evaluate(token, object);
    told made;
    for (auto const& name : listed.readable_attributes)
        made.insert("read " + name);
    for (auto const& name : listed.writable_attributes)
        made.insert("write " + name);
    for (auto const& name : listed.extended_rights)
        made.insert("right " + name);
    for (auto const& name : listed.validated_writes)
        made.insert("validated " + name);
    return made;
}

bool may(asked_directory const& from, std::string_view who, std::string const& right) {
    static std::map<std::string, dsplan::access::right_query> queries;
    auto query = queries.find(right);
    if (query == queries.end())
        query = queries.emplace(right, dsplan::access::parse_right(right, schema::built_in()).value()).first;
    auto const& object = *from.exported.find(target);
    auto const token =
        from.evaluator.token_of(*from.exported.find(who), dsplan::directory::domain_part(object.key));
    return from.evaluator.decide(query->second, token, object, dsplan::sddl::no_known_claims).granted;
}

// Rights by the words of a listing and by those of --right.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> asked{{
    {"read telephoneNumber", "read telephoneNumber"},
    {"write telephoneNumber", "write telephoneNumber"},
    {"read homePhone", "read homePhone"},
    {"write homePhone", "write homePhone"},
    {"write description", "write description"},
    {"read msPKIAccountCredentials", "read msPKIAccountCredentials"},
    {"write msPKIAccountCredentials", "write msPKIAccountCredentials"},
    {"read servicePrincipalName", "read servicePrincipalName"},
    {"write memberOf", "write memberOf"},
    {"right User-Force-Change-Password", "Reset Password"},
    {"right User-Change-Password", "Change Password"},
}};

dsplan::directory::class_rights const& rights_of_users() {
    static auto const made = dsplan::directory::make_class_rights(
        schema::built_in(), {schema::built_in().find_class("user"), {}, {}});
    return made;
}

// The attributes that the words of a gain or loss stand for.
void expand(std::string const& text, told& into) {
    auto const right = dsplan::words::parse_right(text, schema::built_in());
    BOOST_TEST_REQUIRE(right.has_value(), text);
    bool const reads = right->mask == dsplan::sddl::right_read_property;
    if (!reads && right->mask != dsplan::sddl::right_write_property)
        return;
    auto const& users = rights_of_users();
    auto const is_named = [&](std::vector<dsplan::sddl::guid> const& names, std::size_t node) {
        auto const in = users.tree[static_cast<std::uint32_t>(node)].parent;
        auto const has = [&](dsplan::sddl::guid const& id) {
            return std::find(names.begin(), names.end(), id) != names.end();
        };
        return has(users.tree[static_cast<std::uint32_t>(node)].type) ||
               (in != dsplan::sddl::object_type_tree::none && in != 0 && has(users.tree[in].type));
    };
    for (std::size_t node = 0; node < users.subjects.size(); ++node) {
        auto const* const attribute = users.subjects[node].attribute;
        if (attribute == nullptr || users.subjects[node].kind != right_kind::attribute ||
            (!reads && !attribute->can_be_written()))
            continue;
        if ((!right->type || is_named({*right->type}, node)) && !is_named(right->but, node))
            into.insert((reads ? "read " : "write ") + attribute->name);
    }
}

told said_by(dsplan::effect::effect const& predicted, std::string const& who, bool gained) {
    told made;
    for (auto const& change : predicted.changes) {
        if (std::find(change.accounts.begin(), change.accounts.end(), who) == change.accounts.end())
            continue;
        for (auto const& row : change.rights)
            if (row.gained == gained && row.object_class == "user" &&
                row.right.find(dsplan::words::half_of_reading) == std::string::npos)
                expand(row.right, made);
    }
    return made;
}

bool is_confidential(std::string const& right) {
    auto const* const found = schema::built_in().find_attribute(right.substr(right.find(' ') + 1));
    return right.starts_with("read ") && found != nullptr && found->is_confidential;
}

// "Read all properties" is said without the confidential ones, which may come with it.
void compare(told const& had, told const& has, told const& said, std::string const& context) {
    for (auto const& right : has) {
        bool const is_property = right.starts_with("read ") || right.starts_with("write ");
        if (is_property && !had.contains(right))
            BOOST_TEST_REQUIRE(said.contains(right), context + "\nnot said: " + right);
    }
    for (auto const& right : said)
        if (!is_confidential(right))
            BOOST_TEST_REQUIRE((has.contains(right) && !had.contains(right)), context + "\nsaid: " + right);
}

void ask(unsigned seed) {
    random_directory made(seed);
    made.make_accounts();
    auto const unit = made.descriptor();
    auto const old_list = made.user_descriptor();
    auto const new_list = made.user_descriptor();
    asked_directory const before(made.base_with_user(unit, old_list));
    asked_directory const after(made.base_with_user(unit, new_list));
    auto const predicted = predict(before, descriptor_change(target, new_list));
    for (std::string const who : {"CN=u0," ROOT, "CN=u1," ROOT, "CN=u3," CHILD}) {
        auto const had = told_by(before, who);
        auto const has = told_by(after, who);
        auto const context = fmt::format("seed {}, {}\n{}\n{}", seed, who, old_list, new_list);
        for (auto const& [listed, right] : asked)
            BOOST_TEST_REQUIRE((has.contains(std::string(listed)) == may(after, who, std::string(right))),
                               context + "\n" + std::string(right));
        auto const name = dsplan::directory::account_name(*before.exported.find(who));
        compare(had, has, said_by(predicted, name, true), context + "\ngains");
        compare(has, had, said_by(predicted, name, false), context + "\nloses");
        auto const deletes = std::pair(may(before, who, "delete"), may(after, who, "delete"));
        if (std::string const lacks_tree = "DT"; unit.find(lacks_tree) == std::string::npos &&
                                                 (old_list + new_list).find(lacks_tree) == std::string::npos)
            for (bool const gained : {true, false})
                BOOST_TEST_REQUIRE((names_in(before, predicted, gained, "delete").contains(who) ==
                                    (deletes.first != deletes.second && deletes.second == gained)),
                                   context + "\n" + unit);
    }
}

// Within this namespace the suite is none of the system's access().
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(listings)

BOOST_AUTO_TEST_CASE(listings_and_single_rights_and_effects_agree) {
    for (unsigned seed = 0; seed < 1000; ++seed)
        ask(seed);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

} // namespace
