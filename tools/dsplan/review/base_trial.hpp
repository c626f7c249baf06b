#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/effect/change_application.hpp>
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/review/base_coverage.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/review_state.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace dsplan::review {

/// Does the changes that were kept to the directory of the base, one after the other, and judges what each of
/// them and all of them together do there.
class base_trial {
public:
    explicit base_trial(review_state& state) : state_(state) {}

    /// Errors: a base that cannot be read.
    [[nodiscard]] result<void> run();

private:
    void try_record(effect::change_application& applied, std::size_t index);
    static void tell_failure(effect::change_application& applied, ldif::record const& change,
                             record_reading& reading, finding_list const& findings);
    [[nodiscard]] bool is_not_known(ldif::record const& change, bool is_there);
    [[nodiscard]] static std::optional<ldif::entry> find_before(ldif::directory_tree const& objects,
                                                                ldif::record const& change);
    [[nodiscard]] result<void> predict(effect::change_application const& applied);
    void judge_all();
    void tell_ways(paths::path_report& ways);

    review_state& state_;
    std::vector<ldif::record> taken_;       // those that the base takes
    std::optional<base_coverage> coverage_; // made when a record fails
    std::size_t not_in_base_ = 0;           // records about what the base does not hold
};

} // namespace dsplan::review
