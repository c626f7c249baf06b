#pragma once
#include <ldif/record.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/security_descriptor.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/attribute.hpp>
#include <tools/dsplan/directory/read_records.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// One value of an entry, decoded; the octets belong to the snapshot.
struct attribute_value {
    attribute name;
    std::string_view value;
};

/// An nTSecurityDescriptor value. Objects with the same octets share one.
struct interned_descriptor {
    std::string_view octets;
    bool is_exact = true; ///< false: the export has SDDL text (ldbsearch does), which cannot say every octet
    std::optional<sddl::security_descriptor> value;
    std::optional<sddl::parse_error> error; ///< why there is no value
};

/// One object of the export. All text belongs to the snapshot.
struct entry {
    std::string_view dn;  ///< as the export spells it
    std::string_view key; ///< normalised: equal for equal names
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    std::optional<sddl::sid> sid;                    ///< objectSid
    entry const* parent = nullptr;                   ///< null where the export lacks it
    interned_descriptor const* descriptor = nullptr; ///< null where the export lacks it
    std::vector<attribute_value> values;             ///< in the order of the export
    bool members_cut_off = false; ///< "member;range=0-1499" came without the range that ends in "*"

    /// The first value, or nothing.
    [[nodiscard]] std::optional<std::string_view> first(attribute name) const;

    /// A value that is a decimal number, such as userAccountControl.
    [[nodiscard]] std::optional<std::int64_t> number(attribute name) const;

    /// True if objectClass has `class_name`, any case.
    [[nodiscard]] bool is_a(std::string_view class_name) const;

    /// The most specific class, in whatever order objectClass names them; empty where the export lacks it.
    [[nodiscard]] std::string_view structural_class() const;

    /// Calls `use` with each value of `name`.
    template <class Use>
    void for_each(attribute name, Use&& use) const {
        for (attribute_value const& value : values)
            if (value.name == name)
                use(value.value);
    }
};

enum class unreadable_descriptor : std::uint8_t {
    fail, ///< loading stops with the place
    keep, ///< the entry keeps the error; whoever needs the descriptor says so
};

struct load_options {
    unreadable_descriptor descriptors = unreadable_descriptor::fail;
    reading_options reading{};
    std::function<void(ldif::record const&)> watch{}; ///< given every record; may be empty

    /// What of a record is loaded; null where nothing is. Empty: all of every record.
    std::function<ldif::record const*(ldif::record const&)> select{};
};

/// What a change leaves of an object.
struct object_after {
    entry const* was = nullptr;       ///< of the snapshot; null for a new object
    std::optional<ldif::record> is{}; ///< as an export would have it; nothing where it is gone
};

/// The entry as a record of an export, with what the snapshot keeps of it.
[[nodiscard]] ldif::record to_record(entry const& object);

/// What exports say of a directory: entries with the attributes that matter here, names resolved, equal
/// descriptors kept once. A value that does not change once it is loaded.
class snapshot {
public:
    /// Reads one or more LDIF exports of the same directory. An entry that several of them hold is put
    /// together from all; two different values of a single-valued attribute are an error that names both
    /// places.
    [[nodiscard]] static result<snapshot> load(std::span<std::filesystem::path const> files,
                                               load_options const& options = {});

    /// The same directory with these objects changed. `place` is where new objects come from, for messages.
    [[nodiscard]] result<snapshot> with(std::span<object_after const> changed, std::string place) const;

    snapshot(snapshot&&) noexcept;
    snapshot& operator=(snapshot&&) noexcept;
    ~snapshot();

    /// Sorted by key.
    [[nodiscard]] std::span<entry const> entries() const;

    /// By name as a person or an attribute spells it; null if it is no name or not in the export.
    [[nodiscard]] entry const* find(std::string_view dn) const;

    /// Null if no entry has it as its objectSid.
    [[nodiscard]] entry const* find(sddl::sid const& sid) const;

    /// All that have it: built-in groups have the same SID in every domain. In no particular order.
    [[nodiscard]] std::vector<entry const*> find_all(sddl::sid const& sid) const;

    /// Distinct descriptors.
    [[nodiscard]] std::size_t descriptor_count() const;

    /// What the exports may say besides and was not read: records that were left out. Printable sentences.
    [[nodiscard]] std::span<std::string const> gaps() const;

    /// "export.ldf:118", the place an entry was read from, for messages (never for artifacts).
    [[nodiscard]] std::string place(entry const& which) const;

private:
    struct data;
    explicit snapshot(std::unique_ptr<data> loaded);
    std::unique_ptr<data> data_;
    friend class snapshot_loader;
};

/// True if `key` names `ancestor_key` itself or an object below it.
[[nodiscard]] bool is_at_or_below(std::string_view key, std::string_view ancestor_key);

/// The key of the parent; empty for a name of one part.
[[nodiscard]] std::string_view parent_key(std::string_view key);

} // namespace dsplan::directory
