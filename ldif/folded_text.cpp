#include <ldif/folded_text.hpp>
#include <ldif/text/name_folding.hpp>

namespace dsplan::ldif {

std::string folded_text(std::string_view utf8) {
    std::string folded;
    append_folded(folded, utf8);
    return folded;
}

} // namespace dsplan::ldif
