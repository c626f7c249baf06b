#include <ldif/base64.hpp>
#include <ldif/reader.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/effect/base_objects.hpp>
#include <tools/dsplan/effect/export_after.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(effect)
BOOST_AUTO_TEST_SUITE(after_image)

// Random changes of random directories: what effect computes is what `ldif apply` writes, and both refuse the
// same records with the same words.

using namespace dsplan;

namespace {

#define ROOT "DC=contoso,DC=com"
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"

class random_directory {
public:
    explicit random_directory(unsigned seed) : random_(seed) {}

    // Nothing is inherited yet.
    std::string base() {
        auto text = entry_text(ROOT, "top domain domainDNS", descriptor(),
                               "instanceType: 5\n" + sid_line(test_domain_sid));
        names_ = {ROOT};
        for (int unit = 0; unit < 4; ++unit)
            text += object(fmt::format("OU=o{}", unit), "top organizationalUnit", {});
        containers_ = names_;
        for (int user = 0; user < 4; ++user)
            text += object(fmt::format("CN=u{}", user), "top person organizationalPerson user",
                           fmt::format("{}sAMAccountName: u{}\nprimaryGroupID: 513\n",
                                       sid_line(fmt::format("{}", 1100 + user)), user));
        accounts_ = {names_.begin() + static_cast<std::ptrdiff_t>(containers_.size()), names_.end()};
        groups_ = {"CN=g0," ROOT, "CN=g1," ROOT, "CN=Domain Users," ROOT};
        for (int group = 0; group < 2; ++group)
            text += entry_text(groups_[static_cast<std::size_t>(group)], "top group", descriptor(),
                               fmt::format("{}sAMAccountName: g{}\n{}",
                                           sid_line(fmt::format("{}", 1200 + group)), group, members()));
        text += entry_text(groups_[2], "top group", descriptor(),
                           sid_line("513") + "sAMAccountName: Domain Users\n");
        names_.insert(names_.end(), groups_.begin(), groups_.end());
        return text;
    }

    std::string changes() {
        std::string text;
        for (unsigned left = 1 + below(5); left > 0; --left)
            text += change();
        return text;
    }

private:
    unsigned below(std::size_t end) { return static_cast<unsigned>(random_() % end); }

    std::string one_of(std::vector<std::string> const& choices) { return choices[below(choices.size())]; }

    std::string object(std::string const& rdn, std::string_view classes, std::string_view lines) {
        auto const& above = containers_.empty() ? names_ : containers_;
        names_.push_back(rdn + "," + one_of(above));
        return entry_text(names_.back(), classes, descriptor(), lines);
    }

    std::string members() {
        std::set<std::string> chosen;
        for (unsigned left = below(4); left > 0; --left)
            chosen.insert(any_member());
        std::string text;
        for (auto const& name : chosen)
            text += "member: " + name + "\n";
        return text;
    }

    std::string any_member() {
        switch (below(6)) {
        case 0:
            return "CN=S-1-5-11,CN=ForeignSecurityPrincipals," ROOT;
        case 1:
            return one_of(groups_);
        default:
            return one_of(accounts_);
        }
    }

    std::string ace() {
        std::string const mask = one_of({"SD", "RPWP", "CC", "WD"});
        std::string const flags = one_of({"", "CI", "CI", "CIIO", "CINP"});
        std::string const who = one_of({"WD", "AU", "DA", DOMAIN_SID "-1100", DOMAIN_SID "-1200", "CO"});
        std::string const type = one_of({"", "", "bf967aba-0de6-11d0-a285-00aa003049e2"});
        bool const denies = below(4) == 0;
        if (type.empty())
            return fmt::format("({};{};{};;;{})", denies ? "D" : "A", flags, mask, who);
        return fmt::format("({};{};{};;{};{})", denies ? "OD" : "OA", flags, mask, type, who);
    }

    std::string descriptor() {
        std::string text = one_of({"O:DA", "O:SY"}) + "G:DAD:" + one_of({"AI", "AI", "PAI"});
        for (unsigned left = below(4); left > 0; --left)
            text += ace();
        return text;
    }

    static std::string modify(std::string const& dn, std::string const& what) {
        return "dn: " + dn + "\nchangetype: modify\n" + what + "-\n\n";
    }

    // A name that an object has, or had, or that none has; later changes use the new one.
    std::string any() { return below(12) == 0 ? "CN=absent," ROOT : one_of(names_); }

