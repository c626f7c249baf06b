#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace dsplan::effect {

/// A record that the directory would refuse.
struct refused_record {
    std::size_t number = 0; ///< from 1, over all files
    std::uint64_t line = 0;
    std::string dn;
    std::string reason; ///< "expected an object with this name, found none"
    std::string hint;   ///< may be empty

    friend bool operator==(refused_record const&, refused_record const&) = default;
};

/// What records do, counted.
struct change_counts {
    std::size_t records = 0;
    std::size_t descriptors = 0; ///< that are written
    std::size_t members_added = 0;
    std::size_t members_removed = 0;
    std::size_t added = 0;
    std::size_t deleted = 0;
    std::size_t moved = 0;
};

/// What a change file does.
struct change_summary : change_counts {
    std::vector<refused_record> refused; ///< they changed nothing
    std::vector<std::string>
        not_followed; ///< what of the change has an effect that is not computed; sentences
};

/// Where the names of a change lead.
struct change_context {
    directory::snapshot const& exported;
    directory::schema const& known;
    std::function<sddl::domain_sids(directory::entry const*)>
        sids_near; ///< of the domain of an object; may be null
};

/// Changes applied one after the other to the objects of a snapshot that they concern, and counted.
/// Functions throw ldif::storage_failure.
class change_application {
public:
    /// `objects` are of `exported`, which must outlive this, as they are before the first change; each with
    /// an `origin` of its own.
    change_application(directory::snapshot const& exported, ldif::directory_tree objects);

    /// Does what the record says. A record that is refused changes nothing, and is kept in the summary.
    tl::expected<void, ldif::apply_error> apply(ldif::record const& change);

    /// Does what is left of a record that was just refused without the values that the directory would refuse
    /// one by one; their errors, see ldif::apply_rest.
    std::vector<ldif::apply_error> apply_rest(ldif::record const& change);

    [[nodiscard]] ldif::directory_tree const& objects() const { return objects_; }
    [[nodiscard]] change_summary const& summary() const { return summary_; }

    /// The entry of the snapshot that an object comes from; null for one that the changes add.
    [[nodiscard]] directory::entry const* exported_as(std::uint64_t origin) const;
    [[nodiscard]] std::unordered_map<std::uint64_t, directory::entry const*> const& origins() const {
        return origins_;
    }

    /// True if a record wrote the descriptor of the object, even if it is equal to that before.
    [[nodiscard]] bool has_written_descriptor(std::uint64_t origin) const {
        return described_.contains(origin);
    }

private:
    tl::expected<void, ldif::apply_error> apply_part(ldif::record const& change, std::size_t records);
    [[nodiscard]] change_counts count(ldif::record const& change) const;
    void count_modification(change_counts& counts, ldif::modification const& change,
                            std::string_view dn) const;
    void tell_cut_off(ldif::record const& change, std::uint64_t origin);
    void note_written(ldif::record const& change, std::uint64_t origin);

    ldif::directory_tree objects_;
    std::unordered_map<std::uint64_t, directory::entry const*> origins_;
    std::set<std::uint64_t> described_; // origins
    std::set<std::uint64_t> cut_off_;   // origins of groups of which that was told
    std::size_t number_ = 0;            // of the last record
    change_summary summary_;
};

} // namespace dsplan::effect
