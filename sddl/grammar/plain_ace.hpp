#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/sid.hpp>

#include <cstddef>
#include <string_view>

// The one spelling that Windows prints, read in one walk over its octets: capitals, rights in letters,
// decimal SIDs, no blanks. What is spelled otherwise, right or wrong, is left to the rules and to the readers
// of the fields, which have words for it; they would read the same from this one, several times slower.
namespace dsplan::sddl::grammar {

/// Octets of the account at the start of `text`; 0 where it is not spelled so, or `sids` lacks its domain.
[[nodiscard]] std::size_t take_plain_trustee(sid& made, std::string_view text, domain_sids const& sids);

/// Octets of the ACE at the start of `text`, read into a default-made one; 0 where it is not spelled so, is
/// no ACE of a `home` list, or is one of the types with a text of their own (labels, claims, filters,
/// policies). `made` then holds what was read before.
[[nodiscard]] std::size_t take_plain_ace(ace& made, std::string_view text, ace_home home,
                                         domain_sids const& sids);

} // namespace dsplan::sddl::grammar
