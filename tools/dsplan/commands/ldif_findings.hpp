#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/parse_error.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/render/page_foot.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
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

/// What findings are printed as.
enum class finding_form : std::uint8_t { text, json, page };

/// Findings in one form, printed when all is known; as many as there are, since they lie on disk:
/// add() and print() throw ldif::storage_failure.
class ldif_findings {
public:
    explicit ldif_findings(finding_form form) : form_(form) {}

    void add(ldif_finding const& told);

    [[nodiscard]] bool is_empty() const { return printed_.size() == 0; }

    /// All of them in the order in which they came, and how many of how many records.
    void print(std::size_t records, console& console);

    /// The same as a page, sorted by rule, the errors first.
    void print_page(std::size_t records, render::page_provenance const& from, console& console);

private:
    finding_form form_;
    std::size_t errors_ = 0;
    std::map<std::string, std::size_t> findings_of_rules_; // by their key, for a page
    ldif::external_sorter printed_{std::size_t{4} << 20};  // with equal keys, so that they keep their order
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
