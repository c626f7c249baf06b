#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/reader.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_places.hpp>
#include <tools/dsplan/plan/verify.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/base_coverage.hpp>
#include <tools/dsplan/review/effect_findings.hpp>
#include <tools/dsplan/review/path_findings.hpp>
#include <tools/dsplan/review/reach_picture.hpp>
#include <tools/dsplan/review/record_reader.hpp>
#include <tools/dsplan/review/review_changes.hpp>
#include <tools/dsplan/review/source_records.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace dsplan::review {
namespace {

// What of the objects of a plan is no longer as the plan was made from.
void find_outdated(plan::plan const& drawn, directory::snapshot const& exported,
                   finding_list const& findings) {
    constexpr std::size_t at_most = 8;
    std::vector<evidence> seen;
    std::size_t changed = 0;
    for (auto const& object : plan::compare_with_base(drawn.domains, exported)) {
        changed += object.differences.empty() ? 0U : 1U;
        for (auto const& each : object.differences)
            if (seen.size() < at_most)
                seen.push_back({object.dn, {}, each});
    }
    if (changed > 0)
        findings.add(
            "plan-outdated",
            fmt::format("{} as the plan was made from",
                        changed == 1 ? "1 object is not" : fmt::format("{} objects are not", changed)),
            std::move(seen));
}

class reviewer {
public:
    explicit reviewer(review_request const& request)
        : request_(request)
        , cache_(request.names.known)
        , names_(with_cache(request, cache_))
        , records_(names_) {}

    result<review> run() {
        if (request_.drawn != nullptr)
            planned_.emplace(*request_.drawn);
        made_.has_base = request_.base != nullptr;
        made_.sids = names_.sids;
        for (auto const& source : request_.changes)
            if (auto done = read(source); !done)
                return tl::unexpected(std::move(done).error());
        if (request_.base != nullptr)
            if (auto tried = try_on_base(); !tried)
                return tl::unexpected(std::move(tried).error());
        std::stable_sort(made_.findings.begin(), made_.findings.end(),
                         [](finding const& a, finding const& b) { return a.record < b.record; });
        return std::move(made_);
    }

private:
    static words::name_context with_cache(review_request const& request, words::name_cache& cache) {
        auto names = request.names;
        names.cache = &cache;
        if (request.base != nullptr)
            names.members = &request.base->members;
        return names;
    }

    // ---- reading

    result<void> read(change_source const& source) {
        if (made_.files.empty() || made_.files.back() != source.name) // a command file is many sources
            made_.files.push_back(source.name);
        if (auto const* const commanded = std::get_if<commanded_permissions>(&source.content)) {
            take(*commanded);
            return {};
        }
        if (auto const* const command = std::get_if<unknown_command>(&source.content)) {
            tell_unknown(*command);
            return {};
        }
        auto input = open_changes(source, request_.input);
        if (!input)
            return tl::unexpected(to_failure(input.error()));
        auto const records_before = made_.records.size();
        read_records(*input);
        tell_export(records_before);
        return {};
    }

