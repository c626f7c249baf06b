#pragma once
#include <ldif/reader.hpp>
#include <tools/dsplan/access/effective_access.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/access/who_can.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

/// Directories that chance made, and the ways to ask about them.

#define ROOT "DC=contoso,DC=com"
#define CHILD "DC=emea," ROOT
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"
#define OBJECT "OU=o," ROOT

class random_directory {
public:
    explicit random_directory(unsigned seed) : random_(seed) {}

    std::string base(std::string_view descriptor) {
        auto text = entry_text(ROOT, "top domain domainDNS", "O:SYG:SYD:P",
                               "instanceType: 5\n" + sid_line(test_domain_sid)) +
                    entry_text(CHILD, "top domain domainDNS", "O:SYG:SYD:P",
                               "instanceType: 5\n" + sid_line("S-1-5-21-4-5-6")) +
                    entry_text(OBJECT, "top organizationalUnit", descriptor);
        text += users_;
        for (std::size_t group = 0; group < types_.size(); ++group)
            text += entry_text(group_name(static_cast<unsigned>(group)), "top group", "O:SYG:SYD:P",
                               sid_line(group_sid(static_cast<unsigned>(group))) + types_[group] +
                                   member_lines(members_[group]));
        return text;
    }

    void make_accounts() {
        for (unsigned user = 0; user < 4; ++user)
            users_ += entry_text(user_name(user), "top person organizationalPerson user", "O:SYG:SYD:P",
                                 sid_line(fmt::format("{}", 1100 + user)) + primary_group());
        for (unsigned group = 0; group < 6; ++group) { // the first is Domain Users
            types_.push_back(group == 0 ? "groupType: -2147483646\n" : group_type());
            members_.push_back(members());
        }
    }

    /// Lets a member of a group come or go: the record that does it. `base` is the directory after it from
    /// then on.
    std::string change_member() {
        auto const group = below(6);
        auto name = one_member();
        if (members_[group].erase(name) != 0)
            return member_change(group_name(group), name, "delete");
        members_[group].insert(name);
        return member_change(group_name(group), name);
    }

    /// Those and one object more, of whatever class.
    std::string base_with(std::string_view unit, std::string_view dn, std::string_view classes,
                          std::string_view descriptor, std::string_view lines = "primaryGroupID: 513\n") {
        return base(unit) + entry_text(dn, classes, descriptor, sid_line("1150") + std::string(lines));
    }

    /// For a group: its type, and members of all kinds.
    std::string group_lines() { return group_type() + member_lines(members()); }

    [[nodiscard]] unsigned below(unsigned end) {
        return std::uniform_int_distribution<unsigned>(0, end - 1)(random_);
    }

    /// A list about a user: attributes, a property set, confidential ones, extended rights, validated writes.
    std::string user_descriptor() {
        std::string text = "O:" + trustee() + "G:SYD:P";
        for (unsigned left = below(8); left > 0; --left)
            text += user_ace();
        return text;
    }

    std::string descriptor() {
        std::string text = "O:" + trustee() + "G:SYD:P";
        for (unsigned left = below(7); left > 0; --left)
            text += ace();
        return text;
    }

private:
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

    std::string one_member() {
        switch (below(5)) {
        case 0:
            return "CN=S-1-5-11,CN=ForeignSecurityPrincipals," ROOT;
        case 1:
            return "CN=S-1-5-21-9-9-9-1,CN=ForeignSecurityPrincipals," ROOT;
        case 2:
            return group_name(below(6));
        default:
            return user_name(below(4));
        }
    }

    std::set<std::string> members() {
        std::set<std::string> names;
        for (unsigned left = below(4); left > 0; --left)
            names.insert(one_member());
        return names;
    }

    static std::string member_lines(std::set<std::string> const& names) {
        std::string text;
        for (auto const& name : names)
            text += "member: " + name + "\n";
        return text;
    }

