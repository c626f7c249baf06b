#include <ldif/decimal.hpp>
#include <ldif/distinguished_name.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/read_records.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/directory/synchronisation_account.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory_resource>
#include <set>
#include <unordered_map>
#include <utility>

namespace dsplan::directory {

std::optional<std::string_view> entry::first(attribute name) const {
    for (attribute_value const& value : values)
        if (value.name == name)
            return value.value;
    return std::nullopt;
}

std::optional<std::int64_t> entry::number(attribute name) const {
    auto const text = first(name);
    return text ? ldif::read_decimal<std::int64_t>(*text) : std::nullopt;
}

bool entry::is_a(std::string_view class_name) const {
    return std::any_of(values.begin(), values.end(), [&](attribute_value const& value) {
        return value.name == attribute::object_class && equal_ignoring_case(value.value, class_name);
    });
}

// A class of the forest's own stands at the other end than top, in whichever order the server writes; among
// those of the built-in schema the one that comes from the others is the most specific.
std::string_view entry::structural_class() const {
    auto const& known = schema::built_in();
    std::string_view first;
    std::string_view last;
    std::string_view deepest;
    schema_class const* found = nullptr;
    for_each(attribute::object_class, [&](std::string_view name) {
        first = first.empty() ? name : first;
        last = name;
        auto const* const next = known.find_class(name);
        bool const is_deeper = next != nullptr && next->category != class_category::auxiliary &&
                               (found == nullptr || !found->is_a(*next));
        if (is_deeper) {
            found = next;
            deepest = name;
        }
    });
    auto const outer = equal_ignoring_case(last, "top") ? first : last;
    return found == nullptr || known.find_class(outer) == nullptr ? outer : deepest;
}

ldif::record to_record(entry const& object) {
    ldif::record made;
    made.dn = object.dn;
    made.line = object.line;
    made.attributes.reserve(object.values.size() + 1);
    for (auto const& it : object.values)
        made.attributes.push_back({std::string(name_of(it.name)), std::string(it.value)});
    if (object.descriptor != nullptr)
        made.attributes.push_back({"nTSecurityDescriptor", std::string(object.descriptor->octets)});
    return made;
}

std::string_view parent_key(std::string_view key) {
    for (std::size_t index = 0; index < key.size(); ++index) {
        if (key[index] == '\\')
            ++index;
        else if (key[index] == ',')
            return key.substr(index + 1);
    }
    return {};
}

bool is_at_or_below(std::string_view key, std::string_view ancestor_key) {
    if (!key.ends_with(ancestor_key))
        return false;
    if (key.size() == ancestor_key.size() || ancestor_key.empty())
        return true;
    // Names that end alike need not be related: the parts must start at the same separator.
    while (key.size() > ancestor_key.size())
        key = parent_key(key);
    return key == ancestor_key;
}

struct snapshot::data {
    std::pmr::monotonic_buffer_resource memory{std::size_t{1} << 16};
    std::vector<std::string> files;
    std::vector<entry> entries;
    std::unordered_map<std::string_view, std::size_t> by_key;
    std::vector<std::pair<sddl::sid, entry const*>> by_sid; // sorted
    std::unordered_map<std::string_view, std::unique_ptr<interned_descriptor>> descriptors;
    std::vector<std::string> gaps;

    [[nodiscard]] std::string_view keep(std::string_view text) {
        if (text.empty())
            return {};
        auto* const octets = static_cast<char*>(memory.allocate(text.size(), 1));
        std::copy(text.begin(), text.end(), octets);
        return {octets, text.size()};
    }
};

snapshot::snapshot(std::unique_ptr<data> loaded) : data_(std::move(loaded)) {}
snapshot::snapshot(snapshot&&) noexcept = default;
snapshot& snapshot::operator=(snapshot&&) noexcept = default;
snapshot::~snapshot() = default;

std::span<entry const> snapshot::entries() const {
    return data_->entries;
}

entry const* snapshot::find(std::string_view dn) const {
    auto const key = ldif::normalize(dn);
    if (!key)
        return nullptr;
    auto const found = data_->by_key.find(*key);
    return found == data_->by_key.end() ? nullptr : &data_->entries[found->second];
}

entry const* snapshot::find(sddl::sid const& sid) const {
    auto found =
        std::lower_bound(data_->by_sid.begin(), data_->by_sid.end(), sid,
                         [](auto const& known, sddl::sid const& wanted) { return known.first < wanted; });
    entry const* foreign = nullptr;
    for (; found != data_->by_sid.end() && found->first == sid; ++found) {
        if (!found->second->is_a("foreignSecurityPrincipal"))
            return found->second;
        foreign = found->second;
    }
    return foreign;
}

std::vector<entry const*> snapshot::find_all(sddl::sid const& sid) const {
    auto found =
        std::lower_bound(data_->by_sid.begin(), data_->by_sid.end(), sid,
                         [](auto const& known, sddl::sid const& wanted) { return known.first < wanted; });
    std::vector<entry const*> carriers;
    for (; found != data_->by_sid.end() && found->first == sid; ++found)
        carriers.push_back(found->second);
    return carriers;
}

std::size_t snapshot::descriptor_count() const {
    return data_->descriptors.size();
}

std::span<std::string const> snapshot::gaps() const {
    return data_->gaps;
}

std::string snapshot::place(entry const& which) const {
    return fmt::format("{}:{}", printable(data_->files[which.file]), which.line);
}

/// Builds a snapshot file by file.
class snapshot_loader {
public:
    explicit snapshot_loader(load_options const& options) : options_(options) {}

