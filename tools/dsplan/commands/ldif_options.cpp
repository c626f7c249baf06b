#include <ldif/change_reach.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/ldif_failure.hpp>
#include <tools/dsplan/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <system_error>

namespace dsplan::commands {

void add_encoding_option(CLI::App& command, ldif_input_options& options) {
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
        ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case))
        ->option_text("NAME");
}

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
        ->transform(CLI::CheckedTransformer(choices))
        ->option_text("PROFILE");
}

result<ldif::reader> open_ldif(std::string const& file, ldif_input_options const& options) {
    auto opened = ldif::reader::open(to_path(file), {.encoding = options.encoding, .rules = options.rules});
    if (!opened)
        return tl::unexpected(to_failure(opened.error()));
    return std::move(*opened);
}

result<std::vector<ldif::record>> read_change_file(std::string const& file, ldif_input_options const& options,
                                                   console& console) {
    auto opened = open_ldif(file, options);
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    std::vector<ldif::record> changes;
    for (;;) {
        auto const next = opened->next();
        for (auto const& it : opened->findings()) {
            print_warning(console, ldif::message(it.what));
            console.err << ldif::render_caret(it.what);
        }
        if (!next)
            return tl::unexpected(to_failure(next.error()));
        if (*next == nullptr)
            return changes;
        changes.push_back(**next);
    }
}

failure refusal(ldif::apply_error const& error, std::string const& file) {
    auto detail = fmt::format("  {}:{}\n    {}\n", printable(file), error.line, printable(error.dn));
    if (!error.hint.empty())
        detail += fmt::format("  {}\n", error.hint);
    return {ldif::message(error), std::move(detail)};
}

ldif_progress::~ldif_progress() {
    if (shown_ <= 100)
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
    console_.err << fmt::format("\r[{:<40}] {:>3} %", std::string(percent * 40 / 100, '='), percent)
                 << std::flush;
}

std::uint64_t size_of_file(std::string const& file) {
    std::error_code error;
    auto const size = std::filesystem::file_size(to_path(file), error);
    return error ? 0 : size;
}

} // namespace dsplan::commands
