#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/paths_text.hpp>
#include <tools/dsplan/render/review_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace dsplan::render {
namespace {

using words::mark;

class review_text_writer : text_lines {
public:
    review_text_writer(review::review const& shown, text_sink const& write, bool shows_all)
        : text_lines(&write)
        , shown_(shown)
        , shows_all_(shows_all) {}

    void write() {
        head();
        unreadable();
        findings();
        ways();
        records();
        effect();
        line("{}", review_head(shown_));
        flush();
    }

    void entry(review::record_reading const& record) {
        line("{}", record.dn.empty() ? std::string("(rootDSE)") : printable(record.dn));
        for (auto const& attribute : record.attributes)
            this->attribute(attribute);
        line("");
        flush();
    }

private:
    void head() {
        line("Review of {}", printable(fmt::format("{}", fmt::join(shown_.files, ", "))));
        line("{}", review_head(shown_));
        if (auto const worst = review_headline(shown_); !worst.empty())
            line("{}", printable(worst));
        if (!shown_.unreadable.empty())
            line("{} could not be read.", counted(shown_.unreadable.size(), "record", "records"));
        if (shown_.failing > 0)
            line("{} would fail on import.", counted(shown_.failing, "record", "records"));
        if (!shown_.has_base)
            line("Without --base: what is there before and what the change does is not known.");
    }

    void unreadable() {
        if (!shown_.unreadable.empty())
            line("\nNot read");
        for (auto const& each : shown_.unreadable) {
            line("  ✗ {}", printable(each.reason));
            text_ += each.place;
        }
    }

    void findings() {
        line("\nFindings");
        for (auto const& [broken, found] : by_rule(shown_)) {
            line("  {} {}  {}: {}", broken->level == review::severity::note ? "·" : "✗",
                 review::name_of(broken->level), broken->name, broken->what);
            std::size_t left_out = 0;
            for (auto const* const each : found)
                if (is_shown(*each))
                    finding(*each);
                else
                    ++left_out;
            if (left_out > 0)
                line("      {}; --all shows them", counted(left_out, "more way", "more ways"));
            line("      why: {}", broken->why);
            line("      to do: {}", broken->advice);
        }
        if (shown_.findings.empty())
            line("  none");
    }

    // Of ways the worst of the whole change: they are sorted.
    [[nodiscard]] bool is_shown(review::finding const& each) const {
        constexpr std::size_t ways_at_most = 5;
        return shows_all_ || !each.way || *each.way < ways_at_most;
    }

    void ways() {
        if (!shown_.ways)
            return;
        auto const summary = paths_summary(*shown_.ways);
        if (!summary.empty())
            line("\nControl paths");
        for (auto const& each : summary)
            line("  {}", printable(each));
    }

    void finding(review::finding const& each) {
        auto const where = each.record == 0 ? std::string() : fmt::format("record {}, ", each.record);
        line("      {}{}{}: {}", where, printable(each.file),
             each.line == 0 ? "" : fmt::format(":{}", each.line), printable(each.text));
        if (each.way) {
            auto const& way = shown_.ways->changes[*each.way];
            text_ += steps_text(way.path, "          ", way.what == paths::path_change::closes);
            if (!each.advice.empty())
                line("          to do: {}", printable(each.advice));
            return;
        }
        for (auto const& seen : each.seen)
            if (auto const text = evidence_text(seen); !text.empty())
                line("          {}", printable(text));
    }

    // "DN  attribute: value", as much of it as there is.
    static std::string evidence_text(evidence const& seen) {
        auto text = seen.dn + (seen.attribute.empty() ? "" : "  " + seen.attribute);
        if (!seen.value.empty())
            text += (text.empty() ? "" : ": ") + seen.value;
        return text;
    }

    void records() {
        line("\nRecords");
        for (auto const& record : shown_.records) {
            line("  {}  {}:{}  {}", record.number, printable(shown_.files[record.file]), record.line,
                 printable(record.summary));
            if (!record.failure.empty())
                line("     ✗ would fail: {}", printable(record.failure));
            for (auto const& attribute : record.attributes)
                this->attribute(attribute);
        }
        if (shown_.records.empty())
            line("  none");
        line("");
    }

    void attribute(review::attribute_reading const& attribute) {
        line("     {}{}{}", printable(attribute.name), attribute.what.empty() ? "" : ": ", attribute.what);
        for (auto const& value : attribute.values)
            this->value(value);
        for (auto const& note : attribute.notes)
            line("         # {}", printable(note));
    }

    void value(review::value_reading const& value) {
        if (!value.text.empty())
            line("       {} {}{}", render::sign_of(value.what), printable(value.text),
                 value.raw.empty() ? "" : fmt::format("   {}", printable(value.raw)));
        for (auto const& part : value.parts)
            line("           {}", printable(part));
        if (value.descriptor)
            descriptor(*value.descriptor);
    }

