#include <sddl/parse_error.hpp>
#include <sddl/resource_claim.hpp>
#include <tools/dsplan/access/effective_access.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/commands/access_trace.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/render/access.hpp>
#include <tools/dsplan/render/answer_pages.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace dsplan::commands {
namespace {

struct access_options {
    directory_options directory;
    std::string who;
    std::string on;
    std::string right;
    std::string format = "text";
    bool lines = false;
    std::vector<std::string> user_claims;
    std::vector<std::string> device_claims;
    bool traces = false;
    bare_access_options bare;
};

// Claims that are given are all that the account has; none given, none known.
result<std::optional<sddl::claim_list>> read_claims(std::vector<std::string> const& texts,
                                                    std::string_view option) {
    if (texts.empty())
        return std::nullopt;
    sddl::claim_list claims;
    for (std::string const& text : texts) {
        auto const claim = sddl::parse_claim(text);
        if (!claim)
            return tl::unexpected(failure{fmt::format("{}: {}", option, message(claim.error())),
                                          render_caret(claim.error(), text)});
        claims.push_back(*claim);
    }
    return claims;
}

std::vector<std::string> claim_texts_of(access_options const& options) {
    std::vector<std::string> texts;
    for (auto const& [owner, claims] :
         {std::pair{"user", &options.user_claims}, {"device", &options.device_claims}})
        for (auto const& claim : *claims)
            texts.push_back(fmt::format("of the {}: {}", owner, claim));
    return texts;
}

// Tokens are kept: the lines of one run ask about few accounts and many objects.
class access_command {
public:
    access_command(exported_directory const& from, access_options const& options, sddl::account_claims claims)
        : from_(from)
        , options_(options)
        , claims_(std::move(claims))
        , evaluator_(from.exported, from.members, from.known()) {}

    exit_status answer_one(console& console) {
        auto const account = find_account(from_, options_.who);
        if (!account)
            return report(console, account.error());
        auto const object = find_object(from_, options_.on);
        if (!object)
            return report(console, object.error());
        auto const origins = origins_of(**object);
        render::access_question const question{origins, options_.who, **object, *account};
        if (!options_.right.empty())
            return answer_right(console, question, **account);
        auto const access = evaluate(**account, **object);
        answer_formats const answer{.title = title_of(question),
                                    .text = [&] { return render::access_text(question, access); },
                                    .json = [&] { return json_text(render::access_json(question, access)); },
                                    .page =
                                        [&] {
                                            return render::access_page(render::access_json(question, access),
                                                                       page_sources(sources()));
                                        }};
        console.out << answer.in(options_.format);
        return exit_status::success;
    }

    exit_status answer_lines(console& console) {
        auto status = exit_status::success;
        text_input input(console);
        for (std::string line; input.next(line);) {
            auto const made = answer_line(line);
            if (made.contains("error"))
                status = exit_status::findings;
            console.out << made.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
        }
        return status;
    }

private:
    [[nodiscard]] std::vector<source_arguments> sources() const {
        return {{"base", options_.directory.exports}, {"schema", options_.directory.schema_exports}};
    }

    static std::string title_of(render::access_question const& question) {
        return fmt::format("Access of {} to {}", question.account, question.object.dn);
    }

    static nlohmann::ordered_json line_error(nlohmann::ordered_json const& what) {
        return json_document("access", what);
    }

    nlohmann::ordered_json answer_line(std::string_view line) {
        auto const tab = line.find('\t');
        if (tab == std::string_view::npos)
            return line_error({{"error", "expected ACCOUNT, a tab and a DN"}});
        auto const who = line.substr(0, tab);
        auto const account = find_cached(who);
        if (!account)
            return line_error({{"who", who}, {"error", account.error().what}});
        auto const object = find_object(from_, line.substr(tab + 1));
        if (!object)
            return line_error({{"who", who}, {"on", line.substr(tab + 1)}, {"error", object.error().what}});
        auto const origins = origins_of(**object);
        return render::access_json({origins, who, **object, *account}, evaluate(**account, **object));
    }

