#include <ldif/changes/apply_file.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/search_totals.hpp>

#include <algorithm>

namespace dsplan::ldif {
namespace {

using failure = std::variant<parse_error, apply_error>;

writer_options like(record_view const& record, writer_options options) {
    options.line_end = record.text.find("\r\n") != std::string_view::npos ? line_ends::crlf : line_ends::lf;
    return options;
}

// Plain text beyond ASCII was read in an encoding that the output does not have.
bool may_be_copied(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

// Sorts as the line does.
std::string line_key(std::uint64_t line) {
    std::string key;
    append_sorted(key, line);
    return key;
}

// What became of the records of the export that the changes concern, in the order of the file.
class fates {
public:
    explicit fates(std::size_t memory) : sorter_(memory) {}

    void add_loaded(directory_tree const& tree) {
        tree.for_each({}, [this](entry const& it) {
            sorter_.add(line_key(it.origin), {});
            return false;
        });
    }

    void add_kept(directory_tree const& tree) {
        std::string octets;
        auto const add = [&](std::string_view mark, entry const& it) {
            octets.clear();
            append_stored(octets, mark, it.dn);
            for (auto const& attribute : it.attributes)
                for (auto const& value : attribute.values)
                    append_stored_value(octets, written_description(attribute), value);
            sorter_.add(line_key(it.origin), octets);
        };
        tree.for_each([&](std::string_view, entry const& it) { add("changed", it); },
                      [&](entry const& it) {
                          if (it.origin != 0 && !it.is_changed)
                              add("kept", it);
                          return it.origin != 0 && it.is_changed;
                      });
        sorter_.rewind();
        advance();
    }

    enum class fate : std::uint8_t { none, removed, kept, changed };

    // Of the record at that line; lines never go back.
    fate of(std::uint64_t line) {
        auto const key = line_key(line);
        while (has_next_ && next_key_ < key)
            advance();
        stored_.clear();
        bool is_loaded = false;
        for (; has_next_ && next_key_ == key; advance()) {
            is_loaded = true;
            if (!next_value_.empty())
                stored_ = next_value_;
        }
        return !is_loaded                          ? fate::none
               : stored_.empty()                   ? fate::removed
               : stored_mark(stored_) == "changed" ? fate::changed
                                                   : fate::kept;
    }

    [[nodiscard]] entry changed() const { return load_stored(stored_); }

private:
    void advance() { has_next_ = sorter_.next(next_key_, next_value_); }

    external_sorter sorter_; // by line; without a value for being loaded
    std::string_view next_key_;
    std::string_view next_value_;
    bool has_next_ = false;
    std::string stored_;
};

// The new text: records in the style of those around them.
class styled_output {
public:
    styled_output(std::function<void(std::string_view)> const& write, writer_options const& writer)
        : write_(write)
        , writer_(writer)
        , first_style_(writer) {}

    // The style of a record of the file; that of the first is for new ones.
    writer_options style_of(record_view const& record) {
        auto style = like(record, writer_);
        if (!is_styled_) {
            first_style_ = style;
            is_styled_ = true;
            has_changetype_ = record.changetype.has_value();
        }
        return style;
    }

    void write(std::string_view text) { write_(text); }

    void write(record const& changed, writer_options const& style) { write_(ldif::write(changed, style)); }

    void write_new(record made) {
        if (has_changetype_)
            made.changetype = change_type::add;
        write(made, first_style_);
    }

    void copy(record_view const& record, writer_options const& style) {
        if (!may_be_copied(record.text)) {
            ldif::record owned;
            assign(owned, record);
            write(owned, style);
            return;
        }
        write_(record.text);
        std::string_view const line_end = style.line_end == line_ends::crlf ? "\r\n" : "\n";
        if (!record.text.ends_with('\n'))
            write_(line_end);
        write_(line_end);
    }

private:
    std::function<void(std::string_view)> const& write_;
    writer_options const& writer_;
    writer_options first_style_;
    bool is_styled_ = false;
    bool has_changetype_ = false;
};

class file_applier {
public:
    file_applier(std::function<void(std::string_view)> const& write, apply_file_options const& options)
        : options_(options)
        , reach_(*options.rules.schema)
        , tree_(options.rules)
        , fates_(options.rules.memory / 4)
        , output_(write, options.writer) {}

    tl::expected<apply_summary, failure> run(std::function<result<reader>()> const& open,
                                             change_file const& changes) {
        auto loaded = add_all(reach_, changes).and_then([&] { return load(open); });
        if (!loaded)
            return tl::unexpected(failure(loaded.error()));
        if (auto done = for_each_change<failure>(changes, [this](auto const& it) { return apply(it); });
            !done)
            return tl::unexpected(std::move(done.error()));
        fates_.add_kept(tree_);
        auto written = copy_all(open);
        if (!written)
            return tl::unexpected(failure(written.error()));
        write_new();
        summary_.unknown_back_links = tree_.unknown_back_links();
        return summary_;
    }

private:
    result<void> load(std::function<result<reader>()> const& open) {
        auto base = open();
        if (!base)
            return tl::unexpected(base.error());
        auto loaded = load_reach(*base, reach_, tree_, nullptr, options_.progress);
        fates_.add_loaded(tree_);
        return loaded;
    }

    tl::expected<void, failure> apply(record const& change) {
        auto done = tree_.apply(change);
        if (done)
            ++summary_.applied;
        else if (!options_.tolerates || !options_.tolerates(done.error()))
            return tl::unexpected(failure(std::move(done.error())));
        else
            ++summary_.refused;
        if (options_.doubts)
            std::for_each(tree_.doubts().begin(), tree_.doubts().end(), options_.doubts);
        return {};
    }

    result<void> copy_all(std::function<result<reader>()> const& open) {
        auto base = open();
        if (!base)
            return tl::unexpected(base.error());
        for (;;) {
            auto const next = base->next_view();
            if (!next)
                return tl::unexpected(next.error());
            if (*next == nullptr)
                break;
            if (options_.progress)
                options_.progress(base->position());
            copy(**next);
        }
        output_.write(without_search_totals(base->text_behind()));
        return {};
    }

    void copy(record_view const& record) {
        auto const style = output_.style_of(record);
        output_.write(without_search_totals(record.text_before));
        switch (fates_.of(record.line)) {
        case fates::fate::removed:
            ++summary_.removed;
            return;
        case fates::fate::changed: {
            ++summary_.changed;
            auto changed = to_record(fates_.changed());
            changed.changetype = record.changetype;
            output_.write(changed, style);
            return;
        }
        case fates::fate::kept:
            return output_.copy(record, style);
        case fates::fate::none:
            if (!reach_.concerns(record, tree_key(record.dn)) || is_part_of_unchanged(record))
                output_.copy(record, style);
        }
    }

    // A further record of an object that was put together from several.
    bool is_part_of_unchanged(record_view const& record) {
        auto const whole = tree_.find(record.dn, {});
        return whole && !whole->is_changed && whole->origin != 0;
    }

    void write_new() {
        auto const write_one = [this](std::string_view, entry const& it) {
            ++summary_.added;
            output_.write_new(to_record(it));
        };
        tree_.for_each(write_one, [](entry const& it) { return it.origin == 0; });
    }

    apply_file_options const& options_;
    change_reach reach_;
    directory_tree tree_;
    fates fates_;
    styled_output output_;
    apply_summary summary_;
};

} // namespace

tl::expected<apply_summary, std::variant<parse_error, apply_error>>
apply_to_file(std::function<result<reader>()> const& open, change_file const& changes,
              std::function<void(std::string_view)> const& write, apply_file_options const& options) {
    return with_storage<failure>([&]() -> tl::expected<apply_summary, failure> {
        return file_applier(write, options).run(open, changes);
    });
}

} // namespace dsplan::ldif
