#pragma once
#include <tools/dsplan/paths/certificate_facts.hpp>
#include <tools/dsplan/paths/directory_side.hpp>
#include <tools/dsplan/paths/edge_kinds.hpp>

#include <cstdint>
#include <set>
#include <string>

namespace dsplan::paths {

/// What attributes of objects say about whether a step works on them.
class account_facts {
public:
    explicit account_facts(directory_side const& side);

    /// What an object is, as bits of `on`.
    [[nodiscard]] std::uint32_t targets_of(object_index object) const;

    /// The account whose secrets are those of a domain, or of a read-only domain controller: the server
    /// stores a random value, whatever somebody writes. [MS-SAMR] 3.1.1.8.5
    [[nodiscard]] bool is_krbtgt(object_index object) const;
    [[nodiscard]] bool is_disabled(object_index object) const;

    /// A computer, or an account with a service name: others can be impersonated towards it.
    [[nodiscard]] bool is_service(object_index object) const;

    /// Whether a domain controller of the object's domain is known to take keys for logging on: Windows
    /// Server 2016 or later.
    [[nodiscard]] bool takes_keys(object_index object) const;

    /// What says that a local administrator's password is managed: that of LAPS, or of its successor in
    /// Windows, by the right that reads the password.
    [[nodiscard]] static directory::attribute expiry_of(std::string_view right);

    /// Whether the local administrator's password of the computer is managed, as its expiry says.
    [[nodiscard]] bool has_local_password(object_index object, std::string_view right) const;

    [[nodiscard]] bool is_read_only_controller(object_index object) const;

    /// Whether the export shows a domain controller of Windows Server 2025, where accounts have successors.
    [[nodiscard]] bool knows_successors() const { return knows_successors_; }

    [[nodiscard]] certificate_facts const& certificates() const { return certificates_; }

    /// Of the domains of the export.
    [[nodiscard]] std::vector<object_index> const& roots() const { return roots_; }

    /// Those of one domain, or all.
    [[nodiscard]] std::vector<object_index> roots_of(std::uint32_t domain) const;

    /// Computers and accounts with service names that are enabled, and containers: one of each list, class
    /// and domain.
    [[nodiscard]] std::vector<object_index> const& services() const { return services_; }
    [[nodiscard]] std::vector<object_index> const& containers() const { return containers_; }

    /// Group policies, and the containers that hold them.
    [[nodiscard]] std::vector<object_index> const& policies() const { return policies_; }
    [[nodiscard]] std::vector<object_index> const& policy_containers() const { return policy_containers_; }

private:
    void read_controller(object_index object);
    void read_pairs();

    directory_side const& side_;
    certificate_facts certificates_;
    std::set<std::uint32_t> domains_with_keys_;
    bool knows_successors_ = false;
    std::vector<object_index> roots_;
    std::vector<object_index> services_;
    std::vector<object_index> containers_;
    std::vector<object_index> policies_;
    std::vector<object_index> policy_containers_;
};

} // namespace dsplan::paths