    exit_status answer_right(console& console, render::access_question const& question,
                             directory::entry const& account) {
        auto const query = access::parse_right(options_.right, from_.known());
        if (!query)
            return report(console, query.error());
        auto const classes = directory::classes_of(from_.known(), question.object);
        auto const access = evaluate(account, question.object, query->rights);
        if (question.object.descriptor == nullptr || !question.object.descriptor->value ||
            !question.object.descriptor->value->dacl || classes.structural == nullptr)
            return report(console, {"the export does not say: " + access.unknown.front(), ""});
        auto const& token = token_of(account, question.object);
        if (auto const several = why_not_traced(*query); options_.traces && several)
            return report(console, *several);
        if (options_.traces && access::is_deletion(*query))
            return trace_deletion(console, question, account, *query, access.unknown);
        if (options_.traces)
            return trace(console, question, account, *query, access.unknown, {});
        auto const decision = evaluator_.decide(*query, token, question.object, claims_);
        answer_formats const answer{.title = title_of(question),
                                    .text = [&] { return render::answer_text(question, *query, decision); },
                                    .json =
                                        [&] {
                                            auto made = render::answer_json(question, *query, decision);
                                            made["unknown"] = access.unknown;
                                            return json_text(made);
                                        },
                                    .page =
                                        [&] {
                                            auto made = render::answer_json(question, *query, decision);
                                            made["unknown"] = access.unknown;
                                            return render::access_answer_page(made, page_sources(sources()));
                                        }};
        console.out << answer.in(options_.format);
        for (auto const& reason : access.unknown)
            print_warning(console, printable(reason));
        return decision.granted ? exit_status::success : exit_status::findings;
    }

    exit_status trace(console& console, render::access_question const& question,
                      directory::entry const& account, access::right_query const& query,
                      std::vector<std::string> const& unknown, std::string const& remark) {
        auto const classes = directory::classes_of(from_.known(), question.object);
        auto const& token = token_of(account, question.object);
        auto const owners = directory::implicit_owner_rights(from_.exported);
        auto story = story_of({.from = from_,
                               .account = account,
                               .object = question.object,
                               .query = query,
                               .token = token,
                               .claims = claims_,
                               .owner_has_implicit_rights = owners.have_rights(classes, token),
                               .claim_texts = claim_texts_of(options_),
                               .unknown = unknown},
                              question.account);
        if (!remark.empty())
            story.trace.remark = remark;
        return write_story(story, options_.format, sources(), console);
    }

    // Where another list decides, that one is traced.
    exit_status trace_deletion(console& console, render::access_question const& question,
                               directory::entry const& account, access::right_query const& query,
                               std::vector<std::string> const& unknown) {
        auto const& token = token_of(account, question.object);
        auto const answer = evaluator_.decide(query, token, question.object, claims_);
        if (!answer.by)
            return trace(console, question, account, query, unknown, answer.remark);
        render::access_question const above{origins_of(*answer.on), question.account, *answer.on};
        return trace(console, above, account, *answer.by, unknown,
                     fmt::format("so {} may {} {}, {}", question.account, query.text, question.object.dn,
                                 answer.remark));
    }

    access::effective_access evaluate(directory::entry const& account, directory::entry const& object,
                                      sddl::access_mask rights = {UINT32_MAX}) {
        auto const& token = token_of(account, object);
        auto access = evaluator_.evaluate(token, object, claims_);
        if (directory::scope_of(account) == directory::group_scope::nowhere)
            access.unknown.push_back(
                account_name(account) +
                " is a distribution group: what is granted to it, its members do not get");
        for (auto& reason : evaluator_.unknown_memberships(account, token, object, rights))
            access.unknown.push_back(std::move(reason));
        for (auto const& group : evaluator_.unseen_groups(account))
            access.unknown.push_back("the account is a member of a group that the export lacks: " + group);
        for (auto const& gap : from_.exported.gaps())
            access.unknown.push_back(gap);
        return access;
    }

    sddl::security_token const& token_of(directory::entry const& account, directory::entry const& object) {
        std::pair const key(&account, directory::domain_part(object.key));
        auto found = tokens_.find(key);
        if (found == tokens_.end())
            found = tokens_.emplace(key, evaluator_.token_of(account, key.second)).first;
        return found->second;
    }

    result<directory::entry const*> find_cached(std::string_view who) {
        if (auto const found = accounts_.find(who); found != accounts_.end())
            return found->second;
        auto account = find_account(from_, who);
        if (account)
            accounts_.emplace(who, *account);
        return account;
    }

    [[nodiscard]] directory::origin_context origins_of(directory::entry const& object) const {
        return {from_.exported, from_.known(), from_.sids_of(object)};
    }