    std::string trustee() {
        if (below(3) == 0)
            return one_of(std::array<std::string_view, 9>{"WD", "AU", "NU", "SY", "BA", "DA", "PS",
                                                          DOMAIN_SID "-4711", "S-1-5-21-9-9-9-1"});
        return below(2) == 0 ? fmt::format("{}-{}", DOMAIN_SID, 1100 + below(4)) : group_sid(below(6));
    }

    std::string ace() {
        auto const mask =
            one_of(std::array<std::string_view, 6>{"SD", "WP", "RP", "CC", "WD", "RPWPSDCCWDDC"});
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

    static std::string confidential_attribute() {
        for (auto const& attribute : dsplan::directory::schema::built_in().attributes())
            if (attribute.name == "msPKIAccountCredentials")
                return fmt::format("{}", attribute.id);
        return {};
    }

    std::string user_ace() {
        auto const mask = one_of(std::array<std::string_view, 15>{"RP", "WP", "RPWP", "CR", "CRRP", "SW",
                                                                  "SD", "WD", "WO", "LC", "DT", "CCDC", "DC",
                                                                  "RPCRWP", "RPWPCRCCDCLCLORCWOWDSDDTSW"});
        static auto const secret = confidential_attribute();
        auto const type = one_of(std::array<std::string_view, 16>{
            "", "", "bf967a49-0de6-11d0-a285-00aa003049e2", // telephoneNumber
            "77b5b886-944a-11d1-aebd-0000f80367c1",         // Personal Information
            "f0f8ffa1-1191-11d0-a060-00aa006c33ed",         // homePhone
            "bf967950-0de6-11d0-a285-00aa003049e2",         // description
            "e48d0154-bcf8-11d1-8702-00c04fb96050",         // Public Information
            "00299570-246d-11d0-a768-00aa006e0529",         // Reset Password
            "f3a64788-5306-11d1-a9c5-0000f80367c1",         // servicePrincipalName, and the validated write
            "72e39547-7b18-11d1-adef-00c04fd8d5cd",         // dNSHostName, its set and the validated write
            "bc0ac240-79a9-11d0-9020-00c04fc2d4cf",         // Membership
            "bf9679c0-0de6-11d0-a285-00aa003049e2",         // member, and adding oneself
            "bf967aba-0de6-11d0-a285-00aa003049e2",         // class user
            "bf967a86-0de6-11d0-a285-00aa003049e2",         // class computer
            "91e647de-d96f-4b70-9557-d63ff4f3ccd8",         // Private Information
            secret});
        bool const denies = below(3) == 0;
        auto const who = below(12) == 0 ? "OW" : trustee();
        if (!type.empty())
            return fmt::format("({};;{};{};;{})", denies ? "OD" : "OA", mask, type, who);
        if (below(8) == 0)
            return fmt::format("({};;{};;;{};(@User.a == 1))", denies ? "XD" : "XA", mask, who);
        return fmt::format("({};;{};;;{})", denies ? "D" : "A", mask, who);
    }

    std::mt19937 random_;
    std::string users_;
    std::vector<std::string> types_;             // of the groups
    std::vector<std::set<std::string>> members_; // theirs
};

// One export with all that questions about it need.
struct asked_directory {
    explicit asked_directory(std::string const& text)
        : exported(load_text(text))
        , members(exported)
        , image(dsplan::access::make_image(exported, members, dsplan::directory::schema::built_in()))
        , evaluator(exported, members, dsplan::directory::schema::built_in()) {}

    dsplan::directory::snapshot exported;
    dsplan::directory::membership members;
    dsplan::access::directory_image image;
    dsplan::access::access_evaluator evaluator;
};

inline dsplan::effect::effect predict(asked_directory const& from, std::string const& change) {
    std::vector<dsplan::ldif::record> records;
    auto reader = dsplan::ldif::reader::from_text(change);
    while (auto const* const next = reader.next().value())
        records.push_back(*next);
    dsplan::effect::change_context const context{from.exported, dsplan::directory::schema::built_in(),
                                                 [](dsplan::directory::entry const*) {
                                                     return test_sids();
                                                 }};
    return dsplan::effect::predict(context, from.members, records, {.runs_protection_task = false}).value();
}
