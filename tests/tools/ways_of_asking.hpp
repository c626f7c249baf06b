#pragma once
#include <tools/dsplan/diff/access_claims.hpp>
#include <tools/dsplan/diff/export_diff.hpp>
#include <tools/dsplan/words/account_names.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>
#include <string>
#include <tests/tools/random_directory.hpp>
#include <utility>
#include <vector>

/// One question, asked in every way there is: the listing of `access`, `access --right`, `who-can`, the
/// difference of two listings, `effect`, and `diff` of two exports and of two descriptors. No two may
/// contradict each other.
namespace ways_of_asking {

using dsplan::directory::right_kind;
using dsplan::directory::schema;
using rights = std::set<std::string>; // in the words that `access --right` takes, one bit on one subject each

/// Everything that can be granted on objects of a class.
class universe {
    struct one_right {
        std::uint32_t node = 0;
        dsplan::sddl::access_mask bit;
        std::string text; // kept: making it takes most of the time of a question
    };

public:
    explicit universe(std::string const& class_name)
        : on_class_(dsplan::directory::make_class_rights(
              schema::built_in(), {schema::built_in().find_class(class_name), {}, {}})) {
        for (std::uint32_t node = 0; node < on_class_.subjects.size(); ++node)
            for (std::uint32_t bit = 1; bit <= dsplan::sddl::right_write_owner.bits; bit <<= 1)
                if (is_one(node, {bit}))
                    all_.push_back({node, {bit}, dsplan::words::right_text(on_class_.subjects[node], {bit})});
        for (auto const& one : all_)
            texts_.insert(one.text);
    }

    [[nodiscard]] std::size_t size() const { return all_.size(); }
    [[nodiscard]] std::string operator[](std::size_t place) const { return all_[place].text; }

    [[nodiscard]] bool knows(std::string const& right) const { return texts_.contains(right); }

    /// What the words of a gain or loss stand for.
    void expand(std::string const& said, rights& into) const {
        auto const read = dsplan::words::parse_right(said, schema::built_in());
        BOOST_TEST_REQUIRE(read.has_value(), said);
        for (auto const& one : all_)
            if (read->mask.contains(one.bit) && is_meant(*read, one.node))
                into.insert(one.text);
    }

    /// What a listing says.
    [[nodiscard]] rights listed(dsplan::access::effective_access const& listing) const {
        std::map<std::pair<right_kind, std::uint32_t>, std::vector<std::string> const*> const lists{
            {{right_kind::attribute, dsplan::sddl::right_read_property.bits}, &listing.readable_attributes},
            {{right_kind::attribute, dsplan::sddl::right_write_property.bits}, &listing.writable_attributes},
            {{right_kind::extended_right, dsplan::sddl::right_control_access.bits}, &listing.extended_rights},
            {{right_kind::validated_write, dsplan::sddl::right_self_write.bits}, &listing.validated_writes},
            {{right_kind::child_class, dsplan::sddl::right_create_child.bits}, &listing.creatable_classes},
            {{right_kind::child_class, dsplan::sddl::right_delete_child.bits}, &listing.deletable_classes}};
        rights made;
        for (auto const& one : all_) {
            auto const& subject = on_class_.subjects[one.node];
            bool const is_there =
                subject.kind == right_kind::object
                    ? listing.object_rights.contains(one.bit)
                    : std::binary_search(lists.at({subject.kind, one.bit.bits})->begin(),
                                         lists.at({subject.kind, one.bit.bits})->end(), subject.name());
            if (is_there)
                made.insert(one.text);
        }
        if (!listing.deleted_by.empty())
            made.insert("delete");
        return made;
    }

private:
    [[nodiscard]] bool is_one(std::uint32_t node, dsplan::sddl::access_mask bit) const {
        using namespace dsplan::sddl;
        auto const& subject = on_class_.subjects[node];
        constexpr access_mask on_the_object{0xF00C4};
        switch (subject.kind) {
        case right_kind::object:
            return on_the_object.contains(bit) && dsplan::words::find_words(bit) != nullptr;
        case right_kind::attribute:
            return subject.attribute->possible_rights().contains(bit);
        case right_kind::property_set:
            return false;
        case right_kind::extended_right:
            return bit == right_control_access;
        case right_kind::validated_write:
            return bit == right_self_write;
        case right_kind::child_class:
            return bit == right_create_child || bit == right_delete_child;
        }
        return false;
    }

