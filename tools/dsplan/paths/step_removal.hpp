#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/paths/control_paths.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dsplan::paths {

/// What takes steps of ways away from a directory: the ACE where it was put, a membership, a value, an owner.
class step_removal {
public:
    /// `sids` for aliases, as the ACEs of steps are shown.
    step_removal(access::directory_image const& image, sddl::domain_sids const& sids);

    /// Equal for steps that the same removal takes away; empty for those that none does.
    [[nodiscard]] std::string key_of(path_step const& step) const;

    /// The records that take all of them away; each must have a key.
    [[nodiscard]] std::vector<ldif::record> records_of(std::vector<path_step const*> const& steps) const;

private:
    struct removal {
        std::string object; ///< DN
        std::string what;   ///< says the same for the same removal
        std::optional<ldif::record> record{};
        std::optional<sddl::ace> ace{}; ///< else
        object_index arrives_at = access::no_object;
    };

    [[nodiscard]] std::optional<removal> removal_of(path_step const& step) const;
    [[nodiscard]] std::optional<removal> of_member(object_index group, std::string const& member) const;
    [[nodiscard]] std::optional<removal> of_ace(object_index object, path_ace const& ace) const;
    void erase(sddl::security_descriptor& from, object_index source, removal const& what) const;
    [[nodiscard]] bool is_source_of(sddl::ace const& own, sddl::ace const& arrived, object_index object,
                                    object_index above) const;
    [[nodiscard]] sddl::security_descriptor const* list_of(object_index object) const;

    access::directory_image const& image_;
    sddl::domain_sids sids_;
    std::map<std::string, object_index, std::less<>> by_name_;
};

} // namespace dsplan::paths
