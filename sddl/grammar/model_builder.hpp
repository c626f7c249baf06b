#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/grammar/fields.hpp>
#include <sddl/grammar/text_tree.hpp>
#include <sddl/security_descriptor.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace dsplan::sddl::grammar {

/// Makes the model of what the rules cut, section by section and ACE by ACE; offsets in errors and warnings
/// count from the start of `source`.
class model_builder {
public:
    model_builder(std::string_view source, domain_sids const& sids, warnings& odd)
        : source_(source)
        , sids_(sids)
        , odd_(odd) {}

    [[nodiscard]] result<void> begin(section_text const& section);
    [[nodiscard]] result<void> add(ace_text const& tree); ///< to the section that was begun last
    [[nodiscard]] result<void> end(section_text const& section);

    /// Adds the ACE at the start of `text` if it is spelled as Windows prints it; its octets, or 0.
    [[nodiscard]] std::size_t add_plain(std::string_view text);

    [[nodiscard]] security_descriptor take() && { return std::move(made_); }

    /// Into a default-made ACE.
    [[nodiscard]] result<void> read(ace& made, ace_text const& tree);

private:
    [[nodiscard]] std::size_t offset(slice const& text) const;
    template <class Reader>
    [[nodiscard]] auto located(slice const& text, std::string_view context, Reader const& reader);
    [[nodiscard]] result<void> begin_acl(section_text const& section);
    [[nodiscard]] tl::unexpected<parse_error> wrong_home(ace_text const& tree) const;
    [[nodiscard]] result<void> read_fields(ace& made, ace_text const& tree);
    [[nodiscard]] result<void> read_guids(ace& made, ace_text const& tree);
    [[nodiscard]] result<void> read_application(ace& made, ace_text const& tree);

    std::string_view source_;
    domain_sids const& sids_;
    warnings& odd_;
    security_descriptor made_;
    std::string seen_;               // letters of sections
    acl* list_ = nullptr;            // of the section that was begun last; null where it takes no ACEs
    ace_home home_ = ace_home::dacl; // its kind
};

} // namespace dsplan::sddl::grammar