    result<void> read(std::filesystem::path const& file) {
        auto const shown = file.u8string();
        loaded_->files.emplace_back(shown.begin(), shown.end());
        return for_each_record(file, reading(), [this](ldif::record const& record) {
            auto const* const selected = options_.select ? options_.select(record) : &record;
            auto added = selected == nullptr ? result<void>() : add(*selected);
            if (added && options_.watch)
                options_.watch(record);
            return added;
        });
    }

    // The entries of another snapshot, changed.
    result<void> take(snapshot const& base, std::span<object_after const> changed, std::string place) {
        std::unordered_map<entry const*, object_after const*> known;
        for (object_after const& each : changed)
            if (each.was != nullptr)
                known.emplace(each.was, &each);
        loaded_->files = base.data_->files;
        loaded_->files.push_back(std::move(place));
        loaded_->gaps = base.data_->gaps;
        for (entry const& object : base.entries()) {
            auto const change = known.find(&object);
            if (change != known.end() && !change->second->is)
                continue;
            auto added = add(change == known.end() ? to_record(object) : *change->second->is);
            if (!added)
                return added;
            loaded_->entries.back().file = object.file;
            loaded_->entries.back().line = object.line;
            loaded_->entries.back().members_cut_off = object.members_cut_off;
        }
        for (object_after const& each : changed)
            if (each.was == nullptr && each.is)
                if (auto added = add(*each.is); !added)
                    return added;
        return {};
    }

    result<snapshot> finish() && {
        auto& data = *loaded_;
        for (std::size_t const index : from_several_records_)
            drop_repeated(data.entries[index].values);
        for (auto const& [index, last_begins] : member_ranges_)
            data.entries[index].members_cut_off = !is_whole(data.entries[index], last_begins);
        std::sort(data.entries.begin(), data.entries.end(),
                  [](entry const& a, entry const& b) { return a.key < b.key; });
        for (std::size_t index = 0; index < data.entries.size(); ++index)
            data.by_key.insert_or_assign(data.entries[index].key, index);
        for (entry& which : data.entries) {
            auto const parent = data.by_key.find(parent_key(which.key));
            which.parent = parent == data.by_key.end() ? nullptr : &data.entries[parent->second];
            which.values.shrink_to_fit();
            if (!which.sid && which.is_a("foreignSecurityPrincipal"))
                which.sid = sid_in_name(which.key);
            if (which.sid)
                data.by_sid.emplace_back(*which.sid, &which);
        }
        std::sort(data.by_sid.begin(), data.by_sid.end());
        if (auto read = read_sddl_descriptors(); !read)
            return tl::unexpected(read.error());
        tell_gaps();
        return snapshot(std::move(loaded_));
    }

private:
    // As asked for, with a note of what is left out.
    reading_options reading() {
        auto how = options_.reading;
        how.skipped = [this](failure const& why) {
            leave_out(why);
        };
        how.input.on_finding = [this](ldif::finding const& it) {
            if (it.what.is_incomplete)
                incomplete_.push_back(fmt::format("{}:{}", printable(it.what.file), it.what.line));
            if (options_.reading.input.on_finding)
                options_.reading.input.on_finding(it);
        };
        return how;
    }

    void leave_out(failure const& why) {
        ++left_out_;
        if (options_.reading.skipped)
            options_.reading.skipped(why);
    }

    // Of one record: an error, or a note where such records are left out.
    result<void> unreadable_record(failure why) {
        if (!options_.reading.skips_unreadable) {
            why.detail += options_.reading.way_out;
            return tl::unexpected(std::move(why));
        }
        leave_out(why);
        return {};
    }

    void tell_gaps() {
        if (left_out_ == 1)
            loaded_->gaps.emplace_back("1 record of the export cannot be read: what it says is missing here");
        else if (left_out_ > 1)
            loaded_->gaps.push_back(fmt::format(
                "{} records of the export cannot be read: what they say is missing here", left_out_));
        for (auto const& place : incomplete_)
            loaded_->gaps.push_back(
                fmt::format("the export is incomplete ({}): objects are missing here", place));
    }

