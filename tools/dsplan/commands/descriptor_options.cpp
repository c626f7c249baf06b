#include <ldif/text_encoding.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/ground/input_file.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/words/object_kind.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <istream>
#include <iterator>
#include <utility>

namespace dsplan::commands {
namespace {

constexpr std::size_t largest_input = std::size_t{64} << 20;

result<std::optional<sddl::sid>> read_domain(std::string const& text, std::string_view option) {
    if (text.empty())
        return std::optional<sddl::sid>{};
    auto const parsed = sddl::parse_sid(text);
    if (!parsed)
        return tl::unexpected(failure{fmt::format("{}: {}", option, message(parsed.error())),
                                      render_caret(parsed.error(), text)});
    if (!sddl::is_domain_sid(*parsed))
        return tl::unexpected(failure{
            fmt::format("{}: expected the SID of a domain such as S-1-5-21-1-2-3, found {}", option, *parsed),
            {}});
    return std::optional(*parsed);
}

} // namespace

void add_domain_options(CLI::App& command, domain_options& options) {
    command.add_option("--domain-sid", options.domain, "SID of the domain that DA, DU, KA… belong to")
        ->type_name("SID");
    command
        .add_option("--root-domain-sid", options.forest_root,
                    "SID of the forest's root domain, which EA, SA, RO, EK belong to")
        ->type_name("SID");
}

result<sddl::domain_sids> read_domains(domain_options const& options) {
    auto const domain = read_domain(options.domain, "--domain-sid");
    if (!domain)
        return tl::unexpected(domain.error());
    auto const forest_root = read_domain(options.forest_root, "--root-domain-sid");
    if (!forest_root)
        return tl::unexpected(forest_root.error());
    return sddl::domain_sids{*domain, *forest_root};
}

void add_kind_option(CLI::App& command, std::string& kind) {
    auto const names = words::object_kind_names();
    command.add_option("--for", kind, "What the descriptor guards: the same bits mean other rights there")
        ->transform(one_of(names))
        ->type_name(fmt::format("{}", fmt::join(names, "|")));
}

std::string without_byte_order_mark(std::string input) {
    auto const found = ldif::detect_encoding(input);
    if (found.mark_size == 0)
        return input;
    std::string text;
    ldif::transcoder transcoder(found.encoding);
    transcoder.append(text, std::string_view(input).substr(found.mark_size));
    transcoder.finish(text);
    return text;
}

result<std::string> read_text_file(std::filesystem::path const& file, std::size_t limit) {
    return read_whole_file(file, limit).map([](std::string&& octets) {
        return without_byte_order_mark(std::move(octets));
    });
}

text_input::text_input(console& console) : from_(&console.in) {
    // The marks of UTF-8 and UTF-16 begin with one of these; a console is not read to its end without them.
    auto const first = console.in.peek();
    if (first != 0xEF && first != 0xFF && first != 0xFE)
        return;
    converted_.str(without_byte_order_mark(std::string(std::istreambuf_iterator<char>(console.in), {})));
    from_ = &converted_;
}

bool text_input::next(std::string& line) {
    if (!std::getline(*from_, line))
        return false;
    if (line.ends_with('\r'))
        line.pop_back();
    return true;
}

std::string_view without_line_ends(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

result<std::string> read_input(std::string const& file, bool is_text, console& console) {
    auto input = file == "-"
                     ? result<std::string>(std::string(std::istreambuf_iterator<char>(console.in), {}))
                     : read_whole_file(to_path(file), largest_input);
    if (!input)
        return input;
    if (is_text && input)
        input = without_byte_order_mark(*std::move(input));
    if (is_text && input)
        input->resize(without_line_ends(*input).size());
    return input;
}

} // namespace dsplan::commands
