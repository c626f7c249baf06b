#include <sddl/inherit.hpp>
#include <sddl/parse.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/commands/access_trace.hpp>
#include <tools/dsplan/commands/descriptor_input.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/forms/pasted_lines.hpp>
#include <tools/dsplan/forms/stand_in_domains.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace dsplan::commands {
namespace {

constexpr sddl::sid authenticated_users = sddl::named_sid("Authenticated Users");

// ---- the token

std::string path_text(std::vector<directory::entry const*> const& path) {
    std::string text = "through";
    for (std::size_t place = 1; place < path.size(); ++place)
        text += fmt::format("{} {}", place == 1 ? "" : " in", directory::account_name(*path[place]));
    return text;
}

std::string reason_of(sddl::sid const& held, traced_question const& question) {
    if (question.account.sid == held)
        return "the account itself";
    if (held == directory::everyone || held == authenticated_users)
        return "in every token of an account that has signed in";
    auto const* const entry = question.from.exported.find(held);
    auto const path = entry == nullptr ? std::vector<directory::entry const*>{}
                                       : question.from.members.path(question.account, *entry);
    if (!path.empty())
        return path_text(path);
    return entry == nullptr ? "primary group, SID history, or a group that every token has"
                            : "SID history, or a group that every token has";
}

std::string dn_of(exported_directory const& from, sddl::sid const& account) {
    return directory::identity_of(&from.exported, account, {}).dn;
}

std::vector<render::token_line> token_of(traced_question const& question, words::name_context const& names) {
    std::vector<render::token_line> lines;
    for (auto const& held : question.token.sids())
        lines.push_back({fmt::format("{}", held), names.account(held), reason_of(held, question),
                         dn_of(question.from, held)});
    if (question.object.sid && question.token.holds(*question.object.sid))
        lines.push_back({fmt::format("{}", sddl::principal_self), "Self (PS)",
                         "the object is the account itself or a group of its"});
    return lines;
}

std::string origin_text(directory::origin_context const& context, directory::entry const& object,
                        std::size_t index) {
    auto const origin = directory::find_origin(context, object, index);
    std::string text(directory::name_of(origin.source));
    if (origin.from != nullptr)
        text += " from " + std::string(origin.from->dn);
    return text;
}

// ---- bare descriptors

result<std::vector<sddl::sid>> read_accounts(std::string_view text, sddl::domain_sids const& sids) {
    std::vector<sddl::sid> accounts;
    while (!text.empty()) {
        auto const end = std::min(text.find(','), text.size());
        auto const one = trimmed(text.substr(0, end));
        auto const account = sddl::parse_trustee(one, sids);
        if (!account)
            return tl::unexpected(failure{fmt::format("--as: {}", message(account.error())),
                                          render_caret(account.error(), one)});
        accounts.push_back(*account);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return accounts;
}

// They stand for others in an ACE, and in no token.
struct stand_in {
    sddl::sid value;
    std::string_view advice;
};

constexpr std::array<stand_in, 4> stand_ins{{
    {sddl::principal_self, "give the SID of the account with --as, and that of the object with --self"},
    {sddl::creator_owner, "an object below has the SID of its owner in the place of CO"},
    {sddl::creator_group, "an object below has the SID of its group in the place of CG"},
    {sddl::owner_rights, "name the account with --as, and as the owner of the descriptor: O:SID"},
}};

std::optional<failure> why_in_no_token(std::vector<sddl::sid> const& accounts) {
    for (auto const& [value, advice] : stand_ins)
        if (std::find(accounts.begin(), accounts.end(), value) != accounts.end())
            return failure{fmt::format("--as: expected a SID that a token can hold, found {}",
                                       words::account_name(value, {})),
                           fmt::format("  {}\n", advice)};
    return std::nullopt;
}

std::vector<render::token_line> lines_of(std::vector<sddl::sid> const& given, sddl::domain_sids const& sids,
                                         std::optional<sddl::sid> const& self) {
    std::vector<render::token_line> lines;
    for (auto const& held : given)
        lines.push_back(
            {sddl::write_trustee(held, sids), words::account_name(held, sids), "given with --as"});
    if (std::find(given.begin(), given.end(), directory::everyone) == given.end())
        lines.push_back({"S-1-1-0", words::account_name(directory::everyone, sids), "in every token"});
    if (self && std::find(given.begin(), given.end(), *self) != given.end())
        lines.push_back({fmt::format("{}", sddl::principal_self), "Self (PS)", "the object is --self"});
    return lines;
}

result<directory::object_classes> class_for(bare_access_options const& options,
                                            access::right_query const& query,
                                            directory::schema const& known) {
    if (!options.object_class.empty()) {
        if (known.find_class(options.object_class) == nullptr)
            return tl::unexpected(failure{fmt::format("--class: expected a class of the schema, found '{}'",
                                                      printable(options.object_class)),
                                          {}});
        return known.resolve(std::array<std::string_view, 1>{options.object_class});
    }
    for (std::string_view const name : {"user", "computer", "group", "organizationalUnit", "domainDNS"}) {
        auto classes = known.resolve(std::array{name});
        if (classes.structural != nullptr && access::is_meaningful(query, classes))
            return classes;
    }
    return tl::unexpected(failure{"expected --class NAME: no usual class has this attribute", {}});
}

struct bare_question {
    pasted_descriptor read;
    std::vector<sddl::sid> accounts;
    std::optional<sddl::sid> self;
    access::right_query query;
    directory::object_classes classes;
};

result<bare_question> read_bare_question(bare_access_options const& options, directory::schema const& known,
                                         console& console) {
    auto const given = read_domains({.domain = options.domain, .forest_root = options.forest_root});
    if (!given)
        return tl::unexpected(given.error());
    auto const sids = with_stand_ins(*given, options.descriptor + options.as + options.self);
    auto read = read_descriptor_argument(options.descriptor, {.sids = sids}, console);
    if (!read)
        return tl::unexpected(read.error());
    auto accounts = read_accounts(options.as, sids);
    if (!accounts)
        return tl::unexpected(accounts.error());
    if (auto const stands_in = why_in_no_token(*accounts))
        return tl::unexpected(*stands_in);
    auto const self = read_accounts(options.self, sids);
    if (!self)
        return tl::unexpected(self.error());
    auto query = access::parse_right(options.right, known);
    if (!query)
        return tl::unexpected(query.error());
    if (auto const several = why_not_traced(*query))
        return tl::unexpected(*several);
    auto classes = class_for(options, *query, known);
    if (!classes)
        return tl::unexpected(classes.error());
    return bare_question{.read = std::move(*read),
                         .accounts = std::move(*accounts),
                         .self = self->empty() ? std::nullopt : std::optional(self->front()),
                         .query = std::move(*query),
                         .classes = std::move(*classes)};
}

// What might turn the answer round: an allow that is left out, a denial that counts.
void add_unknown_conditions(render::access_story& story) {
    if (story.trace.is_granted)
        return;
    for (auto const& step : story.trace.check.aces) {
        if (step.outcome == sddl::trace_outcome::condition_unknown)
            story.unknown.push_back(fmt::format(
                "whether the condition of ACE {} holds; the ACE allows only where it does", step.index + 1));
        if (step.has_unknown_condition)
            story.unknown.push_back(fmt::format(
                "whether the condition of ACE {} holds; the ACE denies only where it does", step.index + 1));
    }
}

render::access_story bare_story(bare_question const& question, sddl::account_claims const& claims,
                                bare_access_options const& options) {
    auto const& sids = question.read.sids;
    auto const& descriptor = question.read.read.value;
    auto held = question.accounts;
    held.push_back(directory::everyone);
    sddl::security_token const token(held);
    render::access_story story{
        .who = options.as,
        .on = "an object of class " + question.classes.structural->name,
        .account = {options.as, {}, {}},
        .object = {"an object of class " + question.classes.structural->name, {}, {}},
        .token = lines_of(question.accounts, sids, question.self),
        .claims = options.claim_texts,
        .trace = access::trace_right(question.query, question.classes, descriptor,
                                     {.who = token, .self = question.self, .claims = claims}),
        .aces = {},
        .unknown = {}};
    if (access::is_deletion(question.query) && !story.trace.is_granted)
        story.trace.remark = question.query.rights == sddl::right_delete
                                 ? "by this list alone: delete child on the parent, whose list is not known "
                                   "here, allows it, too"
                                 : "by this list alone: delete tree on an object above, whose list is not "
                                   "known here, allows it, too";
    if (descriptor.dacl)
        for (auto const& value : descriptor.dacl->aces)
            story.aces.push_back({words::account_name(value.trustee, sids),
                                  sddl::write_ace(value, sids),
                                  {},
                                  fmt::format("{}", value.trustee),
                                  {}});
    add_unknown_conditions(story);
    return story;
}

// The answer alone: the verdict and the ACE that decides.
void write_answer(render::access_story const& story, console& console) {
    auto const& check = story.trace.check;
    bool const is_granted = story.trace.is_granted;
    console.out << fmt::format("{}: {}, {} on {}\n", is_granted ? "yes" : "no", printable(story.who),
                               printable(story.trace.right), story.on);
    bool is_decided = check.granted_before.bits != 0;
    for (auto const& step : check.aces)
        if (step.outcome == sddl::trace_outcome::denies ||
            (is_granted && step.outcome == sddl::trace_outcome::allows)) {
            console.out << fmt::format("    ACE {}: {}\n", step.index + 1,
                                       printable(story.aces[step.index].sddl));
            is_decided = true;
        }
    if (!is_decided || (!is_granted && check.granted_before.bits != 0))
        console.out << "    no ACE allows all of it\n";
    if (!story.trace.remark.empty())
        console.out << fmt::format("    {}\n", printable(story.trace.remark));
    for (auto const& each : story.unknown)
        console.out << fmt::format("    not known: {}\n", printable(each));
}

} // namespace

std::optional<failure> why_not_traced(access::right_query const& query) {
    if (query.wanted.size() == 1 && query.wanted.front().but.empty())
        return std::nullopt;
    if (query.wanted.size() == 1)
        return failure{fmt::format("expected one right, found a set with exceptions: {}", query.text), {}};
    failure made{"expected one right, found several: each is checked for itself", {}};
    for (auto const& each : query.wanted)
        made.detail += fmt::format("  {}\n", each.text);
    return made;
}

render::access_story story_of(traced_question const& question, std::string_view who) {
    auto const& from = question.from;
    auto const sids = from.sids_of(question.object);
    auto const& known = from.known();
    words::name_context const names{
        .known = known, .sids = sids, .exported = &from.exported, .members = &from.members};
    auto const& descriptor = *question.object.descriptor->value;
    render::access_story story{.who = std::string(who),
                               .on = std::string(question.object.dn),
                               .account = directory::identity_of(question.account),
                               .object = directory::identity_of(question.object),
                               .token = token_of(question, names),
                               .claims = question.claim_texts,
                               .trace = access::trace_right(
                                   question.query, directory::classes_of(known, question.object), descriptor,
                                   {.who = question.token,
                                    .self = question.object.sid,
                                    .owner_has_implicit_rights = question.owner_has_implicit_rights,
                                    .claims = question.claims}),
                               .aces = {},
                               .unknown = question.unknown};
    add_unknown_conditions(story);
    if (!descriptor.dacl)
        return story;
    directory::origin_context const origins{from.exported, known, sids};
    for (std::size_t index = 0; index < descriptor.dacl->aces.size(); ++index) {
        auto const& value = descriptor.dacl->aces[index];
        story.aces.push_back({names.account(value.trustee), names.text(value),
                              origin_text(origins, question.object, index), fmt::format("{}", value.trustee),
                              dn_of(from, value.trustee)});
    }
    return story;
}

exit_status write_story(render::access_story const& story, std::string_view format,
                        std::vector<source_arguments> const& sources, console& console) {
    answer_formats const answer{.title = "Access check, step by step",
                                .text = [&] { return render::access_story_text(story); },
                                .json = [&] { return render::access_story_json(story); },
                                .page =
                                    [&] {
                                        return render::access_story_page(story, page_sources(sources));
                                    }};
    console.out << answer.in(format);
    return story.trace.is_granted ? exit_status::success : exit_status::findings;
}

exit_status answer_bare(bare_access_options const& options, sddl::account_claims const& claims,
                        console& console) {
    if (options.as.empty() || options.right.empty())
        return report(console, {"expected --as SID[,SID…] and --right with --descriptor", {}});
    std::optional<directory::schema> own_schema;
    auto const known = schema_of(options.schema, options.input, console, own_schema);
    if (!known)
        return report(console, known.error());
    auto const question = read_bare_question(options, **known, console);
    if (!question)
        return report(console, question.error());
    auto const story = bare_story(*question, claims, options);
    if (options.traces || options.format != "text")
        return write_story(story, options.format,
                           {{"descriptor", {&options.descriptor, 1}}, {"schema", options.schema}}, console);
    write_answer(story, console);
    return story.trace.is_granted ? exit_status::success : exit_status::findings;
}

} // namespace dsplan::commands
