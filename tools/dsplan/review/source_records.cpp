#include <tools/dsplan/review/source_records.hpp>

namespace dsplan::review {
ldif::result<ldif::reader> open_changes(change_source const& source, ldif::reader_options const& options) {
    if (auto const* const file = std::get_if<std::filesystem::path>(&source.content))
        return ldif::reader::open(*file, options);
    return ldif::reader::from_text(std::get<std::string_view>(source.content), source.name, options);
}

std::vector<ldif::record> readable_records(std::span<change_source const> sources,
                                           ldif::reader_options const& options) {
    std::vector<ldif::record> records;
    for (auto const& source : sources) {
        if (std::holds_alternative<commanded_permissions>(source.content))
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
