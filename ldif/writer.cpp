#include <ldif/base64.hpp>
#include <ldif/text/change_names.hpp>
#include <ldif/text/name_folding.hpp>
#include <ldif/text/octet_classes.hpp>
#include <ldif/writer.hpp>

#include <algorithm>

namespace dsplan::ldif {
namespace {

std::string_view line_end_of(writer_options const& options) {
    bool const is_crlf = options.line_end == line_ends::crlf || (options.line_end == line_ends::of_profile &&
                                                                 options.profile == writer_profile::ldifde);
    return is_crlf ? "\r\n" : "\n";
}

// Appends the lines of one record.
class record_writer {
public:
    record_writer(std::string& text, writer_options const& options)
        : text_(text)
        , options_(options)
        , line_end_(line_end_of(options)) {}

    void write(record const& record) {
        value("dn", record.dn);
        for (auto const& it : record.controls)
            write(it);
        if (record.changetype)
            value("changetype", name_of(*record.changetype));
        else if (options_.profile == writer_profile::ldifde)
            value("changetype", "add");
        for (auto const& it : record.attributes)
            explained(it.description, it.value);
        for (auto const& it : record.modifications)
            write(it);
        if (record.renamed)
            write(*record.renamed);
        text_ += line_end_;
    }

private:
    void write(control const& control) {
        std::string line = control.oid;
        if (control.criticality)
            line += *control.criticality ? " true" : " false";
        if (control.value) {
            bool const encoded = is_encoded(*control.value);
            line += encoded ? ":: " : ": ";
            line += encoded ? encode_base64(*control.value) : *control.value;
        }
        value("control", line);
    }

    void write(modification const& modification) {
        value(name_of(modification.operation), modification.description);
        for (auto const& it : modification.values)
            explained(modification.description, it);
        text_ += '-';
        text_ += line_end_;
    }

    void write(new_name const& renamed) {
        value("newrdn", renamed.relative_distinguished_name);
        value("deleteoldrdn", renamed.delete_old ? "1" : "0");
        if (renamed.superior)
            value("newsuperior", *renamed.superior);
    }

    void explained(std::string_view description, std::string_view octets) {
        if (options_.explain && needs_base64(octets))
            comment(options_.explain(description, octets));
        value(description, octets);
    }

    // A comment never folds: what it holds is made one line of printable ASCII.
    void comment(std::string_view words) {
        if (words.empty())
            return;
        text_ += "# ";
        for (char const octet : words)
            text_ += octet >= 0x20 && octet < 0x7F ? octet : '?';
        text_ += line_end_;
    }

    void value(std::string_view description, std::string_view octets) {
        std::size_t const start = text_.size();
        text_ += description;
        if (is_encoded(octets)) {
            text_ += ":: ";
            append_base64(text_, octets);
        } else {
            text_ += octets.empty() ? ":" : ": ";
            text_ += octets;
        }
        fold(start);
        text_ += line_end_;
    }

    // Base64 also where a piece of the folded line would hold blanks only, and look like the end of the
    // record.
    [[nodiscard]] bool is_encoded(std::string_view octets) const {
        std::size_t const piece = std::max<std::size_t>(options_.fold_column, 8) - 1;
        bool const folds = options_.fold_column != 0 && octets.size() >= piece;
        return needs_base64(octets) ||
               (folds && octets.find(std::string(piece, ' ')) != std::string_view::npos);
    }

    // Cuts the line that begins at `start` and is the end of the text. Makes room once and moves the pieces
    // from the last to the first.
    void fold(std::size_t start) {
        std::size_t const size = text_.size() - start;
        std::size_t const column = std::max<std::size_t>(options_.fold_column, 8);
        if (options_.fold_column == 0 || size <= column)
            return;
        std::size_t const piece = column - 1; // after the blank of a continuation
        std::size_t const folds = (size - column + piece - 1) / piece;
        std::size_t const gap = line_end_.size() + 1;
        text_.resize(text_.size() + folds * gap);
        char* const line = text_.data() + start;
        for (std::size_t i = folds; i > 0; --i) {
            std::size_t const from = column + (i - 1) * piece;
            std::size_t const count = std::min(piece, size - from);
            char* const to = line + from + i * gap;
            std::copy_backward(line + from, line + from + count, to + count);
            to[-1] = ' ';
            std::copy(line_end_.begin(), line_end_.end(), to - gap);
        }
    }

    std::string& text_;
    writer_options const& options_;
    std::string_view line_end_;
};

} // namespace

bool needs_base64(std::string_view octets) {
    if (octets.empty())
        return false;
    char const first = octets.front();
    return first == ' ' || first == ':' || first == '<' || octets.back() == ' ' || !is_safe_ascii(octets);
}

void write(std::string& text, record const& record, writer_options const& options) {
    record_writer(text, options).write(record);
}

std::string write(record const& record, writer_options const& options) {
    std::string text;
    write(text, record, options);
    return text;
}

std::string file_head(writer_options const& options) {
    if (options.profile == writer_profile::ldifde)
        return {};
    std::string const line_end(line_end_of(options));
    return "version: 1" + line_end + line_end;
}

} // namespace dsplan::ldif