    // A right without a type is one of the object, or of all of its kind.
    [[nodiscard]] bool is_meant(dsplan::words::right const& read, std::uint32_t node) const {
        auto const is_named = [&](std::vector<dsplan::sddl::guid> const& names) {
            auto const has = [&](std::uint32_t each) {
                return std::find(names.begin(), names.end(), on_class_.tree[each].type) != names.end();
            };
            auto const above = on_class_.tree[node].parent;
            bool const is_in_set = above != dsplan::sddl::object_type_tree::none &&
                                   above != dsplan::sddl::object_type_tree::object;
            return has(node) || (is_in_set && has(above));
        };
        bool const is_of_object = on_class_.subjects[node].kind == right_kind::object;
        bool const is_whole = !read.type && !is_named(read.but);
        return is_of_object ? !read.type
                            : is_whole || (read.type && is_named({*read.type}) && !is_named(read.but));
    }

    dsplan::directory::class_rights on_class_;
    std::vector<one_right> all_;
    std::set<std::string> texts_;
};

inline universe const& universe_of(std::string const& class_name) {
    static std::map<std::string, universe> made;
    return made.try_emplace(class_name, class_name).first->second;
}

/// The same directory before or after a change.
class side {
public:
    side(std::string const& text, std::string target, universe const& all)
        : asked_(text)
        , target_(std::move(target))
        , all_(all) {}

    [[nodiscard]] rights listing(std::string const& who) {
        return all_.listed(asked_.evaluator.evaluate(token_of(who), object()));
    }

    [[nodiscard]] dsplan::access::right_answer decide(dsplan::access::right_query const& query,
                                                      std::string const& who) const {
        return asked_.evaluator.decide(query, token_of(who), object(), dsplan::sddl::no_known_claims);
    }

    [[nodiscard]] std::set<std::string> who_can(dsplan::access::right_query const& query) const {
        auto const& image = asked_.image;
        auto const answer = dsplan::access::who_can(
            image, query, [this, &image](auto index) { return image.objects[index].exported == &object(); });
        std::set<std::string> found;
        for (auto const& holder : answer.holders)
            for (auto const& [account, objects] : holder.accounts)
                found.emplace(image.objects[account].exported->dn);
        return found;
    }

    [[nodiscard]] dsplan::directory::entry const& object() const { return *asked_.exported.find(target_); }
    [[nodiscard]] asked_directory const& asked() const { return asked_; }

private:
    [[nodiscard]] dsplan::sddl::security_token token_of(std::string const& who) const {
        return asked_.evaluator.token_of(*asked_.exported.find(who),
                                         dsplan::directory::domain_part(object().key));
    }

    asked_directory asked_;
    std::string target_;
    universe const& all_;
};

inline dsplan::access::right_query const& query_of(std::string const& right) {
    static std::map<std::string, dsplan::access::right_query> queries;
    auto found = queries.find(right);
    if (found == queries.end())
        found = queries.emplace(right, dsplan::access::parse_right(right, schema::built_in()).value()).first;
    return found->second;
}

inline rights without(rights const& from, rights const& taken) {
    rights made;
    std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(),
                        std::inserter(made, made.end()));
    return made;
}

/// What is said of an account and objects of a class.
inline rights said_of(std::vector<dsplan::effect::account_change> const& changes, std::string const& who,
                      std::string const& dn, bool gained, universe const& all) {
    rights made;
    for (auto const& change : changes) {
        if (std::find(change.accounts.begin(), change.accounts.end(), who) == change.accounts.end())
            continue;
        for (auto const& row : change.rights) {
            bool const is_remark =
                row.right.find(dsplan::words::half_of_reading) != std::string::npos ||
                row.right.find(dsplan::words::allowed_by_parent_already) != std::string::npos ||
                row.right.find(dsplan::words::allowed_by_parent_still) != std::string::npos;
            if (row.gained == gained && !is_remark &&
                std::find(row.first.begin(), row.first.end(), dn) != row.first.end())
                all.expand(row.right, made);
        }
    }
    return made;
}

