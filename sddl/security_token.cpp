#include <sddl/security_token.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {

security_token::security_token(std::vector<sid> sids) : sids_(std::move(sids)) {
    std::sort(sids_.begin(), sids_.end());
    sids_.erase(std::unique(sids_.begin(), sids_.end()), sids_.end());
}

bool security_token::holds(sid const& account) const {
    return std::binary_search(sids_.begin(), sids_.end(), account);
}

} // namespace dsplan::sddl
