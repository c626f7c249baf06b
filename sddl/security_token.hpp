#pragma once
#include <sddl/sid.hpp>

#include <vector>

namespace dsplan::sddl {

/// The SIDs that an account is, itself and its groups. [MS-DTYP] 2.5.2
class security_token {
public:
    security_token() = default;
    explicit security_token(std::vector<sid> sids);

    [[nodiscard]] bool holds(sid const& account) const;
    [[nodiscard]] std::vector<sid> const& sids() const { return sids_; } ///< ascending, each once

    friend bool operator==(security_token const&, security_token const&) = default;

private:
    std::vector<sid> sids_;
};

} // namespace dsplan::sddl
