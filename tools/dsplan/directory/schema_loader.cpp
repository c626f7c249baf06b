#include <ldif/reader.hpp>
#include <tools/dsplan/ascii_case.hpp>
#include <tools/dsplan/console.hpp>
#include <tools/dsplan/directory/schema_names.hpp>
#include <tools/dsplan/ldif_failure.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace dsplan::directory {
namespace {

std::string_view value_of(ldif::record const& entry, std::string_view name) {
    for (auto const& each : entry.attributes)
        if (equal_ignoring_case(each.description, name))
            return each.value;
    return {};
}

bool is_a(ldif::record const& entry, std::string_view object_class) {
    return std::any_of(entry.attributes.begin(), entry.attributes.end(), [object_class](auto const& each) {
        return equal_ignoring_case(each.description, "objectClass") &&
               equal_ignoring_case(each.value, object_class);
    });
}

std::uint32_t number_of(ldif::record const& entry, std::string_view name) {
    auto const text = value_of(entry, name);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return static_cast<std::uint32_t>(number);
}

std::optional<sddl::guid> octet_guid(ldif::record const& entry, std::string_view name) {
    auto const read = sddl::read_guid(std::as_bytes(std::span(value_of(entry, name))));
    return read ? std::optional(*read) : std::nullopt;
}

// Replaces the row of the same GUID or adds one; the rows stay in their order.
template <class T>
void put(std::vector<T>& rows, T row) {
    auto const place =
        std::lower_bound(rows.begin(), rows.end(), row, [](T const& a, T const& b) { return a.id < b.id; });
    if (place != rows.end() && place->id == row.id)
        *place = std::move(row);
    else
        rows.insert(place, std::move(row));
}

} // namespace

/// Lays the entries of a schema export over names.
class schema_loader {
public:
    explicit schema_loader(schema_names& names) : names_(names) {}

    result<void> read(std::filesystem::path const& file) {
        auto opened = ldif::reader::open(file);
        if (!opened)
            return tl::unexpected(to_failure(opened.error()));
        for (;;) {
            auto const next = opened->next();
            if (!next)
                return tl::unexpected(to_failure(next.error()));
            if (*next == nullptr)
                return {};
            add(**next);
        }
    }

    [[nodiscard]] std::size_t count() const { return count_; }

private:
    void add(ldif::record const& entry) {
        if (is_a(entry, "attributeSchema"))
            add_attribute(entry);
        else if (is_a(entry, "classSchema"))
            add_class(entry);
        else if (is_a(entry, "controlAccessRight"))
            add_right(entry);
    }

    void add_attribute(ldif::record const& entry) {
        constexpr std::uint32_t confidential = 0x80;
        auto const id = octet_guid(entry, "schemaIDGUID");
        auto const name = value_of(entry, "lDAPDisplayName");
        if (!id || name.empty())
            return;
        put(names_.attributes_, {*id, std::string(name), octet_guid(entry, "attributeSecurityGUID"),
                                 (number_of(entry, "searchFlags") & confidential) != 0});
        ++count_;
    }

    void add_class(ldif::record const& entry) {
        auto const id = octet_guid(entry, "schemaIDGUID");
        auto const name = value_of(entry, "lDAPDisplayName");
        if (!id || name.empty())
            return;
        put(names_.classes_, {*id, std::string(name), std::string(value_of(entry, "subClassOf"))});
        ++count_;
    }

    void add_right(ldif::record const& entry) {
        auto const id = sddl::parse_guid(value_of(entry, "rightsGuid"));
        auto const name = value_of(entry, "displayName");
        if (!id || name.empty())
            return;
        put(names_.rights_, {*id, std::string(name), std::string(value_of(entry, "cn")),
                             sddl::access_mask{number_of(entry, "validAccesses")}});
        ++count_;
    }

    schema_names& names_;
    std::size_t count_ = 0;
};

result<schema_names> schema_names::load(std::vector<std::filesystem::path> const& exports) {
    auto names = built_in();
    schema_loader loader(names);
    for (auto const& file : exports) {
        auto const before = loader.count();
        if (auto const read = loader.read(file); !read)
            return tl::unexpected(read.error());
        if (loader.count() == before)
            return tl::unexpected(failure{
                fmt::format("{} holds no attributeSchema, classSchema or controlAccessRight entry with its "
                            "GUID and name",
                            printable(file.string())),
                "    export them with: ldifde -f schema.ldf -d CN=Schema,CN=Configuration,… -l objectClass,"
                "lDAPDisplayName,schemaIDGUID,attributeSecurityGUID,subClassOf,searchFlags\n"});
    }
    return names;
}

} // namespace dsplan::directory
