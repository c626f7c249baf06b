#include <tools/dsplan/plan/recipes/recipe_file.hpp>

#include <array>
#include <recipes.hpp>
#include <utility>

namespace dsplan::plan {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> files{{
    {"adcs-template-enroll.toml", embedded::adcs_template_enroll_toml},
    {"bitlocker-tpm.toml", embedded::bitlocker_tpm_toml},
    {"deletion-protection.toml", embedded::deletion_protection_toml},
    {"domain-join.toml", embedded::domain_join_toml},
    {"entra-cloud-sync.toml", embedded::entra_cloud_sync_toml},
    {"entra-connect.toml", embedded::entra_connect_toml},
    {"gpo-link.toml", embedded::gpo_link_toml},
    {"group-members.toml", embedded::group_members_toml},
    {"helpdesk-password.toml", embedded::helpdesk_password_toml},
    {"laps-legacy.toml", embedded::laps_legacy_toml},
    {"whfb-key-sync.toml", embedded::whfb_key_sync_toml},
    {"windows-laps.toml", embedded::windows_laps_toml},
}};

} // namespace

std::vector<recipe_file> const& embedded_recipes() {
    static std::vector<recipe_file> const recipes = [] {
        std::vector<recipe_file> made;
        for (auto const& [name, toml] : files)
            made.push_back(read_recipe(toml, name).value());
        return made;
    }();
    return recipes;
}

} // namespace dsplan::plan
