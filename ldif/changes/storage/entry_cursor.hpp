#pragma once
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/stored_entry.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Goes over sorted entries (see stored_entry.hpp); records of one object (values in ranges) are put together
/// by joining their octets.
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
        while ((has_ahead = source.next(key_ahead, value_ahead)) && key_ahead == key) {
            std::string_view more = value_ahead;
            auto const dn = stored_dn(more);
            value += more.substr(static_cast<std::size_t>(dn.data() + dn.size() - more.data()));
        }
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