    exported_directory const& from_;
    access_options const& options_;
    sddl::account_claims claims_;
    access::access_evaluator evaluator_;
    std::map<std::pair<directory::entry const*, std::string_view>, sddl::security_token> tokens_; // by domain
    std::map<std::string, directory::entry const*, std::less<>> accounts_;
};

exit_status answer_descriptor(access_options const& options, sddl::account_claims const& claims,
                              console& console) {
    auto bare = options.bare;
    bare.right = options.right;
    bare.traces = options.traces;
    bare.format = options.format;
    bare.schema = options.directory.schema_exports;
    bare.input = options.directory.input;
    bare.claim_texts = claim_texts_of(options);
    return answer_bare(bare, claims, console);
}

exit_status run_access(access_options const& options, console& console) {
    bool const is_bare = !options.bare.descriptor.empty();
    if (is_bare == !options.directory.exports.empty())
        return report(console, {"expected either --base EXPORT.ldf or --descriptor SDDL", {}});
    if (options.traces && options.right.empty())
        return report(console, {"expected --right with --trace: one right is traced", {}});
    if (!is_bare && !options.lines && (options.who.empty() || options.on.empty())) {
        print_error(console, "expected --who ACCOUNT and --on DN, or --lines");
        return exit_status::error;
    }
    auto const user = read_claims(options.user_claims, "--user-claim");
    auto const device = read_claims(options.device_claims, "--device-claim");
    for (auto const* const claims : {&user, &device}) {
        if (!*claims)
            return report(console, claims->error());
    }
    sddl::account_claims const given{.user = *user, .device = *device, .local = {}, .device_groups = {}};
    if (is_bare)
        return answer_descriptor(options, given, console);
    auto const from = load(options.directory, console);
    if (!from)
        return report(console, from.error());
    access_command command(**from, options, given);
    return options.lines ? command.answer_lines(console) : command.answer_one(console);
}

void add_bare_options(CLI::App& subcommand, bare_access_options& bare) {
    subcommand
        .add_option("--descriptor", bare.descriptor,
                    "Ask about this descriptor instead of an export: SDDL, or whatever explain reads")
        ->type_name("SDDL");
    subcommand
        .add_option("--as", bare.as,
                    "SIDs and two-letter aliases of the token, with --descriptor; Everyone is in every token")
        ->type_name("SID[,SID]");
    subcommand.add_option("--self", bare.self, "SID of the object itself, which SELF stands for")
        ->type_name("SID");
    subcommand.add_option("--class", bare.object_class, "Class of the object, with --descriptor")
        ->type_name("CLASS");
    subcommand.add_option("--domain-sid", bare.domain, "SID of the domain that DA, DU, KA… belong to")
        ->type_name("SID");
    subcommand
        .add_option("--root-domain-sid", bare.forest_root,
                    "SID of the forest's root domain, which EA, SA, RO, EK belong to")
        ->type_name("SID");
}

} // namespace

void add_access(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<access_options>();
    auto* const subcommand =
        application.add_subcommand("access", "Show what an account may do with an object");
    options->directory.add_to(*subcommand);
    subcommand->get_option("--base")->required(false);
    add_account_option(*subcommand, "--who", options->who, "The account");
    add_object_option(*subcommand, "--on", options->on, "The object");
    subcommand
        ->add_option("--right", options->right,
                     "Answer for one right, 'write msDS-KeyCredentialLink': exit status 0 yes, 1 no")
        ->type_name("RIGHT");
    subcommand->add_flag("--trace", options->traces,
                         "Show the check of --right step by step: the token, each ACE and what became of it");
    add_format_option(*subcommand, options->format);
    add_bare_options(*subcommand, options->bare);
    subcommand->add_flag("--lines", options->lines,
                         "Read 'ACCOUNT<tab>DN' lines from standard input, print one JSON object a line");
    subcommand
        ->add_option(
            "--user-claim", options->user_claims,
            "A claim of the account that conditional ACEs ask for, as SDDL writes a resource attribute:\n"
            "'(\"Department\",TS,0x0,\"Sales\")'; once for each claim, and those given are all it has")
        ->type_name("CLAIM");
    subcommand
        ->add_option("--device-claim", options->device_claims, "The same for the computer it signs in from")
        ->type_name("CLAIM");
    subcommand->footer(
        "Examples:\n"
        "  dsplan access --base contoso.ldf --who MSOL_4f2c --on CN=Anna,CN=Users,DC=contoso,DC=com "
        "--right 'write msDS-KeyCredentialLink'\n"
        "  dsplan access --descriptor 'D:(D;;WP;;;BG)(A;;RPWP;;;AU)' --as S-1-5-21-1-2-3-1105,AU --right "
        "'write "
        "description' --trace\n"
        "\n"
        "Exit status: 0 shown, or the right is held; 1 the right is not held; 2 error.");
    subcommand->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_access(*options, console);
        };
    });
}

} // namespace dsplan::commands