    void descriptor(words::descriptor_reading const& descriptor) {
        for (auto const& fact : descriptor.facts)
            line("         {}", printable(fact));
        list("DACL", descriptor.dacl, descriptor.is_difference);
        list("SACL", descriptor.sacl, descriptor.is_difference);
    }

    void list(std::string_view name, words::list_reading const& list, bool is_difference) {
        bool const is_unchanged = is_difference && list.aces.empty() && list.notes.empty();
        if (is_unchanged)
            line("         {}: unchanged, {}", name, counted(list.unchanged, "ACE", "ACEs"));
        if (is_unchanged && !shows_all_)
            return;
        if (!is_unchanged)
            line("         {}{}", name, list.only_order ? ": the same ACEs in another order" : "");
        for (auto const& note : list.notes)
            line("           {}", printable(note));
        for (auto const& ace : list.aces)
            this->ace(ace);
        if (shows_all_)
            for (auto const& ace : list.kept)
                this->ace(ace);
        if (auto const hidden = list.unchanged - (shows_all_ ? list.kept.size() : 0); hidden > 0)
            line("           # {} hidden", counted(hidden, "unchanged ACE", "unchanged ACEs"));
    }

    void ace(words::ace_reading const& ace) {
        auto const was = ace.was && (ace.what != mark::none || *ace.was != ace.position)
                             ? fmt::format(" (was {})", *ace.was)
                             : std::string();
        line("           {} {}{}  {}  {}   {}   {}   {}", render::sign_of(ace.what), ace.position, was,
             ace.words.effect, printable(ace.words.who), printable(ace.words.may),
             printable(ace.words.applies_to), printable(ace.words.raw));
        if (!ace.changed_from.empty())
            line("               was {}", printable(ace.changed_from));
        if (ace.words.condition)
            line("               if {}", printable(*ace.words.condition));
    }

    void effect() {
        if (shown_.predicted) {
            text_ += effect_text(*shown_.predicted, {.sids = shown_.sids, .shows_all = shows_all_});
            line("");
        } else if (!shown_.not_predicted.empty()) {
            line("Effect\n  not computed: {}\n", printable(shown_.not_predicted));
        }
    }

    review::review const& shown_;
    bool shows_all_;
};

} // namespace

void write_review_text(review::review const& shown, text_sink const& write, bool shows_all) {
    review_text_writer(shown, write, shows_all).write();
}

std::string entry_text(review::record_reading const& record) {
    std::string text;
    review::review const nothing;
    review_text_writer(
        nothing, [&text](std::string_view part) { text += part; }, false)
        .entry(record);
    return text;
}

std::string rules_text() {
    std::string text;
    for (auto const& each : review::rules())
        text += fmt::format("{:8} {:26} {}\n", review::name_of(each.level), each.name, each.what);
    return text;
}

std::string_view sign_of(mark what) {
    switch (what) {
    case mark::added:
        return "+";
    case mark::removed:
        return "-";
    case mark::changed:
        return "~";
    case mark::moved:
        return "↕";
    case mark::none:
        break;
    }
    return " ";
}

std::string_view word_of(mark what) {
    switch (what) {
    case mark::added:
        return "added";
    case mark::removed:
        return "removed";
    case mark::changed:
        return "changed";
    case mark::moved:
        return "moved";
    case mark::none:
        break;
    }
    return "";
}

std::string list_facts(std::string_view name, words::list_reading const& list, bool is_difference,
                       bool hides_unchanged) {
    auto const others = list.unchanged == 0 ? std::string("no ACEs")
                                            : counted(list.unchanged, "unchanged ACE", "unchanged ACEs") +
                                                  (hides_unchanged ? " not shown" : "");
    if (is_difference && list.aces.empty() && list.notes.empty())
        return fmt::format("{}: unchanged, {}", name, others);
    return fmt::format("{}{}{}", name, list.only_order ? ", the same ACEs in another order" : "",
                       list.unchanged == 0 ? "" : ", " + others);
}

std::string review_head(review::review const& shown) {
    auto const records = counted(shown.records.size() + shown.unreadable.size(), "record", "records");
    auto const unread =
        shown.unreadable.empty() ? "" : fmt::format(", {} of them unreadable", shown.unreadable.size());
    return fmt::format("{}{}; {}. No directory was contacted.", records, unread, review::count_text(shown));
}

std::string review_headline(review::review const& shown) {
    return shown.predicted && !shown.records.empty() ? "Effect: " + effect_headline(*shown.predicted)
                                                     : std::string();
}

std::vector<rule_findings> by_rule(review::review const& shown) {
    std::map<std::pair<int, std::string_view>, rule_findings> sorted;
    for (auto const& each : shown.findings) {
        auto& row = sorted[{-static_cast<int>(each.broken->level), each.broken->name}];
        row.broken = each.broken;
        row.found.push_back(&each);
    }
    std::vector<rule_findings> rows;
    for (auto& [key, row] : sorted)
        rows.push_back(std::move(row));
    return rows;
}

} // namespace dsplan::render
