#pragma once
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/stored_entry.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Goes over sorted entries (see stored_entry.hpp); records of one object (values in ranges, several exports)
/// are put together, with the mark that says most.
struct entry_cursor {
    explicit entry_cursor(external_sorter& from) : source(from) {
        has_ahead = source.next(key_ahead, value_ahead);
        advance();
    }
    void advance() {
        valid = has_ahead;
        if (!has_ahead)
            return;
        key = key_ahead;
        value = value_ahead;
        std::string mark(stored_mark(value));
        bool is_joined = false;
        for (; (has_ahead = source.next(key_ahead, value_ahead)) && key_ahead == key; is_joined = true) {
            auto const other = stored_mark(value_ahead);
            if (mark.empty() || (mark.front() == 'S' && other.starts_with('G')))
                mark = other;
            append_stored_values(value, value_ahead);
        }
        if (is_joined)
            value = with_values_once(value, mark);
    }
    external_sorter& source;
    std::string key;
    std::string value;
    std::string_view key_ahead;
    std::string_view value_ahead;
    bool has_ahead = false;
    bool valid = false;
};

} // namespace dsplan::ldif
