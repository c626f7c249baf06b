#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/forms/masked_names.hpp>

#include <string>
#include <string_view>

namespace dsplan {

/// A record that can be shown to others: structure, rights and links stay,
/// names, SIDs, GUIDs, texts, times and secrets are others. Names of attributes
/// and classes stay.
[[nodiscard]] ldif::record masked_record(ldif::record const& original, masked_names const& names);

/// One value of an attribute.
[[nodiscard]] std::string masked_value(std::string_view description, std::string_view value,
                                       masked_names const& names);

} // namespace dsplan