inline bool is_confidential(std::string const& right) {
    auto const* const found = schema::built_in().find_attribute(right.substr(right.find(' ') + 1));
    return right.starts_with("read ") && found != nullptr && found->is_confidential;
}

/// One directory, one change and the questions about it.
class experiment {
public:
    experiment(std::string class_name, unsigned seed)
        : made_(seed)
        , seed_(seed)
        , class_name_(std::move(class_name)) {}

    void run() {
        build();
        auto const& all = universe_of(class_name_);
        side before(base_, target_, all);
        side after(after_, target_, all);
        auto const predicted = predict(before.asked(), changes_);
        check_diff(before, after, predicted);
        for (auto const* const who : accounts_) {
            auto const had = before.listing(who);
            auto const has = after.listing(who);
            check_said(before, after, predicted, who, without(has, had), true);
            check_said(before, after, predicted, who, without(had, has), false);
            check_claims(before, after, had != has, who);
            listings_.emplace(who, std::pair(had, has));
        }
        for (auto const& right : sample(all))
            check_right(before, after, right);
    }

private:
    static constexpr std::array<char const*, 3> accounts_{"CN=u0," ROOT, "CN=u1," ROOT, "CN=u3," CHILD};

    void build() {
        made_.make_accounts();
        auto const* const lines = class_name_ == "user" ? "top person organizationalPerson user"
                                  : class_name_ == "computer"
                                      ? "top person organizationalPerson user computer"
                                  : class_name_ == "group" ? "top group"
                                                           : "top organizationalUnit";
        target_ = made_.below(4) == 0 ? "CN=t," CHILD : "CN=t," OBJECT;
        auto const unit = made_.descriptor();
        std::string const own = class_name_ == "group" ? made_.group_lines() : "primaryGroupID: 513\n";
        list_before_ = made_.user_descriptor();
        list_after_ = made_.user_descriptor();
        base_ = made_.base_with(unit, target_, lines, list_before_, own);
        changes_ = descriptor_change(target_, list_after_);
        auto unit_after = unit;
        if (made_.below(3) == 0) {
            unit_after = made_.descriptor();
            changes_ += descriptor_change(OBJECT, unit_after);
        }
        moves_members_ = made_.below(2) == 0;
        if (moves_members_)
            changes_ += made_.change_member();
        auto own_after = own;
        constexpr std::string_view joined = "member: CN=u0," ROOT "\n";
        if (class_name_ == "group" && made_.below(2) == 0 && own.find(joined) == std::string::npos) {
            own_after += joined;
            changes_ += member_change(target_, "CN=u0," ROOT);
            moves_members_ = true;
        }
        after_ = made_.base_with(unit_after, target_, lines, list_after_, own_after);
    }

    [[nodiscard]] std::string context(std::string const& more) const {
        return fmt::format("seed {}, {} {}\n{}\n{}\n{}\n{}", seed_, class_name_, target_, list_before_,
                           list_after_, changes_, more);
    }

    std::set<std::string> sample(universe const& all) {
        std::set<std::string> made{"delete", "delete tree", one_whole()};
        for (int left = 0; left < 8; ++left)
            made.insert(all[made_.below(static_cast<unsigned>(all.size()))]);
        for (auto const& [who, listed] : listings_) { // and some that came or went
            auto const changed = without(listed.second, listed.first);
            if (!changed.empty())
                made.insert(*std::next(changed.begin(), made_.below(static_cast<unsigned>(changed.size()))));
        }
        return made;
    }

    // What consists of parts.
    std::string one_whole() {
        static constexpr std::array<char const*, 10> wholes{
            "write all properties",    "read all properties",      "all extended rights",
            "all validated writes",    "create all child objects", "delete all child objects",
            "read Public Information", "write Public Information", "full control",
            "read Private Information"};
        return wholes[made_.below(wholes.size())];
    }

