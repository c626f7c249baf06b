#include <ldif/apply_file.hpp>
#include <ldif/change_reach.hpp>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

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

class file_applier {
public:
    file_applier(std::function<void(std::string_view)> const& write, apply_file_options const& options)
        : write_(write)
        , options_(options)
        , tree_(options.rules)
        , line_style_(options.writer) {}

    tl::expected<apply_summary, failure> run(std::function<result<reader>()> const& open,
                                             std::span<record const> changes) {
        change_reach const reach(changes);
        auto first = open();
        if (!first)
            return tl::unexpected(failure(first.error()));
        if (auto done = load_reach(*first, reach, tree_); !done)
            return tl::unexpected(failure(done.error()));
        for (auto const& [key, it] : tree_.all())
            loaded_.insert(it.origin);
        if (auto done = apply_all(changes); !done)
            return tl::unexpected(failure(done.error()));
        for (auto const& [key, it] : tree_.all())
            if (it.origin != 0)
                kept_.emplace(it.origin, &it);
        auto second = open();
        if (!second)
            return tl::unexpected(failure(second.error()));
        if (auto done = copy(*second, reach); !done)
            return tl::unexpected(failure(done.error()));
        write_new();
        return summary_;
    }

private:
    tl::expected<void, apply_error> apply_all(std::span<record const> changes) {
        for (auto const& change : changes) {
            auto done = tree_.apply(change);
            if (done)
                ++summary_.applied;
            else if (!options_.tolerates || !options_.tolerates(done.error()))
                return done;
            else
                summary_.refused.push_back(std::move(done.error()));
        }
        return {};
    }

    result<void> copy(reader& base, change_reach const& reach) {
        for (;;) {
            auto const next = base.next_view();
            if (!next)
                return tl::unexpected(next.error());
            if (*next == nullptr)
                break;
            if (options_.progress)
                options_.progress(base.position());
            copy(**next, reach);
        }
        write_(base.text_behind());
        return {};
    }

    void copy(record_view const& record, change_reach const& reach) {
        auto style = like(record, options_.writer);
        if (!is_styled_) {
            line_style_ = style;
            is_styled_ = true;
            has_changetype_ = record.changetype.has_value();
        }
        write_(record.text_before);
        auto const kept = kept_.find(record.line);
        if (kept == kept_.end() && loaded_.contains(record.line)) {
            ++summary_.removed;
        } else if (kept != kept_.end() && kept->second->is_changed) {
            ++summary_.changed;
            auto changed = to_record(*kept->second);
            changed.changetype = record.changetype;
            write_(ldif::write(changed, style));
        } else if (kept != kept_.end() || !reach.concerns(record)) {
            copy_text(record, style);
        } else if (auto const* const whole = tree_.find(record.dn); whole != nullptr && !whole->is_changed) {
            copy_text(record, style); // a further record of an object that was put together from several
        }
    }

    void copy_text(record_view const& record, writer_options const& style) {
        if (!may_be_copied(record.text)) {
            ldif::record owned;
            assign(owned, record);
            write_(ldif::write(owned, style));
            return;
        }
        write_(record.text);
        std::string_view const line_end = style.line_end == line_ends::crlf ? "\r\n" : "\n";
        if (!record.text.ends_with('\n'))
            write_(line_end);
        write_(line_end);
    }

    void write_new() {
        for (auto const& [key, it] : tree_.all()) {
            if (it.origin != 0)
                continue;
            ++summary_.added;
            auto made = to_record(it);
            if (has_changetype_)
                made.changetype = change_type::add;
            write_(ldif::write(made, line_style_));
        }
    }

    std::function<void(std::string_view)> const& write_;
    apply_file_options const& options_;
    directory_tree tree_;
    std::unordered_set<std::uint64_t> loaded_; // lines of records that were in the tree
    std::unordered_map<std::uint64_t, entry const*> kept_;
    writer_options line_style_;
    bool is_styled_ = false;
    bool has_changetype_ = false;
    apply_summary summary_;
};

} // namespace

tl::expected<apply_summary, std::variant<parse_error, apply_error>>
apply_to_file(std::function<result<reader>()> const& open, std::span<record const> changes,
              std::function<void(std::string_view)> const& write, apply_file_options const& options) {
    return file_applier(write, options).run(open, changes);
}

} // namespace dsplan::ldif
