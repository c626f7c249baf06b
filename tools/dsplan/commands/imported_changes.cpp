#include <tools/dsplan/commands/imported_changes.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

namespace dsplan::commands {

result<imported_changes> read_changes(std::vector<std::string> const& files, reading_options reading) {
    reading.skips_unreadable = false;
    reading.way_out.clear();
    // What diff writes without a difference.
    reading.input.rules[ldif::policy::empty_file] = ldif::policy_action::accept;
    imported_changes made;
    for (std::string const& file : files) {
        auto const read =
            for_each_record(to_path(file), reading, [&](ldif::record const& record) -> result<void> {
                made.records.push_back(record);
                made.files.push_back(file);
                return {};
            });
        if (!read)
            return tl::unexpected(read.error());
    }
    return made;
}

} // namespace dsplan::commands
