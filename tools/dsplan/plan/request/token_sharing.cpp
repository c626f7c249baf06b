#include <tools/dsplan/plan/request/token_sharing.hpp>

namespace dsplan::plan {
namespace {

bool is_one_account(directory::snapshot const& exported, sddl::sid const& account) {
    auto const* const object = exported.find(account);
    return object != nullptr && (object->is_a("user") || object->is_a("computer")) &&
           !object->first(directory::attribute::sid_history);
}

} // namespace

may_share_token sharing_of(request_context const& context) {
    return [&exported = context.exported](sddl::sid const& a, sddl::sid const& b) {
        return a == b || !is_one_account(exported, a) || !is_one_account(exported, b);
    };
}

} // namespace dsplan::plan