    std::string change() {
        switch (below(10)) {
        case 0:
        case 1:
            return descriptor_change(any(), descriptor());
        case 2:
        case 3:
            return member_change(one_of(groups_), any_member(), one_of({"add", "delete"}));
        case 4:
            return modify(one_of(groups_), "replace: member\n" + members());
        case 5:
            return addition();
        case 6:
            return "dn: " + any() + "\nchangetype: delete\n\n";
        case 7:
            return renaming();
        case 8:
            return modify(one_of(accounts_), "replace: primaryGroupID\nprimaryGroupID: " +
                                                 one_of({"1200", "1201", "513"}) + "\n");
        default:
            return modify(any(), one_of({"add: memberOf\nmemberOf: CN=g0," ROOT "\n",
                                         "replace: nTSecurityDescriptor\nnTSecurityDescriptor: hello\n",
                                         "replace: nTSecurityDescriptor\n", "delete: description\n",
                                         "replace: description\ndescription: new\n",
                                         "add: groupType\ngroupType: -2147483646\n"}));
        }
    }

    std::string addition() {
        auto const dn = fmt::format("CN=n{},{}", below(3), one_of(containers_));
        names_.push_back(dn);
        bool const is_group = below(2) == 0;
        (is_group ? groups_ : accounts_).push_back(dn);
        auto const text = fmt::format("dn: {}\nchangetype: add\nobjectClass: {}\nsAMAccountName: n{}\n", dn,
                                      is_group ? "group" : "user", names_.size());
        return text + (is_group ? members() : "") + (below(2) == 0 ? descriptor_line(descriptor()) : "") +
               "\n";
    }

    std::string renaming() {
        auto const from = any();
        auto rdn =
            below(2) == 0 ? from.substr(0, from.find(',')) : from.substr(0, 3) + one_of({"x", "u1", "o1"});
        auto const above = below(2) == 0 ? from.substr(from.find(',') + 1) : one_of(containers_);
        auto const to = rdn + "," + above;
        for (auto* const list : {&names_, &containers_, &accounts_, &groups_})
            if (std::find(list->begin(), list->end(), from) != list->end())
                list->push_back(to);
        return "dn: " + from + "\nchangetype: moddn\nnewrdn: " + rdn +
               "\ndeleteoldrdn: 1\nnewsuperior: " + above + "\n\n";
    }

    std::mt19937 random_;
    std::vector<std::string> names_;
    std::vector<std::string> containers_;
    std::vector<std::string> accounts_;
    std::vector<std::string> groups_;
};

std::vector<dsplan::ldif::record> read_records(std::string const& text) {
    std::vector<dsplan::ldif::record> records;
    auto reader = dsplan::ldif::reader::from_text(text);
    while (auto const* const next = reader.next().value())
        records.push_back(*next);
    return records;
}

// An object of an image, in text.
struct shown_object {
    std::string descriptor;
    std::set<std::string> members;
    std::string kind;

    friend bool operator==(shown_object const&, shown_object const&) = default;
    friend std::ostream& operator<<(std::ostream& out, shown_object const& it) {
        return out << it.kind << ' ' << it.descriptor << fmt::format(" {{{}}}", fmt::join(it.members, "; "));
    }
};

using shown_image = std::map<std::string, shown_object>; // by key

shown_image shown(dsplan::access::directory_image const& image) {
    shown_image made;
    for (dsplan::access::object_index index = 0; index < image.objects.size(); ++index) {
        auto const& is = image.objects[index];
        if (is.is_deleted)
            continue;
        auto& object = made[std::string(is.exported->key)];
        // That of a new object without one is the server's to make, which apply leaves to it.
        if (is.descriptor != nullptr && !is.is_class_default)
            object.descriptor = to_base64(dsplan::sddl::write_self_relative(*is.descriptor));
        for (auto const member : image.members[index])
            object.members.emplace(image.objects[member].exported->key);
        if (auto const outside = image.outside.find(index); outside != image.outside.end()) {
            for (auto const& sid : outside->second.sids)
                object.members.insert(fmt::format("{}", sid));
            object.members.insert(outside->second.names.begin(), outside->second.names.end());
        }
        auto const* const structural = image.classes[is.classes].structural;
        object.kind =
            fmt::format("{} {}", structural == nullptr ? "" : structural->name, static_cast<int>(is.scope));
    }
    return made;
}

// Every object of an export, with what is kept of it, in text.
std::string listed(dsplan::directory::snapshot const& exported) {
    std::string made;
    for (auto const& object : exported.entries()) {
        std::set<std::string> values;
        for (auto const& it : object.values)
            values.insert(fmt::format("{}: {}", dsplan::directory::name_of(it.name),
                                      dsplan::ldif::encode_base64(it.value)));
        made += fmt::format(
            "{} {} {}\n{}\n{}\n", object.dn, object.key, object.parent == nullptr ? "" : object.parent->dn,
            fmt::join(values, "\n"),
            object.descriptor == nullptr ? "" : dsplan::ldif::encode_base64(object.descriptor->octets));
    }
    return made;
}

dsplan::effect::change_context context_of(dsplan::directory::snapshot const& exported) {
    return {exported, dsplan::directory::schema::built_in(), [](dsplan::directory::entry const*) {
                return test_sids();
            }};
}

// What `dsplan effect` computes.
struct predicted_change {
    predicted_change(std::string const& base, std::vector<dsplan::ldif::record> const& changes)
        : exported(load_text(base))
        , members(exported) {
        dsplan::effect::base_objects objects(changes);
        for (auto const& each : read_records(base))
            objects.take(each);
        dsplan::effect::change_application applied(exported, std::move(objects).release());
        for (auto const& change : changes)
            (void)applied.apply(change);
        made =
            dsplan::effect::project(context_of(exported), members, applied, {.runs_protection_task = false})
                .value();
        after = dsplan::effect::export_after(context_of(exported), members, applied, "change.ldf").value();
    }

