#include <ldif/attribute_description.hpp>
#include <ldif/changes/comparison/export_pair.hpp>
#include <ldif/changes/restoration.hpp>
#include <ldif/changes/storage/entry_cursor.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::ldif {
namespace {

parse_error no_entry(record_view const& record, std::string expected, std::string found, std::string hint) {
    parse_error error;
    error.line = record.line;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

} // namespace

export_pair::export_pair(compare_options const& options)
    : options_(options)
    , choice_(options.ignored, *options.schema)
    , before_(options.memory)
    , after_(options.memory)
    , goes_by_name_(std::any_of(options.ignored.begin(), options.ignored.end(),
                                [](auto const& it) { return equals_keyword(it, "objectguid"); })) {}

result<void> export_pair::load(reader& before, reader& after, record_visitor const& see_after) {
    if (auto done = load_one(before, before_, {}); !done)
        return done;
    return load_one(after, after_, see_after);
}

result<void> export_pair::load_one(reader& source, external_sorter& target, record_visitor const& see) {
    std::string octets;
    std::size_t count = 0;
    for (;;) {
        auto const next = source.next_view();
        if (!next)
            return tl::unexpected(next.error());
        if (*next == nullptr)
            break;
        if (auto done = store(**next, octets, target, see); !done)
            return done;
        if (options_.progress && ++count % 1024 == 0)
            options_.progress(source.position());
    }
    size_ += source.position();
    target.rewind();
    return {};
}

result<void> export_pair::store(record_view const& record, std::string& octets, external_sorter& target,
                                record_visitor const& see) {
    auto const type = record.changetype.value_or(change_type::add);
    if (type != change_type::add && type != change_type::ntds_schema_add)
        return tl::unexpected(no_entry(record, "an entry", "a change", "only exports can be compared"));
    auto const key = normalize(record.dn);
    if (!key)
        return tl::unexpected(no_entry(record, key.error().expected, key.error().found, key.error().hint));
    octets.clear();
    append_stored(octets, goes_by_name_ ? std::string() : object_mark(record), record.dn);
    for (auto const& it : record.attributes)
        if (choice_.takes_part(it.description) && !is_left_out(it)) {
            append_stored_value(octets, it.description, it.value);
            has_ranges_ = has_ranges_ || range_of(it.description).has_value();
        }
    if (key->empty()) // what the rootDSE says is no object
        return {};
    auto const place = tree_order(*key);
    if (see)
        see(place, record);
    target.add(place, octets);
    return {};
}

// Times of passwords, which no client can write.
bool export_pair::is_left_out(attribute_value_view const& it) {
    bool const is_time = is_password_time(it.description, it.value);
    if (is_time)
        choice_.leave_out(it.description);
    return is_time;
}

void export_pair::for_each(visitor const& visit) {
    before_.rewind();
    after_.rewind();
    entry_cursor left{before_};
    entry_cursor right{after_};
    std::uint64_t const all = before_.size() + after_.size();
    for (std::uint64_t done = 0; left.valid || right.valid; ++done) {
        if (options_.progress && done % 1024 == 0)
            options_.progress(size_ / all * std::min(2 * done, all));
        int const order = !left.valid ? 1 : !right.valid ? -1 : left.key.compare(right.key);
        visit(order <= 0 ? left.key : right.key,
              order <= 0 ? std::string_view(left.value) : std::string_view(),
              order >= 0 ? std::string_view(right.value) : std::string_view());
        if (order <= 0)
            left.advance();
        if (order >= 0)
            right.advance();
    }
}

void export_pair::for_each_kept(visitor const& visit) {
    for_each([&visit](std::string_view key, std::string_view before, std::string_view after) {
        if (!before.empty() && !after.empty() && may_be_one(stored_mark(before), stored_mark(after)))
            visit(key, before, after);
    });
}

} // namespace dsplan::ldif
