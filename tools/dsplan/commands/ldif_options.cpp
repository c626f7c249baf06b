#include <ldif/expand.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <system_error>
#include <utility>

namespace dsplan::commands {

void add_output_option(CLI::App& command, std::string& file) {
    command.add_option("-o,--out", file, "File to write; standard output if not given")->type_name("FILE");
}

void add_fold_option(CLI::App& command, std::size_t& column) {
    command.add_option("--fold", column, "Longest line to write, 76 if not given; 0 never folds")
        ->type_name("COLUMN");
}

void add_profile_option(CLI::App& command, ldif::writer_profile& profile, std::string const& what) {
    std::map<std::string, ldif::writer_profile> const choices{{"ldifde", ldif::writer_profile::ldifde},
                                                              {"rfc2849", ldif::writer_profile::rfc2849}};
    command.add_option("--for", profile, what)
        ->transform(CLI::CheckedTransformer(choices).description(""))
        ->transform(one_of(words_in(choices)))
        ->type_name("ldifde|rfc2849")
        ->option_text("PROFILE");
}

void add_changes_argument(CLI::App& command, std::string& file) {
    command.add_option("CHANGES", file, "Change file")->type_name("CHANGES.ldf")->required();
}

namespace {

constexpr std::string_view mark_of_schema = "attributeSchema";

// Whether it is worth to read the file for the objects of a schema.
bool may_hold_schema(std::string const& file) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(to_path(file), problem))
        return false; // a pipe can be read only once
    std::ifstream input(to_path(file), std::ios::binary);
    std::boyer_moore_horspool_searcher const searcher(mark_of_schema.begin(), mark_of_schema.end());
    std::string text(std::size_t{1} << 20, '\0');
    std::size_t kept = 0;
    while (input) {
        input.read(text.data() + kept, static_cast<std::streamsize>(text.size() - kept));
        auto const end = text.begin() + static_cast<std::ptrdiff_t>(kept) + input.gcount();
        if (input.gcount() == 0)
            return false;
        if (text[0] == '\xFF' || text[0] == '\xFE' || text[1] == '\0')
            return true; // UTF-16
        if (std::search(text.begin(), end, searcher) != end)
            return true;
        kept = std::min<std::size_t>(mark_of_schema.size(), static_cast<std::size_t>(end - text.begin()));
        std::copy(end - static_cast<std::ptrdiff_t>(kept), end, text.begin());
    }
    return false;
}

result<void> add_schema(ldif::attribute_schema& schema, std::string const& file,
                        ldif_input_options const& options, console& console) {
    auto input = open_ldif(file, options, console);
    if (!input)
        return tl::unexpected(input.error());
    for (;;) {
        auto const next = input->next_view();
        if (!next)
            return tl::unexpected(to_failure(next.error()));
        if (*next == nullptr)
            return {};
        schema.add(**next);
    }
}

constexpr std::uint64_t shown_of_a_kind = 20;

using changes_in_hand = std::shared_ptr<std::vector<ldif::record>>;

// Reads record by record; tells what policies find.
ldif::record_source read_changes_once(std::shared_ptr<ldif::reader> const& input, bool tells,
                                      console& console, ldif_progress& progress) {
    return [input, tells, &console, &progress]() -> ldif::result<ldif::record const*> {
        auto const next = input->next();
        progress(input->position());
        for (auto const& it : tells ? input->findings() : std::span<ldif::finding const>()) {
            if (it.what.is_incomplete)
                continue; // told already
            progress.hide();
            print_warning(console, ldif::message(it.what));
            console.err << ldif::render_caret(it.what);
        }
        return next;
    };
}

ldif::result<changes_in_hand> read_pipe(ldif::record_source const& source) {
    auto const all = std::make_shared<std::vector<ldif::record>>();
    for (;;) {
        auto const next = source();
        if (!next)
            return tl::unexpected(next.error());
        if (*next == nullptr)
            return all;
        all->push_back(**next);
    }
}

} // namespace

