#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage_failure.hpp>
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Gives one record after the other, each valid until the next call; null after the last one.
using record_source = std::function<result<record const*>()>;

/// Begins a change file from its first record, each time it is called.
using change_file = std::function<result<record_source>()>;

/// Changes that lie in memory, which must outlive the result.
[[nodiscard]] change_file changes_in_memory(std::span<record const> changes);

/// True for both change types that delete an object.
[[nodiscard]] bool is_deletion(record const& change);

/// Which entries of an export changes concern: those they name (under the names they have before the first
/// change), their containers, whatever lies below a renamed or deleted one, whatever links there, and
/// whatever back links may change. With them alone the changes can be applied and undone. add() and
/// concerns() throw storage_failure.
class change_reach {
public:
    explicit change_reach(attribute_schema const& schema = attribute_schema::built_in());
    explicit change_reach(std::span<record const> changes,
                          attribute_schema const& schema = attribute_schema::built_in());
    change_reach(change_reach&&) noexcept;
    change_reach& operator=(change_reach&&) noexcept;
    ~change_reach();

    /// From now on the entries that a rollback needs, too: all groups where an account may be deleted. Before
    /// the first change.
    void reach_for_rollback();

    /// The next change, in their order.
    void add(record const& change);

    /// `key` is `tree_key(record.dn)`.
    [[nodiscard]] bool concerns(record_view const& record, std::string_view key) const;

    /// True where it matters that the export holds something directly in the container of that key.
    [[nodiscard]] bool asks_for_contents(std::string_view container_key) const;

private:
    void add_rename(record const& change, std::string const& key, std::string const& before);
    void add_links(record const& change, std::string const& before);
    void add_targets(std::string_view domain, std::string_view description, std::string_view value);
    void add_alternative(std::string_view domain, std::string_view value);
    void add_siblings(std::string_view dn);
    [[nodiscard]] bool is_known_by_value(record_view const& record) const;
    void insert(std::string_view key);
    [[nodiscard]] std::string original(std::string_view key) const;
    [[nodiscard]] bool is_in_subtree(std::string_view key) const;
    [[nodiscard]] bool links_there(record_view const& record) const;

    struct tables;
    attribute_schema const* schema_;
    std::unique_ptr<tables> tables_;
};

/// Gives each change to `use`, which returns what is wrong with it or nothing; the first failure, of the
/// reader or of `use`, ends all.
template <class Failure, class Function>
[[nodiscard]] tl::expected<void, Failure> for_each_change(change_file const& changes, Function use) {
    auto const source = changes();
    if (!source)
        return tl::unexpected(Failure(source.error()));
    for (;;) {
        auto const next = (*source)();
        if (!next)
            return tl::unexpected(Failure(next.error()));
        if (*next == nullptr)
            return {};
        if (tl::expected<void, Failure> done = use(**next); !done)
            return done;
    }
}

/// Reads all changes into a reach.
[[nodiscard]] result<void> add_all(change_reach& reach, change_file const& changes);

/// Reads an export and puts what `reach` concerns into `tree`. Adds the attributes that occur in the export,
/// in lower case, to `seen` unless it is null; tells `progress`, if there is one, how far the export is read.
[[nodiscard]] result<void> load_reach(reader& base, change_reach const& reach, directory_tree& tree,
                                      std::set<std::string, std::less<>>* seen = nullptr,
                                      std::function<void(std::uint64_t)> const& progress = {});

/// All records of a change file, or its first error.
[[nodiscard]] result<std::vector<record>> read_changes(reader& source);

} // namespace dsplan::ldif