    dsplan::directory::snapshot exported;
    dsplan::directory::membership members;
    dsplan::effect::projection made;
    dsplan::directory::snapshot after = load_text("version: 1\n");
};

std::string refusal_text(dsplan::effect::refused_record const& it) {
    auto text = fmt::format("error: {}\n  change.ldf:{}\n    {}\n", it.reason, it.line, it.dn);
    return it.hint.empty() ? text : text + "  " + it.hint + "\n";
}

// The lines of the change file without the records that are refused.
std::string without_refused(std::string const& changes,
                            std::vector<dsplan::effect::refused_record> const& refused) {
    std::string kept;
    std::size_t line = 1;
    for (std::size_t begin = 0; begin < changes.size();) {
        auto const end = changes.find("\n\n", begin) + 2;
        auto const record = changes.substr(begin, end - begin);
        auto const next = line + static_cast<std::size_t>(std::count(record.begin(), record.end(), '\n'));
        if (std::none_of(refused.begin(), refused.end(),
                         [&](auto const& it) { return it.line >= line && it.line < next; }))
            kept += record;
        line = next;
        begin = end;
    }
    return kept;
}

// New objects with the SIDs that the server gives them.
std::string with_new_sids(std::string text) {
    unsigned rid = 2000;
    constexpr std::string_view mark = "\nsAMAccountName: n";
    for (auto place = text.find(mark); place != std::string::npos; place = text.find(mark, place)) {
        auto const line = "\n" + sid_line(fmt::format("{}", rid++));
        text.replace(place, 1, line);
        place += line.size();
    }
    return text;
}

command_run apply(std::string const& changes) {
    write_file(std::filesystem::current_path() / "change.ldf", changes);
    return run_command({"ldif", "apply", "change.ldf", "--to", "base.ldf"});
}

} // namespace

BOOST_AUTO_TEST_CASE(effect_and_apply_make_the_same_of_random_changes) {
    temporary_directory const scratch;
    working_directory const inside(scratch.path());
    std::size_t refused = 0;
    std::size_t unsettled = 0;
    for (unsigned seed = 0; seed < 600; ++seed) {
        random_directory random(seed);
        auto const made = random.base();
        write_file(std::filesystem::current_path() / "base.ldf", made);
        // Mostly as a domain controller would have it; else what is below inherits nothing yet.
        auto const root = descriptor_change(ROOT, "O:DAG:DAD:AI(A;CI;RPWP;;;DA)");
        auto const base = seed % 3 == 0 ? made : apply(root).out;
        write_file(std::filesystem::current_path() / "base.ldf", base);
        auto const changes = random.changes();
        predicted_change const predicted(base, read_records(changes));
        auto const& summary = predicted.made.summary;
        unsettled += predicted.made.inherited_first > 0;
        BOOST_TEST_CONTEXT("seed " << seed << '\n' << base << changes) {
            auto const all = apply(changes);
            BOOST_TEST_REQUIRE((all.status == exit_status::success) == summary.refused.empty(), all.err);
            if (!summary.refused.empty())
                BOOST_TEST_REQUIRE(all.err.ends_with(refusal_text(summary.refused.front())), all.err);
            auto const applied = apply(without_refused(changes, summary.refused));
            BOOST_TEST_REQUIRE((applied.status == exit_status::success), applied.err);
            auto const after = load_text(with_new_sids(applied.out));
            dsplan::directory::membership const members(after);
            auto const wanted =
                shown(dsplan::access::make_image(after, members, dsplan::directory::schema::built_in()));
            auto const found = shown(predicted.made.after);
            for (auto const& [key, object] : wanted) {
                BOOST_TEST_REQUIRE(found.contains(key), key);
                BOOST_TEST_INFO(key);
                BOOST_TEST_REQUIRE(found.at(key) == object);
            }
            BOOST_TEST_REQUIRE(found.size() == wanted.size());
            BOOST_TEST_REQUIRE(listed(predicted.after) == listed(load_text(applied.out)));
        }
        refused += summary.refused.size();
    }
    BOOST_TEST(unsettled > 80U);
    BOOST_TEST(refused > 200U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef DOMAIN_SID