result<ldif::attribute_schema> read_schema(std::vector<std::string> const& files,
                                           std::vector<std::string> const& exports,
                                           ldif_input_options const& options, console& console) {
    ldif::attribute_schema schema;
    for (auto const& it : files.empty() ? exports : files) {
        if (files.empty() && !may_hold_schema(it))
            continue;
        if (auto added = add_schema(schema, it, options, console); !added)
            return tl::unexpected(std::move(added.error()));
    }
    if (!files.empty() && schema.size() == 0)
        return tl::unexpected(
            failure{"expected objects of class attributeSchema, found none",
                    fmt::format("  {}\n  export CN=Schema,CN=Configuration,... with objectClass, "
                                "lDAPDisplayName, attributeSyntax, isSingleValued, linkID and systemFlags\n",
                                printable(files.front()))});
    return schema;
}

ldif::change_file open_changes(std::string const& file, ldif_input_options const& options, console& console,
                               ldif_progress& progress) {
    return [&file, &options, &console, &progress, is_first = true,
            kept = changes_in_hand()]() mutable -> ldif::result<ldif::record_source> {
        if (kept)
            return ldif::changes_in_memory(*kept)();
        std::error_code problem;
        bool const is_file = std::filesystem::is_regular_file(to_path(file), problem);
        auto how = options.reader(console);
        how.rules[ldif::policy::empty_file] = ldif::policy_action::accept; // no difference, nothing to undo
        auto opened = ldif::reader::open(to_path(file), how);
        if (!opened)
            return tl::unexpected(opened.error());
        auto source = read_changes_once(std::make_shared<ldif::reader>(std::move(*opened)),
                                        std::exchange(is_first, false), console, progress);
        if (is_file)
            return source;
        auto all = read_pipe(source);
        if (!all)
            return tl::unexpected(all.error());
        kept = *all;
        return ldif::changes_in_memory(*kept)();
    };
}

failure refusal(ldif::apply_error const& error, std::string const& file) {
    auto detail = fmt::format("  {}:{}\n    {}\n", printable(file), error.line, printable(error.dn));
    bool const lacks =
        error.fault == ldif::apply_fault::no_such_entry || error.fault == ldif::apply_fault::no_parent;
    if (auto const macro = lacks ? ldif::find_macro(error.dn) : std::string_view(); !macro.empty())
        detail += fmt::format("  {}\n", ldif::hint_for_macro(macro));
    else if (!error.hint.empty())
        detail += fmt::format("  {}\n", error.hint);
    return {ldif::message(error), std::move(detail)};
}

void few_warnings::tell(std::string const& kind, std::string_view what, std::string_view detail) {
    if (++counts_[kind] > shown_of_a_kind)
        return;
    print_warning(console_, what);
    console_.err << detail;
}

void few_warnings::sum_up() {
    for (auto const& [kind, count] : counts_)
        if (count > shown_of_a_kind)
            print_warning(console_,
                          fmt::format("{} more: {}", with_thousands(count - shown_of_a_kind), kind));
}

ldif_progress::~ldif_progress() {
    hide();
}

void ldif_progress::hide() {
    if (std::exchange(shown_, nothing) != nothing)
        console_.err << "\r\x1b[K" << std::flush;
}

void ldif_progress::operator()(std::uint64_t position) {
    if (position < last_)
        finished_ += last_;
    last_ = position;
    if (!console_.err_is_terminal || total_ == 0)
        return;
    auto const percent =
        static_cast<unsigned>(std::min<std::uint64_t>(100, (finished_ + position) * 100 / total_));
    if (percent == shown_)
        return;
    shown_ = percent;
    std::chrono::duration<double> const passed = std::chrono::steady_clock::now() - begin_;
    auto const megabytes = static_cast<double>(finished_ + position) / 1e6;
    console_.err << fmt::format("\r\x1b[K[{:<40}] {:>3} %  {:.1f} MB a second",
                                std::string(percent * 40 / 100, '='), percent,
                                megabytes / std::max(passed.count(), 0.001))
                 << std::flush;
}

std::uint64_t size_of_file(std::string const& file) {
    std::error_code error;
    auto const size = std::filesystem::file_size(to_path(file), error);
    return error ? 0 : size;
}

std::uint64_t size_of_files(std::vector<std::string> const& files) {
    return std::accumulate(
        files.begin(), files.end(), std::uint64_t{0},
        [](std::uint64_t size, std::string const& file) { return size + size_of_file(file); });
}

} // namespace dsplan::commands
