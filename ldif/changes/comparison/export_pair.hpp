#pragma once
#include <ldif/changes/compare.hpp>
#include <ldif/changes/storage/attribute_choice.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/reader.hpp>
#include <ldif/record_view.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Two exports side by side, each sorted by the tree keys of its entries (stored_entry.hpp says how they are
/// stored).
class export_pair {
public:
    /// An entry that one of the exports lacks is empty.
    using visitor =
        std::function<void(std::string_view key, std::string_view before, std::string_view after)>;
    using record_visitor = std::function<void(std::string_view key, record_view const& record)>;

    /// `options` must outlive it.
    explicit export_pair(compare_options const& options);

    /// Reads both to their ends; `see_after` is given each entry of the second.
    [[nodiscard]] result<void> load(reader& before, reader& after, record_visitor const& see_after);

    /// Goes over both in tree order.
    void for_each(visitor const& visit);

    /// The same for entries that are one object under one name.
    void for_each_kept(visitor const& visit);

    /// "member;range=0-1499" occurs in one of them.
    [[nodiscard]] bool has_ranges() const { return has_ranges_; }

    /// Attributes of which a value takes no part, sorted; one more of them.
    [[nodiscard]] std::vector<std::string> left_out() const { return choice_.left_out(); }
    void leave_out(std::string_view description) { choice_.leave_out(description); }

private:
    [[nodiscard]] result<void> load_one(reader& source, external_sorter& target, record_visitor const& see);
    [[nodiscard]] result<void> store(record_view const& record, std::string& octets, external_sorter& target,
                                     record_visitor const& see);
    [[nodiscard]] bool is_left_out(attribute_value_view const& it);

    compare_options const& options_;
    attribute_choice choice_;
    external_sorter before_;
    external_sorter after_;
    std::uint64_t size_ = 0; // of both
    bool goes_by_name_;      // without objectGUID objects are told by their names alone
    bool has_ranges_ = false;
};

} // namespace dsplan::ldif
