#include <tools/dsplan/commands/ldif_findings.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/ldif_check_page.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <ostream>

namespace dsplan::commands {
namespace {

// In the order of apply_fault.
constexpr std::array<std::string_view, 26> rules_of_faults{
    "invalid-name",       "no-such-entry",      "no-parent",         "entry-exists",      "has-children",
    "moved-below-itself", "value-exists",       "no-such-attribute", "single-valued",     "names-the-entry",
    "system-owned",       "no-number",          "lacks-class",       "keeps-old-name",    "naming-attribute",
    "increment",          "protected-by-flags", "value-syntax",      "unknown-attribute", "value-taken",
    "primary-group",      "missing-target",     "unknown-name",      "undelete",          "class-changed",
    "illegal-superior"};
static_assert(static_cast<std::size_t>(ldif::apply_fault::illegal_superior) + 1 == rules_of_faults.size());

// Errors come before warnings.
constexpr char error_key = '0';
constexpr char warning_key = '1';

std::string text_of(ldif_finding const& told) {
    auto text = fmt::format("{}: {} [{}]\n{}", told.is_error ? "error" : "warning",
                            printable(ldif::message(told.what)), told.rule, ldif::render_caret(told.what));
    if (!told.dn.empty())
        text += fmt::format("    {}\n", printable(told.dn));
    return text;
}

// As it stands in the array of a document that is indented by two blanks.
std::string json_of(ldif_finding const& told) {
    nlohmann::json const object{{"file", told.what.file},
                                {"line", told.what.line},
                                {"column", told.what.column},
                                {"level", told.is_error ? "error" : "warning"},
                                {"rule", told.rule},
                                {"expected", told.what.expected},
                                {"found", told.what.found},
                                {"hint", told.what.hint},
                                {"dn", told.dn}};
    std::string text = "    ";
    for (char const c : object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)) {
        text += c;
        if (c == '\n')
            text += "    ";
    }
    return text;
}

} // namespace

std::string_view rule_of(ldif::apply_fault fault) {
    return rules_of_faults[static_cast<std::size_t>(fault)];
}

void ldif_findings::add(ldif_finding const& told) {
    errors_ += told.is_error ? 1 : 0;
    if (form_ != finding_form::page)
        return printed_.add({}, form_ == finding_form::json ? json_of(told) : text_of(told));
    auto const key = (told.is_error ? error_key : warning_key) + told.rule;
    ++findings_of_rules_[key];
    printed_.add(key, render::ldif_finding_html(told.what, told.dn));
}

void change_findings::tell(ldif::apply_error const& error, std::string const& file, bool is_error) {
    if (error.fault == ldif::apply_fault::unknown_attribute && !is_error && !told_.insert(error.found).second)
        return;
    ldif::parse_error what;
    what.file = file;
    what.line = error.line;
    what.expected = error.expected;
    what.found = error.found;
    what.hint = error.hint;
    findings_.add({std::string(rule_of(error.fault)), is_error, std::move(what), error.dn});
}

void change_findings::tell(std::vector<ldif::apply_error> const& errors, std::string const& file,
                           bool are_errors) {
    for (auto const& it : errors)
        tell(it, file, are_errors);
}

void ldif_findings::print(std::size_t records, console& console) {
    auto const all = printed_.size();
    std::string_view key;
    std::string_view text;
    printed_.rewind();
    if (form_ == finding_form::json) {
        console.out << "{\n  \"format\": \"dsplan.ldif-check\",\n  \"version\": 1,\n  \"findings\": [";
        for (char const* separator = "\n"; printed_.next(key, text); separator = ",\n")
            console.out << separator << text;
        console.out << (all == 0 ? "" : "\n  ") << fmt::format("],\n  \"records\": {}\n}}\n", records);
        return;
    }
    while (printed_.next(key, text))
        console.out << text;
    console.out << counted(records, "record, ", "records, ");
    if (all == 0)
        console.out << "no findings.\n";
    else
        console.out << counted(errors_, "error, ", "errors, ")
                    << counted(all - errors_, "warning.\n", "warnings.\n");
}

void ldif_findings::print_page(std::size_t records, render::page_provenance const& from, console& console) {
    render::checked_ldif checked{.records = records, .rules = {}};
    for (auto const& [key, findings] : findings_of_rules_)
        checked.rules.push_back({key.substr(1), key.front() == error_key, findings});
    std::string_view key;
    std::string_view item;
    printed_.rewind();
    auto const next_item = [&] {
        return printed_.next(key, item) ? item : std::string_view();
    };
    render::write_ldif_check_page(
        checked, next_item, [&console](std::string_view part) { console.out << part; }, from);
}

} // namespace dsplan::commands
