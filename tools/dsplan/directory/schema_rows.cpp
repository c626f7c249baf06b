#include <sddl/guid.hpp>
#include <tools/dsplan/directory/read_records.hpp>
#include <tools/dsplan/directory/schema_rows.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <initializer_list>
#include <optional>

namespace dsplan::directory {
namespace {

constexpr unsigned constructed_attribute = 0x4;   // systemFlags, [MS-ADTS] 2.2.10
constexpr unsigned confidential_attribute = 0x80; // searchFlags, [MS-ADTS] 2.2.9

// System-only by its schema object, and written by clients all the same: resource-based constrained
// delegation.
constexpr std::string_view written_by_clients = "msDS-AllowedToActOnBehalfOfOtherIdentity";

bool is_a(ldif::record const& entry, std::string_view class_name) {
    for (auto const& line : entry.attributes) {
        if (equal_ignoring_case(line.description, "objectClass") &&
            equal_ignoring_case(line.value, class_name))
            return true;
    }
    return false;
}

std::string_view first(ldif::record const& entry, std::string_view name) {
    for (auto const& line : entry.attributes) {
        if (equal_ignoring_case(line.description, name))
            return line.value;
    }
    return {};
}

unsigned number(ldif::record const& entry, std::string_view name) {
    auto const text = first(entry, name);
    long long value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return static_cast<unsigned>(value);
}

bool is_true(ldif::record const& entry, std::string_view name) {
    return equal_ignoring_case(first(entry, name), "TRUE");
}

// Turns entries into rows; the texts of the rows stay with it.
class row_maker {
public:
    explicit row_maker(schema_rows& rows) : rows_(rows) {}

    void add(ldif::record const& entry) {
        if (is_a(entry, "attributeSchema"))
            add_attribute(entry);
        else if (is_a(entry, "classSchema"))
            add_class(entry);
        else if (is_a(entry, "controlAccessRight"))
            add_right(entry);
    }

private:
    void add_attribute(ldif::record const& entry) {
        int flags = plain;
        if ((number(entry, "systemFlags") & constructed_attribute) != 0)
            flags |= constructed;
        if ((number(entry, "searchFlags") & confidential_attribute) != 0)
            flags |= confidential;
        if (is_true(entry, "systemOnly") && first(entry, "lDAPDisplayName") != written_by_clients)
            flags |= system_only;
        if (number(entry, "linkID") % 2 != 0)
            flags |= back_link;
        rows_.attributes.push_back({.name = keep(first(entry, "lDAPDisplayName")),
                                    .id = guid_text(first(entry, "schemaIDGUID")),
                                    .property_set = guid_text(first(entry, "attributeSecurityGUID")),
                                    .flags = flags});
    }

    void add_class(ldif::record const& entry) {
        rows_.classes.push_back({.name = keep(first(entry, "lDAPDisplayName")),
                                 .id = guid_text(first(entry, "schemaIDGUID")),
                                 .category = static_cast<int>(number(entry, "objectClassCategory")),
                                 .is_system_only = is_true(entry, "systemOnly"),
                                 .superclass = keep(first(entry, "subClassOf")),
                                 .auxiliaries = words(entry, {"auxiliaryClass", "systemAuxiliaryClass"}),
                                 .attributes = words(entry, {"mustContain", "mayContain", "systemMustContain",
                                                             "systemMayContain"}),
                                 .superiors = words(entry, {"possSuperiors", "systemPossSuperiors"}),
                                 .default_descriptor = keep(first(entry, "defaultSecurityDescriptor"))});
    }

    void add_right(ldif::record const& entry) {
        rows_.rights.push_back({.name = keep(first(entry, "cn")),
                                .display_name = keep(first(entry, "displayName")),
                                .id = keep(first(entry, "rightsGuid")),
                                .valid_accesses = number(entry, "validAccesses"),
                                .applies_to = words(entry, {"appliesTo"})});
    }

    std::string_view keep(std::string_view text) { return rows_.texts.emplace_back(text); }

    // 16 octets from a server; what is no GUID stays as it is and is refused with its name later.
    std::string_view guid_text(std::string_view octets) {
        auto const value = sddl::read_guid(std::as_bytes(std::span(octets)));
        return value ? keep(fmt::format("{}", *value)) : keep(octets);
    }

    std::string_view words(ldif::record const& entry, std::initializer_list<std::string_view> names) {
        std::string joined;
        for (auto const& line : entry.attributes) {
            for (std::string_view const name : names) {
                if (equal_ignoring_case(line.description, name))
                    joined += (joined.empty() ? "" : " ") + line.value;
            }
        }
        return rows_.texts.emplace_back(std::move(joined));
    }

    schema_rows& rows_;
};

} // namespace

result<schema_rows> read_schema_rows(std::span<std::filesystem::path const> files,
                                     reading_options const& reading) {
    schema_rows rows;
    row_maker maker(rows);
    for (auto const& file : files) {
        auto const read =
            for_each_record(file, reading, [&maker](ldif::record const& record) -> result<void> {
                maker.add(record);
                return {};
            });
        if (!read)
            return tl::unexpected(read.error());
    }
    if (rows.attributes.empty() || rows.classes.empty())
        return tl::unexpected(failure{"no attributeSchema or no classSchema object in the schema export",
                                      "  export CN=Schema,CN=Configuration,… with every attribute\n"});
    return rows;
}

} // namespace dsplan::directory