    void read_records(ldif::reader& input) {
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

    [[nodiscard]] finding_list list_for(std::size_t record, std::uint64_t line) {
        return {made_.findings, request_.is_wanted, record,   made_.files.back(),
                line,           &made_.unjudged,    planned()};
    }

    [[nodiscard]] planned_removals const* planned() const { return planned_ ? &*planned_ : nullptr; }

    // Findings about everything that is imported.
    [[nodiscard]] finding_list whole_change() {
        if (made_.files.size() != 1)
            all_files_ = "all files";
        return {made_.findings,
                request_.is_wanted,
                0,
                made_.files.size() == 1 ? made_.files.front() : all_files_,
                0,
                &made_.unjudged};
    }

    void tell_syntax(ldif::reader const& input) {
        for (auto const& it : input.findings()) {
            if (it.rule == ldif::policy::missing_changetype) {
                ++without_changetype_;
                continue;
            }
            list_for(made_.records.size() + unread_ + 1, it.what.line)
                .add("ldifde-syntax",
                     fmt::format("{}: {}{}{}", ldif::to_string(it.rule), ldif::message(it.what),
                                 it.what.hint.empty() ? "" : "; ", it.what.hint),
                     {{{}, {}, it.what.source}});
        }
    }

    // Once for the file: an export has as many such records as objects.
    void tell_export(std::size_t records_before) {
        if (without_changetype_ == 0)
            return;
        list_for(0, 1).add("export-file",
                           fmt::format("{} of {} without changetype", without_changetype_,
                                       counted(made_.records.size() - records_before, "record", "records")),
                           {});
        without_changetype_ = 0;
    }

    void tell_unreadable(ldif::parse_error const& error) {
        auto reason = ldif::message(error);
        if (!error.can_continue)
            reason += "; the rest of the file was not read";
        list_for(made_.records.size() + ++unread_, error.line)
            .add("record-unreadable", reason, {{{}, {}, error.source}});
        made_.unreadable.push_back({std::move(reason), ldif::render_caret(error)});
    }

    void tell_unknown(unknown_command const& command) {
        auto reason = fmt::format("{} is not dsacls: what it changes is not known", printable(command.name));
        list_for(made_.records.size() + ++unread_, command.line).add("record-unreadable", reason, {});
        made_.unreadable.push_back(
            {std::move(reason), fmt::format("  {}:{}\n", printable(made_.files.back()), command.line)});
    }

    record_reading& add_reading(std::uint64_t line) {
        auto& reading = made_.records.emplace_back();
        reading.number = made_.records.size() + unread_;
        reading.file = made_.files.size() - 1;
        reading.line = line;
        return reading;
    }

    // Without a base a record is read and forgotten; with one the records are tried in their order
    // afterwards.
    void take(ldif::record const& written) {
        auto const named = ldif::with_attribute_names(written, ldif::attribute_schema::built_in());
        auto const& change = named ? *named : written;
        auto& reading = add_reading(change.line);
        if (request_.base == nullptr) {
            auto const findings = list_for(reading.number, change.line);
            records_.read(reading, change, nullptr, findings);
            return tell_alone(change, reading, findings);
        }
        changes_.push_back(with_names_of(*names_.exported, change));
        readings_.push_back(made_.records.size() - 1);
    }

    // What the directory refuses whatever it holds. What records without changetype do, nobody says.
    void tell_alone(ldif::record const& change, record_reading& reading, finding_list const& findings) {
        if (!change.changetype)
            return;
        auto const report =
            ldif::check_alone(change, ldif::attribute_schema::built_in(), directory::fault_of_descriptor);
        made_.failing += report.refusals.empty() ? 0U : 1U;
        for (auto const& each : report.refusals)
            tell_failure(each, reading, findings);
    }

    void take(commanded_permissions const& commanded) {
        auto& reading = add_reading(commanded.line);
        read_command(reading, commanded.change, names_, list_for(reading.number, commanded.line));
        auto record = record_of(commanded);
        if (request_.base == nullptr || !record)
            return;
        commanded_.insert(changes_.size());
        changes_.push_back(*std::move(record));
        readings_.push_back(made_.records.size() - 1);
    }

    // ---- the base

    result<void> try_on_base() {
        auto const& base = *request_.base;
        effect::change_application applied(base.context.exported, base.objects(changes_));
        names_.find_changed = [&applied](std::string_view dn) {
            ldif::record named;
            named.dn = dn;
            auto const origin = applied.objects().origin_of(applied.objects().meant(named).dn);
            return origin ? applied.exported_as(*origin) : nullptr;
        };
        records_.follow(applied.objects());
        for (std::size_t index = 0; index < changes_.size(); ++index)
            try_record(applied, index);
        auto predicted = predict(applied);
        names_.find_changed = nullptr;
        return predicted;
    }

    // Reads the record against the object as it is then, and does what it says.
    void try_record(effect::change_application& applied, std::size_t index) {
        // <SID=…> and numbers of attributes by their names
        changes_[index] = applied.objects().meant(changes_[index]);
        auto const& change = changes_[index];
        auto& reading = made_.records[readings_[index]];
        finding_list const findings{
            made_.findings, request_.is_wanted, reading.number, made_.files[reading.file],
            change.line,    &made_.unjudged,    planned()};
        auto const before = find_before(applied.objects(), change);
        if (!commanded_.contains(index))
            records_.read(reading, change, before ? &*before : nullptr, findings);
        auto const done = applied.apply(change);
        if (done) {
            for (auto const& doubt : applied.objects().doubts())
                if (doubt.fault == ldif::apply_fault::no_such_attribute) // it may lie behind a range
                    findings.add("not-in-base", ldif::message(doubt), {{change.dn, {}, {}}});
            taken_.push_back(change);
            return;
        }
        auto const& error = done.error();
        if (error.fault == ldif::apply_fault::unknown_name || is_not_known(change, before.has_value())) {
            ++not_in_base_;
            findings.add("not-in-base", ldif::message(error), {{change.dn, {}, {}}});
            return;
        }
        ++made_.failing;
        tell_failure(applied, change, reading, findings);
    }

    // Every value that is refused, and the rest as if it were a record of its own.
    static void tell_failure(effect::change_application& applied, ldif::record const& change,
                             record_reading& reading, finding_list const& findings) {
        for (auto const& each : applied.apply_rest(change))
            tell_failure(each, reading, findings);
    }

    static void tell_failure(ldif::apply_error const& error, record_reading& reading,
                             finding_list const& findings) {
        auto const text = ldif::message(error) + (error.hint.empty() ? "" : "; " + error.hint);
        reading.failure += (reading.failure.empty() ? "" : "; ") + text;
        findings.at_line(error.line)
            .add("import-fails", text,
                 {{error.dn, error.attribute,
                   error.value.empty() ? "" : shown_value(error.attribute, error.value)}});
    }

    // Whether the base, rather than the directory, is why a record cannot be tried.
    [[nodiscard]] bool is_not_known(ldif::record const& change, bool is_there) {
        if (!coverage_)
            coverage_.emplace(*names_.exported);
        bool const is_new_place =
            change.renamed && change.renamed->superior && coverage_->is_outside(*change.renamed->superior);
        return coverage_->is_outside(change.dn) || is_new_place || (request_.is_partial && !is_there);
    }

    // What the record is judged by: the class, and what it changes. Without the members of a group that it
    // only adds to: they may be very many.
    static std::optional<ldif::entry> find_before(ldif::directory_tree const& objects,
                                                  ldif::record const& change) {
        if (change.dn.empty())
            return std::nullopt;
        std::set<std::string, std::less<>> wanted{"objectClass"};
        auto const& schema = *objects.options().schema;
        for (auto const& each : change.modifications)
            if (each.operation != ldif::modification_operation::add ||
                !schema.rules_of(each.description).is_name_valued) {
                wanted.emplace(ldif::attribute_name(each.description));
                wanted.insert(each.description);
            }
        return objects.find(change.dn, wanted);
    }

    result<void> predict(effect::change_application const& applied) {
        if (request_.predicted != nullptr) {
            made_.predicted = *request_.predicted;
            if (request_.ways != nullptr)
                made_.ways = *request_.ways;
        } else {
            auto const& base = *request_.base;
            auto const projected = effect::project(base.context, base.members, applied);
            if (!projected)
                return tl::unexpected(projected.error());
            made_.predicted = effect::compare(base.context, *projected);
            if (wants_paths(request_.is_wanted))
                made_.ways = paths::compare_paths(
                    {.exported = base.context.exported, .known = base.context.known, .sids = names_.sids},
                    *projected);
        }
        if (!made_.unreadable.empty())
            made_.predicted->unknown.push_back(
                fmt::format("what {}", counted(made_.unreadable.size(), "record that cannot be read does",
                                               "records that cannot be read do")));
        if (not_in_base_ > 0)
            made_.predicted->unknown.push_back(
                fmt::format("what {} to objects that the base does not hold",
                            counted(not_in_base_, "record does", "records do")));
        if (request_.drawn != nullptr)
            find_outdated(*request_.drawn, request_.base->context.exported, whole_change());
        find_in_effect(*made_.predicted, taken_, names_, whole_change());
        draw_reach(made_, *made_.predicted, names_);
        if (made_.ways)
            tell_ways(*made_.ways);
        return {};
    }

    // Each with the record that changes it.
    void tell_ways(paths::path_report& ways) {
        std::vector<paths::placed_record> placed;
        for (std::size_t index = 0; index < changes_.size(); ++index)
            placed.push_back({&changes_[index], made_.files[made_.records[readings_[index]].file]});
        paths::place_changes(ways, placed);
        find_in_paths(ways, [this](std::size_t record) {
            if (record == 0)
                return whole_change();
            auto const& reading = made_.records[readings_[record - 1]];
            return finding_list{made_.findings, request_.is_wanted, reading.number, made_.files[reading.file],
                                reading.line};
        });
        for (auto& each : ways.changes)
            if (each.record != 0)
                each.record = made_.records[readings_[each.record - 1]].number;
        if (not_in_base_ > 0)
            ways.unknown.push_back(made_.predicted->unknown.back());
    }

    review_request const& request_;
    words::name_cache cache_;
    words::name_context names_;
    record_reader records_;
    review made_;
    std::vector<ldif::record> changes_;     // with a base only
    std::vector<ldif::record> taken_;       // those that the base takes
    std::vector<std::size_t> readings_;     // their places in made_.records
    std::set<std::size_t> commanded_;       // those that commands make, which are read already
    std::optional<base_coverage> coverage_; // made when a record fails
    std::optional<planned_removals> planned_;
    std::string all_files_;
    std::size_t without_changetype_ = 0; // records of the file that is read
    std::size_t not_in_base_ = 0;        // records about what the base does not hold
    std::size_t unread_ = 0;             // records that have a number and no reading
};

} // namespace

ldif::policies rules_for_changes() {
    auto rules = ldif::policies::ldifde();
    rules[ldif::policy::missing_changetype] = ldif::policy_action::warn;
    rules[ldif::policy::empty_file] = ldif::policy_action::accept; // what diff writes without a difference
    return rules;
}

result<review> review_changes(review_request const& request) {
    return with_temporary_files([&request] { return reviewer(request).run(); });
}

std::string count_text(review const& shown) {
    std::array<std::size_t, 3> counts{};
    for (auto const& each : shown.findings)
        ++counts[static_cast<std::size_t>(each.broken->level)];
    std::string text;
    for (auto const level : {severity::danger, severity::warning, severity::note}) {
        auto const count = counts[static_cast<std::size_t>(level)];
        if (count == 0)
            continue;
        text +=
            fmt::format("{}{} {}{}", text.empty() ? "" : ", ", count, name_of(level), count == 1 ? "" : "s");
    }
    bool const knows_ways = !shown.ways || shown.ways->knows_tier_zero;
    if (text.empty() && shown.unjudged.empty())
        return knows_ways ? "no findings" : "no rule fired; the base does not show all ways to tier 0";
    if (shown.unjudged.empty())
        return text;
    return fmt::format("{}; {} here {} no rule: {}", text.empty() ? "no rule fired" : text,
                       counted(shown.unjudged.size(), "attribute", "attributes"),
                       shown.unjudged.size() == 1 ? "has" : "have", fmt::join(shown.unjudged, ", "));
}

} // namespace dsplan::review
