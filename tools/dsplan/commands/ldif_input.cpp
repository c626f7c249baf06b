#include <tools/dsplan/commands/ldif_input.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <utility>

namespace dsplan::commands {

namespace {

constexpr std::array<std::string_view, 3> action_names{"accept", "warn", "reject"}; // as policy_action

using policy_choice = std::pair<ldif::policy, ldif::policy_action>;

// "NAME=ACTION", in any case
std::optional<policy_choice> parse_policy(std::string_view given) {
    std::string lower(given);
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    std::string_view const text = lower;
    auto const equal = std::min(text.find('='), text.size());
    auto const rule = ldif::policy_named(text.substr(0, equal));
    auto const* const action =
        std::find(action_names.begin(), action_names.end(), text.substr(std::min(equal + 1, text.size())));
    if (!rule || action == action_names.end())
        return std::nullopt;
    return policy_choice(*rule, static_cast<ldif::policy_action>(action - action_names.begin()));
}

// What is wrong with the text of a policy; nothing where it is right.
std::string wrong_policy(std::string const& text) {
    if (parse_policy(text))
        return {};
    std::string names;
    nearest_names near(std::string_view(text).substr(0, text.find('=')));
    for (std::size_t i = 0; i < ldif::policy_count; ++i)
        near.consider(to_string(static_cast<ldif::policy>(i)));
    for (std::size_t i = 0; i < ldif::policy_count; ++i)
        names += fmt::format("{}{}", i == 0 ? "" : ", ", to_string(static_cast<ldif::policy>(i)));
    return fmt::format("expected NAME=accept, NAME=warn or NAME=reject, found '{}'; the names are {}{}",
                       printable(text), names, did_you_mean_line(near));
}

void warn_of(failure const& what, console& console) {
    if (console.err_is_terminal)
        console.err << "\r\x1b[K"; // a line of progress
    print_warning(console, what.what);
    console.err << what.detail;
}

} // namespace

ldif::reader_options ldif_input_options::reader(ldif::policies profile, console& console) const {
    ldif::reader_options how{.encoding = encoding, .rules = profile};
    if (incomplete)
        how.rules.allow_incomplete_files();
    for (auto const& it : policies)
        if (auto const choice = parse_policy(it))
            how.rules[choice->first] = choice->second;
    how.on_finding = [&console, told = told](ldif::finding const& it) {
        if (it.what.is_incomplete && told->insert(ldif::render_caret(it.what)).second)
            warn_of(to_failure(it.what), console);
    };
    if (!url_root.empty())
        how.urls = ldif::url_values{.root = to_path(url_root)};
    return how;
}

namespace {

constexpr char const* way_out = "  --skip-unreadable goes on without this record\n";

// A file may be read more than once, and each record is reported only once.
std::function<void(failure const&)> skipping(ldif_input_options const& options, console& console) {
    return [skipped = options.skipped, &console](failure const& why) {
        if (skipped->insert(why.what + why.detail).second)
            warn_of(why, console);
    };
}

} // namespace

ldif::reader_options ldif_input_options::skipping_reader(console& console) const {
    auto how = reader(console);
    if (skips_unreadable)
        how.on_unreadable = [tell = skipping(*this, console)](ldif::parse_error const& why) {
            tell(to_failure(why));
        };
    return how;
}

reading_options ldif_input_options::reading(console& console) const {
    return {.input = reader(console),
            .skips_unreadable = skips_unreadable,
            .skipped = skipping(*this, console),
            .way_out = way_out};
}

exit_status ldif_input_options::or_skipped(exit_status status) const {
    return status == exit_status::success && !skipped->empty() ? exit_status::findings : status;
}

namespace {

void add_encoding_options(CLI::App& command, ldif_input_options& options) {
    std::map<std::string, ldif::text_encoding> const choices{
        {"auto", ldif::text_encoding::detect},
        {"utf-8", ldif::text_encoding::utf8},
        {"utf-16le", ldif::text_encoding::utf16_little_endian},
        {"utf-16be", ldif::text_encoding::utf16_big_endian},
        {"latin1", ldif::text_encoding::latin1},
        {"windows-1252", ldif::text_encoding::windows_1252},
    };
    command
        .add_option(
            "--encoding", options.encoding,
            "Of the files: auto (by byte order mark, else UTF-8), utf-8, utf-16le, utf-16be, latin1 or\n"
            "windows-1252 (ldifde without -u on western Windows)")
        ->transform(CLI::CheckedTransformer(choices).description(""))
        ->transform(one_of(words_in(choices)))
        ->option_text("NAME");
    command
        .add_option("--policy", options.policies,
                    "Accept, warn of or reject one doubtful thing whatever the profile says:\n"
                    "trailing-blanks=reject; an unknown name lists all of them")
        ->check(CLI::Validator(wrong_policy, ""))
        ->type_name("NAME=ACTION")
        ->expected(1)
        ->take_all();
    command.add_flag("--incomplete", options.incomplete,
                     "Take a file that was cut off: without the record it ends in, which is named");
}

} // namespace

void add_input_options(CLI::App& command, ldif_input_options& options) {
    add_encoding_options(command, options);
    command.add_flag("--skip-unreadable,--keep-going", options.skips_unreadable,
                     "Name records of the export that cannot be read and go on without them");
    command.add_flag("--partial", options.partial,
                     "The export was filtered: do not ask for the containers of new objects");
    command
        .add_option("--url-root", options.url_root,
                    "Follow values 'attribute:< file:///...' to files of at most 1 MB below this folder;\n"
                    "if not given they are errors")
        ->type_name("FOLDER");
}

result<ldif::reader> open_ldif(std::string const& file, ldif_input_options const& options, console& console) {
    auto opened = ldif::reader::open(to_path(file), options.skipping_reader(console));
    if (!opened)
        return tl::unexpected(to_failure(opened.error()));
    return std::move(*opened);
}

} // namespace dsplan::commands