    static void drop_repeated(std::vector<attribute_value>& values) {
        std::set<std::pair<attribute, std::string_view>> seen;
        std::erase_if(values, [&](attribute_value const& value) {
            return !seen.emplace(value.name, value.value).second;
        });
    }

    result<void> add(ldif::record const& record) {
        if (record.changetype && record.changetype != ldif::change_type::add)
            return tl::unexpected(fail(record, "an entry of an export", "a change record",
                                       "give the export of the directory here, not a file of changes"));
        if (record.dn.empty())
            return {}; // the rootDSE
        auto const key = ldif::normalize(record.dn);
        if (!key)
            return unreadable_record(fail(record, key.error().expected, key.error().found, key.error().hint));
        auto const sid = sid_of(record);
        if (!sid)
            return unreadable_record(sid.error());
        entry& target = entry_for(*key, record);
        if (*sid)
            target.sid = **sid;
        for (ldif::attribute_value const& value : record.attributes)
            if (auto added = add(record, target, value); !added)
                return added;
        return {};
    }

    entry& entry_for(std::string const& key, ldif::record const& record) {
        if (auto const known = loaded_->by_key.find(key); known != loaded_->by_key.end()) {
            from_several_records_.insert(known->second);
            return loaded_->entries[known->second];
        }
        entry& made = loaded_->entries.emplace_back();
        made.dn = loaded_->keep(record.dn);
        made.key = loaded_->keep(key);
        made.file = static_cast<std::uint32_t>(loaded_->files.size() - 1);
        made.line = record.line;
        loaded_->by_key.emplace(made.key, loaded_->entries.size() - 1);
        return made;
    }

    // A long list of members comes in ranges; "member;range=1500-*" is the last. [MS-ADTS] 3.1.1.3.1.3.3
    void note_range(entry const& target, std::string_view options) {
        constexpr std::string_view option = ";range=";
        if (!equal_ignoring_case(options.substr(0, option.size()), option))
            return;
        auto const range = options.substr(option.size());
        std::uint64_t begins = 0;
        auto const [end, status] = std::from_chars(range.data(), range.data() + range.size(), begins);
        auto& last_begins = member_ranges_[static_cast<std::size_t>(&target - loaded_->entries.data())];
        if (status == std::errc{} && range.substr(static_cast<std::size_t>(end - range.data())) == "-*")
            last_begins = begins;
    }

    static bool is_whole(entry const& group, std::optional<std::uint64_t> const& last_begins) {
        std::uint64_t members = 0;
        group.for_each(attribute::member, [&](std::string_view) { ++members; });
        return last_begins && members > *last_begins; // the last range has a member at least
    }

    result<void> add(ldif::record const& record, entry& target, ldif::attribute_value const& value) {
        auto const name = std::string_view(value.description).substr(0, value.description.find(';'));
        if (equal_ignoring_case(name, "nTSecurityDescriptor"))
            return add_descriptor(record, target, value.value);
        auto const known = find_attribute(name);
        if (!known || (*known == attribute::description && !is_synchronisation_account(record)))
            return {}; // nearly every account has one, and nobody asks what most of them say
        if (*known == attribute::member)
            note_range(target, std::string_view(value.description).substr(name.size()));
        for (attribute_value const& held : target.values) {
            if (!is_single_valued(*known))
                break; // values that another record gave already go in the end: groups may have very many
            if (held.name == *known)
                return held.value == value.value ? result<void>{} : conflict(record, target, name);
        }
        target.values.push_back({*known, loaded_->keep(value.value)});
        return {};
    }

    result<std::optional<sddl::sid>> sid_of(ldif::record const& record) const {
        auto const held =
            std::find_if(record.attributes.begin(), record.attributes.end(),
                         [](auto const& it) { return equal_ignoring_case(it.description, "objectSid"); });
        if (held == record.attributes.end())
            return std::nullopt;
        // ldbsearch prints the text form; the binary form starts with the octet 1.
        auto const sid = held->value.starts_with("S-")
                             ? sddl::parse_sid(held->value)
                             : sddl::read_sid(std::as_bytes(std::span(held->value)));
        if (!sid)
            return tl::unexpected(fail(record, "a SID in objectSid: " + sid.error().expected,
                                       sid.error().found,
                                       "the value was cut off or edited: export it again"));
        return *sid;
    }

    result<void> add_descriptor(ldif::record const& record, entry& target, std::string_view value) {
        if (target.descriptor != nullptr)
            return target.descriptor->octets == value ? result<void>{}
                                                      : conflict(record, target, "nTSecurityDescriptor");
        auto known = loaded_->descriptors.find(value);
        if (known == loaded_->descriptors.end()) {
            auto interned = std::make_unique<interned_descriptor>();
            interned->octets = loaded_->keep(value);
            interned->is_exact = !is_sddl(value);
            if (interned->is_exact)
                store(*interned, sddl::read_self_relative(std::as_bytes(std::span(value))));
            auto const octets = interned->octets;
            known = loaded_->descriptors.emplace(octets, std::move(interned)).first;
        }
        target.descriptor = known->second.get();
        return keep_or_refuse(target);
    }

