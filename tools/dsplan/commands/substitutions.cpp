#include <tools/dsplan/commands/substitutions.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <fmt/format.h>

#include <utility>

namespace dsplan::commands {
namespace {

// "#name" stands for what the rootDSE says, which nobody can know offline.
result<std::string> resolve(std::string const& text, std::vector<std::string> const& root_dse) {
    if (!text.starts_with('#'))
        return text;
    auto const name = text.substr(1) + "=";
    for (auto const& it : root_dse)
        if (CLI::detail::to_lower(it.substr(0, name.size())) == CLI::detail::to_lower(name))
            return it.substr(name.size());
    return tl::unexpected(
        failure{fmt::format("expected a value for {}, found none", printable(text)),
                fmt::format("  say what the directory says: --root-dse {}DC=...\n", printable(name))});
}

} // namespace

CLI::Option* substitution_options::add_to(CLI::App& command) {
    auto* const replacements = command.add_option("-c", pairs, "Replace FROM by TO; may be given again")
                                   ->type_name("FROM TO")
                                   ->type_size(2)
                                   ->expected(1)
                                   ->take_all();
    command.add_option("--root-dse", root_dse, "What #NAME stands for")->type_name("NAME=VALUE")->take_all();
    return replacements;
}

result<std::vector<ldif::substitution>> substitutions_of(substitution_options const& options) {
    std::vector<ldif::substitution> list;
    for (std::size_t i = 0; i + 1 < options.pairs.size(); i += 2) {
        auto from = resolve(options.pairs[i], options.root_dse);
        auto to = resolve(options.pairs[i + 1], options.root_dse);
        if (!from || !to)
            return tl::unexpected(from ? to.error() : from.error());
        list.push_back({std::move(*from), std::move(*to)});
    }
    return list;
}

failure too_long_when_expanded(ldif::record_view const& record, std::string const& file) {
    return {fmt::format("expected lines of at most {} MB after the replacements, found a longer one",
                        ldif::longest_expanded_line >> 20U),
            fmt::format(
                "  {}:{}\n    {}\n  -c whose TO holds the FROM of another -c makes text grow without end\n",
                printable(file), record.line, printable(record.dn))};
}

result<std::string> expanded_file(std::filesystem::path const& file,
                                  std::vector<ldif::substitution> const& by,
                                  ldif::reader_options const& input) {
    auto reader = ldif::reader::open(file, input);
    if (!reader)
        return tl::unexpected(to_failure(reader.error()));
    std::string text;
    for (;;) {
        auto const next = reader->next_view();
        if (!next)
            return tl::unexpected(to_failure(next.error()));
        if (*next == nullptr)
            break;
        auto const done = ldif::expand(**next, by, 0);
        if (done.is_too_long)
            return tl::unexpected(too_long_when_expanded(**next, shown(file)));
        text += (*next)->text_before;
        text += done.text;
        text += done.text.ends_with('\n') ? "\n" : "\n\n";
    }
    return text + std::string(reader->text_behind());
}

} // namespace dsplan::commands
