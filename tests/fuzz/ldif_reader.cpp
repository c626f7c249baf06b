#include <ldif/reader.hpp>
#include <ldif/writer.hpp>

#include <cstdint>
#include <sstream>
#include <string_view>
#include <tests/fuzz/invariant.hpp>
#include <vector>

using namespace dsplan::ldif;

namespace {

// What a reader gives: records, and errors as text.
struct reading {
    std::vector<record> records;
    std::vector<std::string> errors;

    bool operator==(reading const&) const = default;
};

reading read_all(reader input) {
    reading all;
    for (;;) {
        auto const next = input.next();
        for (auto const& it : input.findings())
            DSPLAN_INVARIANT(!message(it.what).empty() && it.what.line > 0);
        if (!next) {
            DSPLAN_INVARIANT(next.error().line > 0 && next.error().can_continue);
            all.errors.push_back(message(next.error()) + render_caret(next.error()));
        } else if (*next == nullptr) {
            return all;
        } else {
            all.records.push_back(**next);
        }
    }
}

} // namespace

// No input breaks the reader, in any encoding and with either profile; a stream gives what memory gives;
// every record that was taken comes back from what is written of it, in every profile and fold column.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0)
        return 0;
    reader_options options;
    options.encoding = static_cast<text_encoding>(data[0] % 6);
    options.rules = (data[0] & 8) != 0 ? policies::rfc2849() : policies::ldifde();
    options.maximum_record_size = (data[0] & 16) != 0 ? 64 : 1 << 20;
    std::string_view const text{reinterpret_cast<char const*>(data) + 1, size - 1};
    auto const all = read_all(reader::from_text(text, "fuzz", options));
    std::istringstream stream{std::string(text)};
    DSPLAN_INVARIANT(read_all(reader::from_stream(stream, "fuzz", options)) == all);
    auto const column = data[0] / 32U * 11U;
    std::string written;
    for (auto const& it : all.records)
        write(written, it, {.profile = writer_profile::rfc2849, .fold_column = column});
    auto again = read_all(reader::from_text(written)).records;
    DSPLAN_INVARIANT(again.size() == all.records.size());
    for (std::size_t i = 0; i < again.size(); ++i) {
        again[i].line = all.records[i].line;
        DSPLAN_INVARIANT(again[i] == all.records[i]);
    }
    return 0;
}
