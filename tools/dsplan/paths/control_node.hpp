#pragma once
#include <tools/dsplan/paths/directory_side.hpp>
#include <tools/dsplan/paths/edge_kinds.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dsplan::paths {

/// What of an object is controlled.
enum class aspect : std::uint8_t {
    object,
    policy_link, ///< the policies that are linked to it
    successor,   ///< the accounts that are made in it to succeed others
    certificate, ///< the certificates that it is a template of
    logon_name,  ///< the name that certificates for it hold
    controller,  ///< whether it is a domain controller
};
inline constexpr std::size_t aspect_count = 6;

struct control_node {
    object_index object = access::no_object;
    aspect what = aspect::object;

    friend auto operator<=>(control_node const&, control_node const&) = default;
};

/// Where a right on an object leads.
[[nodiscard]] control_node node_of(edge_kind kind, object_index object);

/// A step that works by what an object is, not by a right: what is granted on a container arrives below it, a
/// value names an account.
struct plain_edge {
    control_node to;
    edge_kind kind = edge_kind::inherits;
    strength how = strength::decisive;
    std::string_view condition{};
};

/// A plain edge and where it starts.
struct pointing_edge {
    control_node from;
    plain_edge edge;
};

/// What a value gives its trustees.
struct value_edge {
    object_index to;
    edge_kind kind;
    sddl::security_descriptor const* list;
};

} // namespace dsplan::paths
