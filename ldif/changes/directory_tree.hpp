#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/entry.hpp>
#include <ldif/record.hpp>

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Why Active Directory would refuse a change. RFC 4511 appendix A names the result codes.
enum class apply_fault : std::uint8_t {
    invalid_name,       ///< a dn, newrdn or newsuperior that is no distinguished name (invalidDNSyntax)
    no_such_entry,      ///< (noSuchObject)
    no_parent,          ///< the container of a new or moved object is missing (noSuchObject)
    entry_exists,       ///< (entryAlreadyExists)
    has_children,       ///< a deletion of a container that is not empty (notAllowedOnNonLeaf)
    moved_below_itself, ///< (unwillingToPerform)
    value_exists,       ///< (attributeOrValueExists)
    no_such_attribute,  ///< a deletion of an attribute or a value that is not there (noSuchAttribute)
    single_valued,      ///< a second value (constraintViolation)
    names_the_entry,    ///< a modification of the attribute that the RDN is made of (notAllowedOnRDN)
    system_owned,       ///< an attribute that only Active Directory itself writes (unwillingToPerform)
    no_number,          ///< an increment of something else (constraintViolation)
    lacks_class,        ///< an addition without objectClass (objectClassViolation)
    keeps_old_name,     ///< deleteoldrdn: 0 (unwillingToPerform)
    naming_attribute,   ///< a name of another attribute than the class has, or beside it (namingViolation)
    increments,         ///< (protocolError)
    protected_by_flags, ///< systemFlags forbid it (unwillingToPerform)
    value_syntax,       ///< a value that the attribute does not take (invalidAttributeSyntax)
    unknown_attribute,  ///< no schema has it (noSuchAttribute)
    value_taken,        ///< another object has the value that may stand once (entryAlreadyExists)
    primary_group,      ///< the account is no member of it, or is new (unwillingToPerform)
    missing_target,     ///< a value that names no object (noSuchObject)
    unknown_name,       ///< <SID=…> and its kin of no object that the export holds: not certain
    undelete,           ///< only a doubt: it needs a control that ldifde sends with -x alone
    class_changed,      ///< another class of which the object is made (objectClassModsProhibited)
    illegal_superior,   ///< a container whose class cannot hold that of the object (namingViolation)
};

struct apply_error {
    apply_fault fault = apply_fault::no_such_entry;
    std::string dn;         ///< of the record
    std::uint64_t line = 0; ///< of the value that it is about, otherwise of the record
    std::string expected;   ///< "an object with this name"
    std::string found;      ///< "none"
    std::string hint;
    std::string attribute{}; ///< that it is about; empty where it is about the object or its name
    std::string value{};     ///< that it is about; empty where it is about the attribute

    friend bool operator==(apply_error const&, apply_error const&) = default;
};

/// True for what ldifde -k skips in silence: an object or a value that exists already, a constraint, a
/// missing object.
[[nodiscard]] bool is_ignored_by_ldifde_k(apply_fault fault);

/// Why Active Directory would refuse a value of an attribute.
struct value_fault {
    std::string expected; ///< "a security descriptor with a DACL"
    std::string found;    ///< "one without"
    std::string hint{};
};

/// What is wrong with a value that a change sets of an attribute whose syntax is a security descriptor,
/// beyond what this library knows.
using descriptor_test =
    std::function<std::optional<value_fault>(std::string_view description, std::string_view value)>;

struct apply_options {
    bool requires_parents = true;      ///< false for an export that was filtered or cut
    bool protects_system_owned = true; ///< false for a directory that is not Active Directory
    attribute_schema const* schema = &attribute_schema::built_in(); ///< outlives what it is given to
    std::size_t memory = std::size_t{32} << 20; ///< octets of objects; more lies in temporary files

    descriptor_test fault_of_descriptor = {};
};

class object_store;

/// Entries by name, and what LDAP operations make of them: the meaning of every changetype with Active
/// Directory's own rules. RFC 4511 section 4.6 to 4.9, MS-ADTS 3.1.1.5
///
///     directory_tree tree;
///     tree.put(to_entry(record));                 // for each record of an export
///     auto done = tree.apply(change);             // for each record of a change file
///
/// A rename or a move takes the subtree along and changes the values everywhere that name objects in it; a
/// deletion removes the links to the object. Back links (memberOf) that the export carries follow the forward
/// links of the objects in the tree. A modify record does all it says or nothing. Memory is bounded by
/// `apply_options::memory` and the largest object; all functions throw storage_failure.
class directory_tree {
public:
    explicit directory_tree(apply_options options = {});
    directory_tree(directory_tree&&) noexcept;
    directory_tree& operator=(directory_tree&&) noexcept;
    ~directory_tree();

    /// Puts an entry as an export gives it; the values of a second record for the same object are added to
    /// the first. An error where its name is none.
    tl::expected<void, apply_error> put(entry const& loaded);

    /// Says that the export carries the back link of this name, so that it is kept. put() says it of those of
    /// its entries.
    void carry(std::string_view back_link);

