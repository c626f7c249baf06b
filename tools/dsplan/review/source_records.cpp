#include <tools/dsplan/plan/change_records.hpp>
#include <tools/dsplan/review/source_records.hpp>

namespace dsplan::review {

ldif::result<ldif::reader> open_changes(change_source const& source, ldif::reader_options const& options) {
    if (auto const* const file = std::get_if<std::filesystem::path>(&source.content))
        return ldif::reader::open(*file, options);
    return ldif::reader::from_text(std::get<std::string_view>(source.content), source.name, options);
}

std::optional<ldif::record> record_of(commanded_permissions const& commanded) {
    if (commanded.change.after.empty())
        return std::nullopt;
    auto made = plan::modify_record(commanded.change.dn, ldif::modification_operation::replace,
                                    "nTSecurityDescriptor", commanded.change.after);
    made.line = commanded.line;
    return made;
}

std::vector<ldif::record> readable_records(std::span<change_source const> sources,
                                           ldif::reader_options const& options) {
    std::vector<ldif::record> records;
    for (auto const& source : sources) {
        if (auto const* const commanded = std::get_if<commanded_permissions>(&source.content)) {
            if (auto record = record_of(*commanded))
                records.push_back(*std::move(record));
            continue;
        }
        if (std::holds_alternative<unknown_command>(source.content))
            continue;
        auto input = open_changes(source, options);
        while (input) {
            auto const next = input->next();
            if (next ? *next == nullptr : !next.error().can_continue)
                break;
            if (next)
                records.push_back(**next);
        }
    }
    return records;
}

} // namespace dsplan::review
