#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/entry.hpp>
#include <ldif/changes/partial_values.hpp>
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::ldif {

struct compare_options {
    /// Attributes that are left out beside those that no change file can set (is_outside_change_files). With
    /// objectGUID among them objects are told by their names alone.
    std::vector<std::string> ignored = {};
    std::size_t memory = std::size_t{32}
                         << 20; ///< octets for each of the sorts; more goes to temporary files

    attribute_schema const* schema = &attribute_schema::built_in();

    /// Called now and then with the octets read so far of an export, and then, twice, of both in the order of
    /// their names.
    std::function<void(std::uint64_t)> progress = {};

    /// Called for each attribute whose values were not compared to the last one.
    std::function<void(partial_values const&)> tell_partial = {};
};

struct compare_summary {
    std::size_t added = 0;
    std::size_t deleted = 0;
    std::size_t renamed = 0;
    std::size_t modified = 0;
    std::size_t unchanged = 0;
    std::size_t unmarked = 0; ///< deleted or added ones that have neither objectGUID nor objectSid
    std::size_t remade = 0;   ///< names whose object is deleted and made again, with another objectGUID
    std::size_t partial = 0;  ///< attributes whose values were not compared to the last one
    std::vector<std::string> left_out; ///< attributes that occur and were left out, sorted

    friend bool operator==(compare_summary const&, compare_summary const&) = default;
};

/// The changes that turn one export into another, given to `emit` in an order in which they can be applied:
/// new containers and renames, deletions with children first, additions with parents first, modifications.
///
/// Renames and moves are recognised by objectGUID, or by objectSid where the exports lack it. Values that
/// name objects are compared as names, all others by their octets. A forward link of a new object to an
/// object that comes after it is set by a modification at the end. Memory is bounded by
/// `options.memory` and the largest object.
///
/// Errors: what the readers say; a record that is no entry; a name that is none; temporary files that fail.
[[nodiscard]] result<compare_summary> compare(reader& before, reader& after,
                                              std::function<void(record const&)> const& emit,
                                              compare_options const& options = {});

/// The modifications that turn one entry into another of the same name; attributes of the RDN and those of
/// `is_outside_change_files` are left out.
[[nodiscard]] std::vector<modification>
compare(entry const& before, entry const& after,
        attribute_schema const& schema = attribute_schema::built_in());

} // namespace dsplan::ldif
