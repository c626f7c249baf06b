#include <tools/dsplan/paths/control_node.hpp>

namespace dsplan::paths {

control_node node_of(edge_kind kind, object_index object) {
    switch (kind) {
    case edge_kind::policy_link:
        return {object, aspect::policy_link};
    case edge_kind::succeed_account:
        return {object, aspect::successor};
    case edge_kind::enroll_as_anybody:
        return {object, aspect::certificate};
    case edge_kind::write_logon_name:
        return {object, aspect::logon_name};
    case edge_kind::make_controller:
        return {object, aspect::controller};
    default:
        return {object, aspect::object};
    }
}

} // namespace dsplan::paths
