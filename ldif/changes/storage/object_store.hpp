#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/entry.hpp>
#include <ldif/changes/indexed_entry.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/changes/storage/unique_values.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Objects and the values that name objects, as many as there are, in tables on disk: what a rename or a
/// deletion has to find lies together, and one member of a large group is set without the others.
///
/// Attributes of names lie value by value; all others of an object lie together, its contents.
class object_store {
public:
    using object_id = std::uint64_t;

    struct head {
        std::string dn;
        std::uint64_t origin = 0;
        bool is_changed = false;
    };

    /// Where a value that is a name lies.
    struct link {
        object_id holder = 0;
        std::uint32_t attribute = 0; ///< a number of this store for its description
        std::uint64_t place = 0;     ///< among the values of the attribute
        std::string value;
    };

    object_store(attribute_schema const& schema, std::size_t memory);

    [[nodiscard]] std::optional<object_id> find(std::string_view key);
    [[nodiscard]] head head_of(object_id id);
    void set_head(object_id id, head const& changed);
    void mark_changed(object_id id);

    object_id create(std::string_view key, entry const& made);

    /// Adds the values of a further record of the same object.
    void merge(object_id id, entry const& more);

    /// With its contents and the names that it holds, not those that name it.
    void erase(std::string_view key, object_id id);
    void rename(std::string_view old_key, std::string_view new_key, object_id id);

    [[nodiscard]] entry load(object_id id);

    /// Without attributes.
    [[nodiscard]] entry load_head(object_id id);

    /// The contents alone; attributes of names are there without values.
    [[nodiscard]] entry load_contents(object_id id);
    /// The contents with these attributes alone; names in lower case.
    [[nodiscard]] entry load_contents(object_id id, std::set<std::string> const& descriptions);
    void store_contents(object_id id, entry const& contents);

    /// The contents with these attributes alone, and those of them set to what `now` has: many changes of one
    /// large object one after the other take no longer than they are.
    [[nodiscard]] indexed_entry load_attributes(object_id id, std::vector<std::string> const& descriptions);
    void store_attributes(object_id id, std::vector<std::string> const& descriptions, indexed_entry& now);

    /// The first object whose key lies at, or after, `from`.
    [[nodiscard]] bool at_or_behind(std::string_view from, std::string& key, object_id& id);
    [[nodiscard]] bool behind(std::string_view from, std::string& key, object_id& id);

    /// Nothing where the attribute has the value already.
    std::optional<link> add_link(object_id holder, std::string_view description, std::string_view value);
    [[nodiscard]] std::optional<link> find_link(object_id holder, std::string_view description,
                                                std::string_view value);
    void remove_link(link const& removed);
    void restore_link(link const& removed);
    [[nodiscard]] bool has_links(object_id holder, std::string_view description);
    [[nodiscard]] std::vector<link> links_of(object_id holder, std::string_view description);
    [[nodiscard]] std::vector<link> links_of(object_id holder);

    /// The first value after the row `from` ("" for the first) that names the object of `key` or, with
    /// `below`, one below it. False where there is none.
    [[nodiscard]] bool next_reference(std::string_view key, bool below, std::string& from, link& found);

    [[nodiscard]] std::string const& description_of(std::uint32_t attribute) const {
        return descriptions_[attribute];
    }
    [[nodiscard]] attribute_schema const& schema() const { return schema_; }

    /// Values by which objects are known.
    [[nodiscard]] unique_values& unique() { return unique_; }

    /// The server gave a range of the attribute's values only, so that a value that is not there may be.
    [[nodiscard]] bool is_open(object_id holder, std::string_view description);
    void set_open(object_id holder, std::string_view description, bool is_open);

    /// Notes that a value of an open attribute, which was not exported, is gone or is there again. False
    /// where that is so already.
    bool set_unseen(object_id holder, std::string_view description, std::string_view value, bool is_gone);

    /// Says, and asks, whether the export holds something directly in that container.
    void note_contents(std::string_view container_key) { containers_.put(container_key, {}); }
    [[nodiscard]] bool has_contents(std::string_view container_key) {
        return containers_.contains(container_key);
    }

    /// True for an attribute or a class of the schema among the objects, by name or identifier.
    [[nodiscard]] bool is_attribute_added(std::string_view name);

private:
    object_store(attribute_schema const& schema, std::shared_ptr<ordered_store::cache> const& cache);
    [[nodiscard]] std::uint32_t number_of(std::string_view description);
    void put_link(link const& put);
    struct contents_in_hand {
        object_id id = 0;
        indexed_entry parts;
        bool is_changed = false; ///< since it was read
    };
    [[nodiscard]] indexed_entry& take_in_hand(object_id id);
    void put_down();
    [[nodiscard]] entry read_contents(object_id id);
    void write_contents(object_id id, entry const& contents);
    void index_changes(object_id id, entry const& before, entry const& after);
    void announce(object_id holder, std::string_view description);
    [[nodiscard]] std::string reference_key(link const& of) const;

    attribute_schema const& schema_;
    ordered_store names_;      // tree key: id
    ordered_store heads_;      // id: head
    ordered_store contents_;   // id: attributes
    ordered_store links_;      // id, attribute, place: value
    ordered_store open_;       // id, attribute: of which a range is known
    ordered_store containers_; // tree key: of which the export holds something
    unique_values unique_;
    ordered_store references_; // key of the named object, id, attribute, data: place, size of that key
    std::map<std::string, std::uint32_t, std::less<>> numbers_; // of descriptions in lower case
    std::vector<std::string> descriptions_;
    std::optional<contents_in_hand> in_hand_; // of the object that was changed last, not yet written
    object_id next_id_ = 1;
    std::uint64_t next_place_ = 1;
};

} // namespace dsplan::ldif