    // An object whose descriptor cannot be read and is left out has none.
    result<void> keep_or_refuse(entry& which) {
        if (!which.descriptor->error || options_.descriptors == unreadable_descriptor::keep)
            return {};
        auto why = unreadable(which, *which.descriptor->error);
        if (options_.reading.skips_unreadable)
            which.descriptor = nullptr;
        return unreadable_record(std::move(why));
    }

    // The binary form starts with its revision, the octet 1.
    static bool is_sddl(std::string_view value) {
        return value.size() > 1 && value[1] == ':' &&
               std::string_view("OGDS").find(value[0]) != std::string_view::npos;
    }

    static void store(interned_descriptor& into, sddl::result<sddl::security_descriptor> read) {
        if (read)
            into.value = std::move(*read);
        else
            into.error = std::move(read).error();
    }

    // What the aliases in SDDL text mean is known once the domain root has been read.
    result<void> read_sddl_descriptors() {
        sddl::domain_sids const sids = only_domain();
        for (entry& which : loaded_->entries) {
            if (which.descriptor == nullptr || which.descriptor->is_exact)
                continue;
            auto& interned = *loaded_->descriptors.at(which.descriptor->octets);
            if (!interned.value && !interned.error)
                store(interned, sddl::parse(interned.octets, sids));
            if (auto taken = keep_or_refuse(which); !taken)
                return taken;
        }
        return {};
    }

    // The program that prints SDDL knows one domain, which is its forest.
    [[nodiscard]] sddl::domain_sids only_domain() const {
        for (entry const& which : loaded_->entries)
            if (which.sid && which.is_a("domainDNS"))
                return {which.sid, which.sid};
        return {};
    }

    [[nodiscard]] std::string file_and_line(std::uint64_t line) const {
        return fmt::format("{}:{}", printable(loaded_->files.back()), line);
    }

    [[nodiscard]] failure fail(ldif::record const& record, std::string_view expected, std::string_view found,
                               std::string_view hint) const {
        auto detail = fmt::format("  {}, {}\n", file_and_line(record.line), printable(record.dn));
        if (!hint.empty())
            detail += fmt::format("  {}\n", hint);
        return {fmt::format("expected {}, found {}", expected, found), detail};
    }

    [[nodiscard]] failure unreadable(entry const& which, sddl::parse_error const& error) const {
        auto const& interned = *which.descriptor;
        auto const place = interned.is_exact ? fmt::format("  octet {}{}{}\n", error.begin,
                                                           error.context.empty() ? "" : ", ", error.context)
                                             : sddl::render_caret(error, interned.octets);
        return {sddl::message(error),
                fmt::format("  {}:{}, attribute nTSecurityDescriptor of {}\n"
                            "{}"
                            "  the value was cut off or edited: export the object again\n",
                            printable(loaded_->files[which.file]), which.line, printable(which.dn), place)};
    }

    [[nodiscard]] tl::unexpected<failure> conflict(ldif::record const& record, entry const& target,
                                                   std::string_view name) const {
        return tl::unexpected(
            failure{fmt::format("expected one value of {} for an object, found two that differ", name),
                    fmt::format("  {} and {}:{}, {}\n"
                                "  the exports are of different moments or directories: export both again\n",
                                file_and_line(record.line), printable(loaded_->files[target.file]),
                                target.line, printable(record.dn))});
    }

    load_options const& options_;
    std::set<std::size_t> from_several_records_;                        // indices of entries
    std::map<std::size_t, std::optional<std::uint64_t>> member_ranges_; // where the last begins, by entry
    std::unique_ptr<snapshot::data> loaded_ = std::make_unique<snapshot::data>();
    std::uint64_t left_out_ = 0;          // records, and descriptors
    std::vector<std::string> incomplete_; // places where a file was cut off
};

result<snapshot> snapshot::load(std::span<std::filesystem::path const> files, load_options const& options) {
    snapshot_loader loader(options);
    for (std::filesystem::path const& file : files)
        if (auto read = loader.read(file); !read)
            return tl::unexpected(read.error());
    return std::move(loader).finish();
}

result<snapshot> snapshot::with(std::span<object_after const> changed, std::string place) const {
    load_options const options{.descriptors = unreadable_descriptor::keep};
    snapshot_loader loader(options);
    if (auto taken = loader.take(*this, changed, std::move(place)); !taken)
        return tl::unexpected(taken.error());
    return std::move(loader).finish();
}

} // namespace dsplan::directory