    void check_right(side const& before, side const& after, std::string const& right) {
        auto const& query = query_of(right);
        for (auto const* const each : {&before, &after}) {
            auto const holders = each->who_can(query);
            for (auto const* const who : accounts_) {
                auto const answer = each->decide(query, who);
                auto const& listed = each == &before ? listings_[who].first : listings_[who].second;
                bool const is_by_tree_above = right == "delete tree" && answer.on != nullptr;
                auto const said =
                    context(fmt::format("{} {} {}", right, who, each == &before ? "before" : "after"));
                BOOST_TEST_REQUIRE((holders.contains(who) == answer.granted), said);
                if (universe_of(class_name_).knows(right))
                    BOOST_TEST_REQUIRE((listed.contains(right) == (answer.granted && !is_by_tree_above)),
                                       said);
            }
        }
    }

    // "Read all properties" is said without the confidential ones, which may come with it. A deletion of a
    // tree by the object above is reported for the object above.
    void check_said(side& before, side& after, dsplan::effect::effect const& predicted,
                    std::string const& who, rights const& changed, bool gained) {
        auto const& all = universe_of(class_name_);
        auto const name = dsplan::directory::account_name(*before.asked().exported.find(who));
        auto const said = said_of(predicted.changes, name, target_, gained, all);
        auto const strictly = deletes_strictly(before, who) != deletes_strictly(after, who);
        for (auto const& right : changed)
            if (right != "delete" || strictly)
                BOOST_TEST_REQUIRE(
                    said.contains(right),
                    context(fmt::format("not said: {} {} {}", who, gained ? "gains" : "loses", right)));
        for (auto const& right : said)
            if (!is_confidential(right) && (right != "delete" || !strictly))
                BOOST_TEST_REQUIRE(
                    (changed.contains(right) || is_part(right, before, after, who, gained)),
                    context(fmt::format("said: {} {} {}", who, gained ? "gains" : "loses", right)));
    }

    // "All extended rights" come although one of them was there, and go although one was not.
    static bool is_part(std::string const& right, side& before, side& after, std::string const& who,
                        bool gained) {
        bool const is_property = right.starts_with("read ") || right.starts_with("write ");
        return !is_property && before.listing(who).contains(right) == gained &&
               after.listing(who).contains(right) == gained;
    }

    static bool deletes_strictly(side const& asked, std::string const& who) {
        auto const answer = asked.decide(query_of("delete"), who);
        return answer.granted && answer.remark.find("delete tree") == std::string::npos;
    }

    void check_diff(side const& before, side const& after, dsplan::effect::effect const& predicted) {
        dsplan::words::name_context const names{schema::built_in(), test_sids(), &after.asked().exported};
        auto const compared =
            dsplan::diff::compare_exports(before.asked().exported, after.asked().exported, names);
        BOOST_TEST_REQUIRE(compared.accounts.size() == predicted.changes.size(), context("diff"));
        for (std::size_t place = 0; place < compared.accounts.size(); ++place) {
            BOOST_TEST_REQUIRE((compared.accounts[place].accounts == predicted.changes[place].accounts),
                               context("diff"));
            BOOST_TEST_REQUIRE((compared.accounts[place].rights == predicted.changes[place].rights),
                               context("diff"));
        }
    }

    // Two descriptors alone: "the same" must hold for everybody whose memberships stay.
    void check_claims(side const& before, side const& after, bool differs, std::string const& who) {
        if (moves_members_ || !differs || changes_.find(OBJECT "\n") != changes_.rfind("dn: ") + 4)
            return;
        dsplan::words::name_context const names{schema::built_in(), test_sids(), nullptr};
        auto const* const asked = schema::built_in().find_class(class_name_);
        auto const compared = dsplan::diff::compare_access(
            *before.object().descriptor->value, *after.object().descriptor->value, names, {{asked}, {}});
        BOOST_TEST_REQUIRE(!compared.claims.empty(), context("two descriptors: nothing said, " + who));
    }

    random_directory made_;
    unsigned seed_;
    std::string class_name_;
    std::string target_;
    std::string list_before_;
    std::string list_after_;
    std::string base_;
    std::string changes_;
    std::string after_;
    bool moves_members_ = false;
    std::map<std::string, std::pair<rights, rights>> listings_;
};

/// Asks about objects of a class in that many directories.
inline void ask_in_every_way(std::string const& class_name, unsigned directories) {
    for (unsigned seed = 0; seed < directories; ++seed)
        experiment(class_name, seed).run();
}

} // namespace ways_of_asking
