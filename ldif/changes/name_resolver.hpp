#pragma once
#include <ldif/alternative_name.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage/object_store.hpp>
#include <ldif/record.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsplan::ldif {

/// Puts distinguished names in the place of the alternative names of a change: <GUID=…> and <SID=…> by
/// objectGUID and objectSid, <WKGUID=…,…> by wellKnownObjects. MS-ADTS 3.1.1.3.1.2.4
///
/// The SID of an account of another domain makes the object that stands for it. MS-ADTS 3.1.1.5.3.2,
/// MS-SAMR 3.1.1.8.9
class name_resolver {
public:
    name_resolver(object_store& store, std::vector<apply_error>& doubts, bool makes_principals = true)
        : store_(store)
        , doubts_(doubts)
        , makes_principals_(makes_principals) {}

    /// Nothing where the change has no alternative name. An error where its own name is none of an object; a
    /// value that names nothing known stays as it is, and is a doubt. What may name objects of several
    /// domains, as the SIDs of built-in groups do, names nothing known.
    [[nodiscard]] tl::expected<std::optional<record>, apply_error> resolve(record const& change);

    /// Removes the objects that it made.
    void take_back();

    /// Their names.
    [[nodiscard]] std::vector<std::string> made() const;

private:
    using found_name = tl::expected<std::optional<std::string>, std::string>; // or which ones it may be
    [[nodiscard]] found_name find(alternative_name const& name, std::string_view domain);
    [[nodiscard]] bool is_foreign(object_store::object_id id);
    [[nodiscard]] std::optional<std::string> find_well_known(alternative_name const& name);
    [[nodiscard]] tl::expected<void, apply_error> resolve_name(record const& change, std::string& name);
    void resolve_value(record const& change, std::string_view description, std::string& value);
    [[nodiscard]] std::optional<std::string> foreign_principal(alternative_name const& name,
                                                               std::string_view domain);

    object_store& store_;
    std::vector<apply_error>& doubts_;
    bool makes_principals_;
    std::vector<std::pair<std::string, object_store::object_id>> made_; // with their keys
};

/// The name of the object that stands for a SID of another domain in a domain.
[[nodiscard]] std::string foreign_principal_name(std::string_view sid_text, std::string_view domain);

} // namespace dsplan::ldif
