#include <ldif/changes/schema_record.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>

namespace dsplan::ldif {

std::string_view value_of(record_view const& record, std::string_view lower_name) {
    auto const found =
        std::find_if(record.attributes.begin(), record.attributes.end(),
                     [lower_name](auto const& it) { return equals_keyword(it.description, lower_name); });
    return found == record.attributes.end() ? std::string_view() : found->value;
}

bool is_of_class(record_view const& record, std::string_view lower_name) {
    return std::any_of(record.attributes.begin(), record.attributes.end(), [lower_name](auto const& it) {
        return equals_keyword(it.description, "objectclass") && equals_keyword(it.value, lower_name);
    });
}

} // namespace dsplan::ldif
