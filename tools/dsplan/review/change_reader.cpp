#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/base_coverage.hpp>
#include <tools/dsplan/review/change_reader.hpp>
#include <tools/dsplan/review/source_records.hpp>

#include <fmt/format.h>

#include <string>
#include <utility>
#include <variant>

namespace dsplan::review {

result<void> change_reader::read(change_source const& source) {
    if (state_.made.files.empty() ||
        state_.made.files.back() != source.name) // a command file is many sources
        state_.made.files.push_back(source.name);
    if (auto const* const commanded = std::get_if<commanded_permissions>(&source.content)) {
        take(*commanded);
        return {};
    }
    if (auto const* const command = std::get_if<unknown_command>(&source.content)) {
        tell_unknown(*command);
        return {};
    }
    auto input = open_changes(source, state_.request.input);
    if (!input)
        return tl::unexpected(to_failure(input.error()));
    auto const records_before = state_.made.records.size();
    read_records(*input);
    tell_export(records_before);
    return {};
}

void change_reader::read_records(ldif::reader& input) {
    for (;;) {
        auto const next = input.next();
        tell_syntax(input);
        if (!next) {
            tell_unreadable(next.error());
            if (!next.error().can_continue)
                return;
            continue;
        }
        if (*next == nullptr)
            return;
        take(**next);
    }
}

void change_reader::tell_syntax(ldif::reader const& input) {
    for (auto const& it : input.findings()) {
        if (it.rule == ldif::policy::missing_changetype) {
            ++without_changetype_;
            continue;
        }
        state_.findings_of(state_.made.records.size() + unread_ + 1, it.what.line)
            .add("ldifde-syntax",
                 fmt::format("{}: {}{}{}", ldif::to_string(it.rule), ldif::message(it.what),
                             it.what.hint.empty() ? "" : "; ", it.what.hint),
                 {{{}, {}, it.what.source}});
    }
}

// Once for the file: an export has as many such records as objects.
void change_reader::tell_export(std::size_t records_before) {
    if (without_changetype_ == 0)
        return;
    state_.findings_of(0, 1).add(
        "export-file",
        fmt::format("{} of {} without changetype", without_changetype_,
                    counted(state_.made.records.size() - records_before, "record", "records")),
        {});
    without_changetype_ = 0;
}

void change_reader::tell_unreadable(ldif::parse_error const& error) {
    auto reason = ldif::message(error);
    if (!error.can_continue)
        reason += "; the rest of the file was not read";
    state_.findings_of(state_.made.records.size() + ++unread_, error.line)
        .add("record-unreadable", reason, {{{}, {}, error.source}});
    state_.made.unreadable.push_back({std::move(reason), ldif::render_caret(error)});
}

void change_reader::tell_unknown(unknown_command const& command) {
    auto reason = fmt::format("{} is not dsacls: what it changes is not known", printable(command.name));
    state_.findings_of(state_.made.records.size() + ++unread_, command.line)
        .add("record-unreadable", reason, {});
    state_.made.unreadable.push_back(
        {std::move(reason), fmt::format("  {}:{}\n", printable(state_.made.files.back()), command.line)});
}

record_reading& change_reader::add_reading(std::uint64_t line) {
    auto& reading = state_.made.records.emplace_back();
    reading.number = state_.made.records.size() + unread_;
    reading.file = state_.made.files.size() - 1;
    reading.line = line;
    return reading;
}

// Without a base a record is read and forgotten; with one the records are tried in their order
// afterwards.
void change_reader::take(ldif::record const& written) {
    auto const named = ldif::with_attribute_names(written, ldif::attribute_schema::built_in());
    auto const& change = named ? *named : written;
    auto& reading = add_reading(change.line);
    if (state_.request.base == nullptr) {
        auto const findings = state_.findings_of(reading.number, change.line);
        state_.records.read(reading, change, nullptr, findings);
        return tell_alone(change, reading, findings);
    }
    state_.kept.records.push_back(with_names_of(*state_.names.exported, change));
    state_.kept.readings.push_back(state_.made.records.size() - 1);
}

// What the directory refuses whatever it holds. What records without changetype do, nobody says.
void change_reader::tell_alone(ldif::record const& change, record_reading& reading,
                               finding_list const& findings) {
    if (!change.changetype)
        return;
    auto const report =
        ldif::check_alone(change, ldif::attribute_schema::built_in(), directory::fault_of_descriptor);
    state_.made.failing += report.refusals.empty() ? 0U : 1U;
    for (auto const& each : report.refusals)
        review_state::tell_failure(each, reading, findings);
}

void change_reader::take(commanded_permissions const& commanded) {
    auto& reading = add_reading(commanded.line);
    read_command(reading, commanded.change, state_.names, state_.findings_of(reading.number, commanded.line));
    auto record = record_of(commanded);
    if (state_.request.base == nullptr || !record)
        return;
    state_.kept.commanded.insert(state_.kept.records.size());
    state_.kept.records.push_back(*std::move(record));
    state_.kept.readings.push_back(state_.made.records.size() - 1);
}

} // namespace dsplan::review
