#include <ldif/reader.hpp>
#include <ldif/writer.hpp>

#include <cstdint>
#include <string_view>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::ldif;

namespace {

// Takes a record out of octets.
class source {
public:
    source(std::uint8_t const* data, std::size_t size) : rest_{reinterpret_cast<char const*>(data), size} {}
    unsigned number() {
        if (rest_.empty())
            return 0;
        auto const value = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    std::string octets() {
        auto const taken = rest_.substr(0, number());
        rest_.remove_prefix(taken.size());
        return std::string(taken);
    }
    std::string name() {
        std::string made = "a";
        for (char const c : octets())
            if ((c >= 'a' && c <= 'z') || c == '-' || c == ';')
                made += c;
        return made;
    }
    [[nodiscard]] bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

record make_record(source& from) {
    record made;
    made.dn = "CN=x";
    made.changetype = static_cast<change_type>(from.number() % 9);
    switch (*made.changetype) {
    case change_type::add:
    case change_type::ntds_schema_add:
        while (!from.empty()) {
            auto name = from.name();
            made.attributes.push_back({name, from.octets()});
        }
        break;
    case change_type::modify:
    case change_type::ntds_schema_modify:
        while (!from.empty()) {
            modification change{static_cast<modification_operation>(from.number() % 4), from.name(), {}};
            for (unsigned i = from.number() % 4; i > 0; --i)
                change.values.push_back(from.octets());
            made.modifications.push_back(std::move(change));
        }
        break;
    case change_type::delete_entry:
    case change_type::ntds_schema_delete:
        break;
    default:
        made.renamed = new_name{"CN=y", from.number() % 2 == 0, std::nullopt};
    }
    return made;
}

} // namespace

// What is written reads back equal, whatever octets the values hold; no line is longer than asked for.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    source from(data, size);
    writer_options options;
    options.profile = static_cast<writer_profile>(from.number() % 2);
    options.fold_column = from.number();
    auto const made = make_record(from);
    auto const text = write(made, options);
    auto input = reader::from_text(text);
    auto const read = input.next();
    DSPLAN_INVARIANT(read.has_value() && *read != nullptr);
    auto again = **read;
    again.line = 0;
    DSPLAN_INVARIANT(again == made);
    DSPLAN_INVARIANT(input.next().value() == nullptr);
    std::size_t const limit = options.fold_column < 8 ? 8 : options.fold_column;
    std::size_t longest = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = text.find('\n', begin);
        longest = std::max(longest, end - begin - (text[end - (end > begin ? 1 : 0)] == '\r' ? 1 : 0));
        begin = end + 1;
    }
    DSPLAN_INVARIANT(options.fold_column == 0 || longest <= limit);
    return 0;
}
