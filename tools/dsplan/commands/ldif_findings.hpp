#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/parse_error.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::commands {

/// The name of a fault in findings: "no-parent".
[[nodiscard]] std::string_view rule_of(ldif::apply_fault fault);

/// One thing to tell of an LDIF file: an error, or a finding of a rule.
struct ldif_finding {
    std::string rule; ///< of a policy, or why a change is refused; "syntax" for errors
    bool is_error = false;
    ldif::parse_error what;
    std::string dn; ///< empty where it is of no record
};

/// Findings as text or JSON, printed when all is known; as many as there are, since they lie on disk:
/// add() and print() throw ldif::storage_failure.
class ldif_findings {
public:
    explicit ldif_findings(bool as_json) : as_json_(as_json) {}

    void add(ldif_finding const& told);

    [[nodiscard]] bool is_empty() const { return printed_.size() == 0; }

    /// All of them in the order in which they came, and how many of how many records.
    void print(std::size_t records, console& console);

private:
    bool as_json_;
    std::size_t errors_ = 0;
    ldif::external_sorter printed_{std::size_t{4} << 20}; // with equal keys, so that they keep their order
};

/// What the engine says of changes, as findings: an attribute that the schema does not have once only.
class change_findings {
public:
    explicit change_findings(ldif_findings& findings) : findings_(findings) {}

    void tell(ldif::apply_error const& error, std::string const& file, bool is_error);
    void tell(std::vector<ldif::apply_error> const& errors, std::string const& file, bool are_errors);

private:
    ldif_findings& findings_;
    std::set<std::string> told_; // attributes
};

} // namespace dsplan::commands
