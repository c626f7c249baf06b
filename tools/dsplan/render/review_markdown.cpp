#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/markdown.hpp>
#include <tools/dsplan/render/paths_text.hpp>
#include <tools/dsplan/render/review_markdown.hpp>

#include <fmt/format.h>

namespace dsplan::render {
namespace {

class review_markdown_writer : text_lines {
public:
    review_markdown_writer(review::review const& shown, text_sink const& write, page_frame const* frame)
        : text_lines(&write)
        , shown_(shown)
        , frame_(frame) {}

    void write() {
        head();
        if (frame_ != nullptr)
            text_ += markdown_of(frame_->before);
        if (frame_ == nullptr || !shown_.records.empty()) {
            findings();
            ways();
            line("\n## Records\n");
            for (auto const& record : shown_.records)
                this->record(record);
        }
        effect();
        if (frame_ != nullptr)
            text_ += markdown_of(frame_->after);
        if (text_.ends_with("\n\n"))
            text_.pop_back();
        flush();
    }

private:
    // Text that stands as it is: no line of it can end the block.
    void block(std::string_view text) {
        line("");
        while (!text.empty()) {
            auto const end = std::min(text.find('\n'), text.size());
            line("    {}", text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        line("");
    }

    void title() {
        if (frame_ != nullptr) {
            line("# {}\n", markdown_text(frame_->title));
            for (auto const* const part : {&frame_->head, &frame_->status, &frame_->origin})
                text_ += markdown_of(*part);
            return;
        }
        std::string files;
        for (auto const& file : shown_.files)
            files += (files.empty() ? "" : ", ") + markdown_code(file);
        line("# Review of {}\n", files);
    }

    void head() {
        title();
        if (!shown_.unreadable.empty())
            line("**{} could not be read.**\n", counted(shown_.unreadable.size(), "record", "records"));
        if (shown_.failing > 0)
            line("**{} would fail on import.**\n", counted(shown_.failing, "record", "records"));
        if (frame_ == nullptr || !shown_.records.empty())
            line("{}\n", review_head(shown_));
        if (auto const worst = review_headline(shown_); frame_ == nullptr && !worst.empty())
            line("{}\n", markdown_text(worst));
        if (!shown_.has_base)
            line("Without a base: what is there before and what the change does is not known.\n");
        for (auto const& each : shown_.unreadable) {
            line("- not read: {}", markdown_text(each.reason));
            block(each.place);
        }
    }

    void findings() {
        line("## Findings{}\n", frame_ == nullptr ? "" : " of the review");
        for (auto const& [broken, found] : by_rule(shown_)) {
            line("- **{}** `{}`: {}", review::name_of(broken->level), broken->name,
                 markdown_text(broken->what));
            for (auto const* const each : found)
                finding(*each);
            line("  - *Why:* {}", markdown_text(broken->why));
            line("  - *To do:* {}", markdown_text(broken->advice));
        }
        if (shown_.findings.empty())
            line("None.");
    }

    void ways() {
        auto const summary = shown_.ways ? paths_summary(*shown_.ways) : std::vector<std::string>();
        if (!summary.empty())
            line("\n## Control paths\n");
        for (auto const& each : summary)
            line("- {}", markdown_text(each));
    }

    void finding(review::finding const& each) {
        line("  - {}{}{}: {}", each.record == 0 ? "" : fmt::format("record {}, ", each.record),
             markdown_code(each.file), each.line == 0 ? "" : fmt::format(", line {}", each.line),
             markdown_text(each.text));
        for (auto const& seen : each.seen)
            if (auto const text = evidence_text(seen); !text.empty())
                line("    - {}", text);
        if (!each.advice.empty())
            line("    - *To do:* {}", markdown_text(each.advice));
    }

    static std::string evidence_text(evidence const& seen) {
        auto text = seen.dn.empty() ? std::string() : markdown_code(seen.dn);
        auto const add = [&text](std::string const& more) {
            text += (text.empty() ? "" : " ") + more;
        };
        if (!seen.attribute.empty())
            add(markdown_text(seen.attribute));
        if (!seen.value.empty())
            add(markdown_code(seen.value));
        return text;
    }

    void record(review::record_reading const& record) {
        line("### {}. {}\n", record.number, markdown_text(record.summary));
        line("{}, line {}\n", markdown_code(shown_.files[record.file]), record.line);
        if (!record.failure.empty())
            line("**Would fail:** {}\n", markdown_text(record.failure));
        for (auto const& attribute : record.attributes)
            this->attribute(attribute);
        line("");
    }

    void attribute(review::attribute_reading const& attribute) {
        line("- **{}**{}{}", markdown_text(attribute.name), attribute.what.empty() ? "" : ": ",
             attribute.what);
        for (auto const& value : attribute.values)
            this->value(value);
        for (auto const& note : attribute.notes)
            line("  - {}", markdown_text(note));
    }

    void value(review::value_reading const& value) {
        auto const what = word_of(value.what);
        if (!value.text.empty())
            line("  - {}{}{}", what.empty() ? "" : fmt::format("{}: ", what), markdown_text(value.text),
                 value.raw.empty() ? "" : " " + markdown_code(value.raw));
        for (auto const& part : value.parts)
            line("    - {}", markdown_text(part));
        if (!value.descriptor)
            return;
        for (auto const& fact : value.descriptor->facts)
            line("  - {}", markdown_text(fact));
        list("DACL", value.descriptor->dacl, value.descriptor->is_difference);
        list("SACL", value.descriptor->sacl, value.descriptor->is_difference);
    }

    void list(std::string_view name, words::list_reading const& list, bool is_difference) {
        line("  - {}", list_facts(name, list, is_difference));
        for (auto const& note : list.notes)
            line("    - {}", markdown_text(note));
        if (list.aces.empty())
            return;
        line("\n    | | place | effect | who | may | applies to | SDDL |");
        line("    | --- | --- | --- | --- | --- | --- | --- |");
        for (auto const& ace : list.aces)
            line("    | {} | {}{} | {} | {} | {} | {} | {} |", word_of(ace.what), ace.position,
                 ace.was ? fmt::format(" (was {})", *ace.was) : "", markdown_text(ace.words.effect),
                 markdown_text(ace.words.who), markdown_text(ace.words.may),
                 markdown_text(ace.words.applies_to), markdown_cell(ace.words.raw));
        line("");
    }

    void effect() {
        if (frame_ != nullptr && !shown_.predicted && shown_.not_predicted.empty())
            return;
        line("## Effect\n");
        if (!shown_.predicted) {
            line("Not computed{}{}.", shown_.not_predicted.empty() ? ": there is no base" : ": ",
                 markdown_text(shown_.not_predicted));
            return;
        }
        if (!shown_.records.empty())
            line("{}", effect_summary(*shown_.predicted));
        block(effect_lines(*shown_.predicted, {.sids = shown_.sids, .lines_at_most = SIZE_MAX}, ""));
    }

    review::review const& shown_;
    page_frame const* frame_;
};

} // namespace

void write_review_markdown(review::review const& shown, text_sink const& write, page_frame const* frame) {
    review_markdown_writer(shown, write, frame).write();
}

} // namespace dsplan::render
