#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/forms/descriptor_form.hpp>

#include <tl/expected.hpp>

#include <string>
#include <string_view>

namespace dsplan {

struct pasted_request {
    sddl::domain_sids const& sids;
    bool is_strict = false;    ///< refuse what would be a warning
    bool is_for_words = false; ///< aliases of a domain that is not known are taken
    std::string_view on{};     ///< which object, where the text holds the descriptors of several
};

/// The descriptor in a text that a person pasted.
struct pasted_descriptor {
    read_descriptor read;
    descriptor_form form = descriptor_form::sddl;
    sddl::domain_sids sids;     ///< to write it with: those of the request, or stand-ins
    bool has_stand_ins = false; ///< DA and its like have no SID here: good for words, not for octets
    std::string note;           ///< what was taken out of the text, where that may surprise; empty else
};

/// Reads a descriptor in any form and in what people copy around it: quotation marks, an assignment, a label,
/// LDIF lines or a file, octets in every spelling, one ACE alone. What may be read in two ways is an error.
[[nodiscard]] tl::expected<pasted_descriptor, descriptor_problem> read_pasted(std::string_view text,
                                                                              pasted_request const& request);

} // namespace dsplan
