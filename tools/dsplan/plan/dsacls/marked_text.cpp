#include <tools/dsplan/plan/dsacls/marked_text.hpp>

namespace dsplan::plan {
namespace {

// One word, from the place where it begins; leaves the place behind it.
script_word take_word(marked_text const& line, std::size_t& next) {
    script_word made{{}, line.places[next]};
    bool is_quoted = false;
    while (next < line.octets.size()) {
        auto const run = line.octets.find_first_not_of('\\', next);
        auto const end = run == std::string::npos ? line.octets.size() : run;
        auto const backslashes = end - next;
        if (end == line.octets.size() || line.octets[end] != '"') {
            made.text.append(backslashes, '\\');
            next = end;
            if (next == line.octets.size() ||
                (!is_quoted && (line.octets[next] == ' ' || line.octets[next] == '\t')))
                break;
            made.text += line.octets[next++];
            continue;
        }
        made.text.append(backslashes / 2, '\\');
        next = end + 1;
        if (backslashes % 2 == 1)
            made.text += '"';
        else if (is_quoted && next < line.octets.size() && line.octets[next] == '"')
            made.text += line.octets[next++];
        else
            is_quoted = !is_quoted;
    }
    return made;
}

} // namespace

std::vector<script_word> windows_arguments(marked_text const& line, std::string const& file) {
    std::vector<script_word> made;
    for (std::size_t next = line.octets.find_first_not_of(" \t"); next < line.octets.size();
         next = line.octets.find_first_not_of(" \t", next)) {
        made.push_back(take_word(line, next));
        made.back().place.file = file;
    }
    return made;
}

} // namespace dsplan::plan
