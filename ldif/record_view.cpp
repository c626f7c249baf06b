#include <ldif/record_view.hpp>

namespace dsplan::ldif {

void assign(record& target, record_view const& source) {
    target.dn = source.dn;
    target.changetype = source.changetype;
    target.line = source.line;
    target.value_lines.assign(source.value_lines.begin(), source.value_lines.end());
    target.controls.clear();
    for (auto const& it : source.controls)
        target.controls.push_back({std::string(it.oid), it.criticality,
                                   it.value ? std::optional<std::string>(*it.value) : std::nullopt});
    target.attributes.resize(source.attributes.size());
    for (std::size_t i = 0; i < source.attributes.size(); ++i) {
        target.attributes[i].description = source.attributes[i].description;
        target.attributes[i].value = source.attributes[i].value;
    }
    target.modifications.resize(source.modifications.size());
    for (std::size_t i = 0; i < source.modifications.size(); ++i) {
        auto const& from = source.modifications[i];
        target.modifications[i].operation = from.operation;
        target.modifications[i].description = from.description;
        target.modifications[i].values.assign(from.values.begin(), from.values.end());
    }
    target.renamed.reset();
    if (source.renamed)
        target.renamed = new_name{
            std::string(source.renamed->relative_distinguished_name), source.renamed->delete_old,
            source.renamed->superior ? std::optional<std::string>(*source.renamed->superior) : std::nullopt};
}

} // namespace dsplan::ldif
