#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/grammar/fields.hpp>
#include <sddl/grammar/text_tree.hpp>
#include <sddl/security_descriptor.hpp>

#include <string_view>

namespace dsplan::sddl::grammar {

/// Makes the model of a syntax tree; offsets in errors and warnings count from the start of `source`.
class model_builder {
public:
    model_builder(std::string_view source, domain_sids const& sids, warnings& odd)
        : source_(source)
        , sids_(sids)
        , odd_(odd) {}

    [[nodiscard]] result<security_descriptor> descriptor(descriptor_text const& tree);
    [[nodiscard]] result<ace> entry(ace_text const& tree);

private:
    [[nodiscard]] std::size_t offset(slice const& text) const;
    template <class Reader>
    [[nodiscard]] auto located(slice const& text, std::string_view context, Reader const& reader);
    [[nodiscard]] result<void> add_section(security_descriptor& made, section_text const& section);
    [[nodiscard]] result<void> add_acl(security_descriptor& made, section_text const& section);
    [[nodiscard]] result<acl> list(section_text const& section, ace_home home);
    [[nodiscard]] result<void> read_fields(ace& made, ace_text const& tree);
    [[nodiscard]] result<void> read_guids(ace& made, ace_text const& tree);
    [[nodiscard]] result<void> read_application(ace& made, ace_text const& tree);

    std::string_view source_;
    domain_sids const& sids_;
    warnings& odd_;
};

} // namespace dsplan::sddl::grammar
