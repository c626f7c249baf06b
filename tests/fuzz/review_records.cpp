#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/effect/concerned_objects.hpp>
#include <tools/dsplan/review/review_changes.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <tests/fuzz/invariant.hpp>
#include <tests/tools/sddl_export.hpp>

using namespace dsplan;

namespace {

constexpr std::string_view suffix = ",DC=contoso,DC=com";

constexpr std::array<std::string_view, 14> objects{"CN=Anna Becker,OU=Sales",
                                                   "CN=Ben Carter,OU=Sales",
                                                   "CN=Kira Lund,OU=Contractors,OU=Engineering",
                                                   "CN=Adm-Ruth,OU=Admins",
                                                   "CN=DC1,OU=Domain Controllers",
                                                   "CN=WS01,CN=Computers",
                                                   "CN=Domain Admins,CN=Users",
                                                   "CN=Helpdesk,OU=Admins",
                                                   "CN=Sales Staff,OU=Sales",
                                                   "CN=Tier 0 Operators,OU=Admins",
                                                   "OU=Sales",
                                                   "OU=Admins",
                                                   "OU=Executives",
                                                   "CN=AdminSDHolder,CN=System"};

constexpr std::array<std::string_view, 6> trustees{"AU",
                                                   "DU",
                                                   "BA",
                                                   "S-1-5-21-1111111111-2222222222-3333333333-1105",
                                                   "S-1-5-21-1111111111-2222222222-3333333333-1104",
                                                   "S-1-5-21-7-7-7-512"};
constexpr std::array<std::string_view, 9> masks{"GA",   "WD", "WO",       "RPWP", "CR",
                                                "RPLC", "SW", "CCDCDTSD", "WP"};
constexpr std::array<std::string_view, 6> types{"",
                                                "00299570-246d-11d0-a768-00aa006e0529",
                                                "5b47d60f-6090-40b2-9f37-2a4de88f3063",
                                                "bf9679c0-0de6-11d0-a285-00aa003049e2",
                                                "bf967aba-0de6-11d0-a285-00aa003049e2",
                                                "f30e3bbe-9ff0-11d1-b603-0000f80367c1"};
constexpr std::array<std::string_view, 5> flags{"", "CI", "CIIO", "CIID", "CINP"};
constexpr std::array<std::string_view, 4> owners{"DA", "BA", "S-1-5-21-1111111111-2222222222-3333333333-1105",
                                                 "AU"};

// Takes choices from the input, one octet each; an input that has ended chooses the first.
class chooser {
public:
    explicit chooser(std::span<std::uint8_t const> input) : left_(input) {}

    [[nodiscard]] bool has_more() const { return !left_.empty(); }
    std::size_t number(std::size_t below) {
        if (left_.empty())
            return 0;
        auto const octet = left_.front();
        left_ = left_.subspan(1);
        return octet % below;
    }
    template <std::size_t Size>
    std::string_view one_of(std::array<std::string_view, Size> const& from) {
        return from.at(number(Size));
    }

private:
    std::span<std::uint8_t const> left_;
};

std::string ace_of(chooser& next) {
    bool const is_allowed = next.number(4) != 0;
    auto const type = next.one_of(types);
    auto const kind = fmt::format("{}{}", type.empty() ? "" : "O", is_allowed ? "A" : "D");
    auto const where = next.one_of(flags);
    auto const mask = next.one_of(masks);
    return fmt::format("({};{};{};{};;{})", kind, where, mask, type, next.one_of(trustees));
}

std::string descriptor_of(chooser& next) {
    auto text = fmt::format("O:{}G:DAD:{}", next.one_of(owners), next.number(4) == 0 ? "PAI" : "AI");
    for (auto count = next.number(4) + 1; count > 0; --count)
        text += ace_of(next);
    return text + "(A;;GA;;;DA)S:AI(AU;SA;WD;;;WD)";
}

std::string record_of(chooser& next) {
    auto const name = fmt::format("{}{}", next.one_of(objects), suffix);
    auto const modify = [&](std::string_view operation, std::string_view attribute, std::string_view value) {
        return fmt::format("dn: {}\nchangetype: modify\n{}: {}\n{}: {}\n-\n\n", name, operation, attribute,
                           attribute, value);
    };
    switch (next.number(8)) {
    case 0:
        return modify("add", "member", fmt::format("{}{}", next.one_of(objects), suffix));
    case 1:
        return modify("delete", "member", fmt::format("{}{}", next.one_of(objects), suffix));
    case 2:
        return fmt::format("dn: {}\nchangetype: modrdn\nnewrdn: CN=Printers {}\ndeleteoldrdn: 1\n\n", name,
                           next.number(8));
    case 3:
        return fmt::format("dn: {}\nchangetype: modrdn\nnewrdn: {}\ndeleteoldrdn: 1\nnewsuperior: {}{}\n\n",
                           name, name.substr(0, name.find(',')), next.one_of(objects), suffix);
    case 4:
        return fmt::format("dn: {}\nchangetype: delete\n\n", name);
    case 5:
        return modify("replace", "primaryGroupID", next.number(2) == 0 ? "512" : "513");
    default:
        return descriptor_change(name, descriptor_of(next));
    }
}

directory::snapshot const& base() {
    static auto const loaded = [] {
        std::array const files{std::filesystem::path(DSPLAN_TESTDATA) / "exports" / "2016-default-aces.ldf"};
        return directory::snapshot::load(files).value();
    }();
    return loaded;
}

review::review review_of(std::string const& changes) {
    static directory::membership const members(base());
    review::base_directory const around{{base(), directory::schema::built_in(),
                                         [](directory::entry const*) {
                                             return test_sids();
                                         }},
                                        members,
                                        [](std::span<ldif::record const> of) {
                                            return effect::concerned_objects(base(), of);
                                        }};
    std::array const sources{review::change_source{"changes.ldf", std::string_view(changes)}};
    words::name_context const names{
        .known = directory::schema::built_in(), .sids = test_sids(), .exported = &base()};
    return review::review_changes({sources, names, &around,
                                   [](review::rule const&) {
                                       return true;
                                   }})
        .value();
}

bool is_administrator(std::string const& account) {
    constexpr std::array<std::string_view, 11> administrators{
        "Administrator", "Administrators", "Domain Admins", "Enterprise Admins",  "SELF",    "adm-ruth",
        "adm-theo",      "Local System",   "DC1$",          "Domain Controllers", "S-1-5-18"};
    return std::any_of(administrators.begin(), administrators.end(), [&](std::string_view each) {
        return account == each || account.starts_with(std::string(each) + " (");
    });
}

// What somebody who is no administrator gains over others.
bool has_takeover(effect::effect const& computed) {
    for (auto const& each : computed.changes) {
        if (std::all_of(each.accounts.begin(), each.accounts.end(), is_administrator))
            continue;
        for (auto const& right : each.rights)
            if (right.gained && right.takes_over && right.objects > 1)
                return true;
    }
    return false;
}

} // namespace

// The input chooses records of a change. No records break the review, and where its own effect shows that
// somebody takes over what was not theirs it says so.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    chooser next({data, size});
    std::string changes;
    for (std::size_t count = 0; next.has_more() && count < 8; ++count)
        changes += record_of(next);
    auto const made = review_of(changes);
    if (made.predicted && has_takeover(*made.predicted))
        DSPLAN_INVARIANT(std::any_of(made.findings.begin(), made.findings.end(), [](auto const& each) {
            return each.broken->level != review::severity::note;
        }));
    return 0;
}
