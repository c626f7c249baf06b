#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/forms/masked_record.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <ostream>
#include <system_error>

namespace dsplan::commands {
namespace {

struct mask_options {
    std::vector<std::string> files;
    std::string key;
    std::string out;
    ldif_input_options input;
    std::size_t fold = 76;
};

constexpr char const* mask_footer =
    "Examples:\n"
    "  dsplan ldif mask contoso.ldf --key \"a sentence that nobody guesses\" -o masked.ldf\n"
    "  dsplan ldif mask root.ldf users.ldf change.ldf --key \"the same sentence\" -o masked\n"
    "\n"
    "Names, SIDs of domains, GUIDs, texts, times and secrets become others, the same for the same key, so "
    "that "
    "several\n"
    "files still fit together. Who may do what, memberships and the tree stay; so do names of attributes and "
    "classes,\n"
    "and of what every domain has. Comments are left out. Read the result before you give it away, and keep "
    "the "
    "key.\n"
    "\n"
    "Exit status: 0 written, 1 written without records that --skip-unreadable left out, 2 error; nothing is "
    "written of the file with the error.";

constexpr std::size_t shortest_key = 8;

result<std::size_t> mask_file(std::string const& file, std::filesystem::path const& out,
                              mask_options const& options, masked_names const& names, console& console) {
    auto input = open_ldif(file, options.input, console);
    if (!input)
        return tl::unexpected(std::move(input.error()));
    auto output = output_file::open(out, console);
    if (!output)
        return tl::unexpected(std::move(output.error()));
    ldif::writer_options writer;
    writer.profile = ldif::writer_profile::rfc2849;
    writer.fold_column = options.fold;
    ldif_progress progress(console, size_of_file(file));
    for (std::size_t records = 0;; ++records) {
        auto const next = input->next();
        if (!next)
            return tl::unexpected(to_failure(next.error()));
        if (*next == nullptr)
            return output->commit().map([records] { return records; });
        progress(input->position());
        output->write(ldif::write(masked_record(**next, names), writer));
    }
}

// One file is written as -o says, several as 1.ldf, 2.ldf … in that folder: their names may tell something.
result<std::vector<std::filesystem::path>> targets_of(mask_options const& options) {
    if (options.files.size() == 1)
        return std::vector{to_path(options.out)};
    if (options.out.empty())
        return tl::unexpected(failure{"expected a folder for several files, found no -o",
                                      "  the files in it are called 1.ldf, 2.ldf, …\n"});
    std::error_code error;
    std::filesystem::create_directories(to_path(options.out), error);
    if (error)
        return tl::unexpected(
            failure{fmt::format("cannot create {}: {}", shown(to_path(options.out)), error.message()), {}});
    std::vector<std::filesystem::path> targets;
    for (std::size_t i = 1; i <= options.files.size(); ++i)
        targets.push_back(to_path(options.out) / fmt::format("{}.ldf", i));
    return targets;
}

exit_status mask(mask_options const& options, console& console) {
    if (options.key.size() < shortest_key)
        return report(console, {fmt::format("expected a key of at least {} octets, found {}", shortest_key,
                                            options.key.size()),
                                "  anyone who guesses the key can try names: take a sentence\n"});
    auto const targets = targets_of(options);
    if (!targets)
        return report(console, targets.error());
    masked_names const names(options.key);
    std::size_t records = 0;
    for (std::size_t i = 0; i < options.files.size(); ++i) {
        auto const done = mask_file(options.files[i], (*targets)[i], options, names, console);
        if (!done)
            return report(console, done.error());
        records += *done;
    }
    console.err << fmt::format("{} masked. Names of attributes and classes are as they were.\n",
                               counted(records, "record", "records"));
    return options.input.or_skipped(exit_status::success);
}

} // namespace

void add_ldif_mask(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<mask_options>();
    auto* const command =
        group.add_subcommand("mask", "Make files that can be shown to others: other names, the same rights");
    command->add_option("FILE", options->files, "LDIF files")->type_name("FILE.ldf")->required();
    command->add_option("--key", options->key, "What the new names depend on; keep it to yourself")
        ->type_name("TEXT")
        ->required();
    command
        ->add_option("-o,--out", options->out,
                     "File to write, or folder for several; standard output if not given")
        ->type_name("FILE");
    add_fold_option(*command, options->fold);
    add_input_options(*command, options->input);
    options->input.rules[ldif::policy::empty_file] =
        ldif::policy_action::accept; // diff's without a difference
    command->footer(mask_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return mask(*options, console);
        };
    });
}

} // namespace dsplan::commands