    /// Does what a change record says; an entry record counts as an addition. Operations of the rootDSE (an
    /// empty name) change nothing.
    tl::expected<void, apply_error> apply(record const& change);

    /// The entry of that name.
    [[nodiscard]] std::optional<entry> find(std::string_view dn) const;
    [[nodiscard]] bool contains(std::string_view dn) const;

    /// The entry with its name and these attributes alone.
    [[nodiscard]] std::optional<entry> find(std::string_view dn,
                                            std::set<std::string, std::less<>> const& descriptions) const;

    /// The entry with those attributes alone whose description `wants` takes.
    [[nodiscard]] std::optional<entry>
    find_with(std::string_view dn, std::function<bool(std::string_view description)> const& wants) const;

    /// The export holds a range of the attribute's values, without the last ones.
    [[nodiscard]] bool is_open(std::string_view dn, std::string_view description) const;

    /// `entry::origin` of the object of that name; nothing without one.
    [[nodiscard]] std::optional<std::uint64_t> origin_of(std::string_view dn) const;

    /// Goes over all entries in tree order: a container directly before its contents, with the key of each,
    /// `tree_order(normalize(dn))`. Those that `wants`, which is given them without their attributes, does
    /// not want are left out.
    void for_each(std::function<void(std::string_view key, entry const&)> const& use,
                  std::function<bool(entry const& head)> const& wants = {}) const;

    /// The object of that name and all below it, a container directly before its contents.
    void for_each_below(std::string_view dn, std::function<void(entry const&)> const& use) const;

    /// What sets the forward links to the object of that name again, one modify record for each object that
    /// holds some.
    [[nodiscard]] std::vector<record> links_to(std::string_view dn) const;

    /// Forward links set or removed whose object is not in the tree (of another domain, say), so that its
    /// back link is not known.
    [[nodiscard]] std::size_t unknown_back_links() const { return unknown_; }

    /// The change with distinguished names in the place of <GUID=…>, <SID=…> and <WKGUID=…,…>, and with the
    /// names of attributes in that of their numbers; what names nothing known stays.
    [[nodiscard]] record meant(record const& change) const;

    /// The objects that the last apply() made for accounts of other domains, beside what its change says.
    [[nodiscard]] std::vector<std::string> const& made_principals() const { return made_principals_; }

    /// The group of the account's domain that has that RID.
    [[nodiscard]] std::optional<std::string> primary_group(entry const& account, std::string_view rid) const;

    /// What the last apply() could not know, or is not certain of; its change may be refused all the same.
    [[nodiscard]] std::vector<apply_error> const& doubts() const { return doubts_; }

    /// All that is wrong with the change that the last apply() refused, in the order of the rules; its own
    /// error first.
    [[nodiscard]] std::vector<apply_error> const& refusals() const { return refusals_; }

    /// Says that the export holds something in the container of that key, though the tree does not.
    void note_contents(std::string_view container_key);

    /// Says that values to come name objects of the export, whether the tree holds them or not: a rollback
    /// sets what was there.
    void trust_names() { trusts_names_ = true; }

    [[nodiscard]] apply_options const& options() const { return options_; }

private:
    using status = tl::expected<void, apply_error>;
    [[nodiscard]] status apply_resolved(record const& change);
    [[nodiscard]] status check_rules(record const& change, std::uint64_t id);
    [[nodiscard]] status modify_values(record const& change, std::uint64_t id);
    [[nodiscard]] status undelete(record const& change, std::string const& key);
    [[nodiscard]] status check_new_place(record const& change, std::string const& key,
                                         std::string const& new_dn) const;
    [[nodiscard]] status add(record const& change, std::string const& key);
    [[nodiscard]] status remove(record const& change, std::string const& key);
    void remove_object(std::string const& key, std::uint64_t id);
    [[nodiscard]] std::string last_below(std::string const& key) const;
    [[nodiscard]] status modify(record const& change, std::string const& key);
    [[nodiscard]] status rename(record const& change, std::string const& key);
    void move(std::string const& key, std::string const& old_dn, std::string const& new_dn, bool delete_old);
    void move_objects(std::string const& key, std::string const& new_key, std::string const& new_dn);
    void rename_links(std::string const& key, std::string const& new_dn);
    [[nodiscard]] bool contains_key(std::string_view key) const;
    void complete(std::uint64_t id, attribute& loaded) const;

    apply_options options_;
    std::unique_ptr<object_store> store_;
    std::set<std::string, std::less<>> carried_; // names of back links in lower case
    std::size_t unknown_ = 0;
    bool trusts_names_ = false;
    std::vector<apply_error> doubts_;
    std::vector<apply_error> refusals_;
    std::vector<std::string> made_principals_;
};

/// Applies one modification to an entry that is no rootDSE.
[[nodiscard]] tl::expected<void, apply_error> apply(entry& target, modification const& change,
                                                    apply_options const& options = {});

/// "expected an object with this name, found none"
[[nodiscard]] std::string message(apply_error const& error);

} // namespace dsplan::ldif
