#include <tools/dsplan/plan/recipes/whfb/whfb_key_sync.hpp>
#include <tools/dsplan/plan/recipes/whfb/whfb_recipe.hpp>

#include <array>

namespace dsplan::plan::whfb {
namespace {

constexpr std::array<recipe_option, 10> options{{
    {.name = "--connector",
     .type = "ACCOUNT",
     .description =
         "AD DS connector account of the synchronization service: name, DN, SID or user principal name",
     .is_required = true},
    {.name = "--group",
     .type = "GROUP",
     .description =
         "Group that holds the permission: name, DN or SID; KeyCredential Admins if not given, and "
         "with a Windows Server 2016 or later domain controller the group that has it by default"},
    {.name = "--domain",
     .type = "DOMAIN",
     .description =
         "The one domain to plan for, by DNS or NetBIOS name, DN or SID; all of the export if not given"},
    {.name = "--trust",
     .type = "key|certificate",
     .description = "Trust type to plan for; the export decides if not given",
     .has_choices = true},
    {.name = "--include",
     .type = "inetOrgPerson",
     .description = "Another class of accounts to grant on",
     .has_choices = true},
    {.name = "--default-aces",
     .type = "",
     .description = "Plan the default permission of Key Admins where a domain with a Windows Server 2016 "
                    "domain controller lacks it"},
    {.name = "--create-group", .type = "", .description = "Plan the group where the export does not hold it"},
    {.name = "--by-hand",
     .type = "",
     .description = "Grant the permission to --group, on user objects alone, though the default group of "
                    "Windows Server 2016 has it"},
    {.name = "--keep-off-controllers",
     .type = "",
     .description =
         "Deny the connector account the attribute on domain controllers, with an ACE on OU=Domain "
         "Controllers"},
    {.name = "--admin-sd-holder",
     .type = "",
     .description = "Grant on protected accounts too; read the finding about its risk first"},
}};

std::optional<std::string> optional_text(recipe_values const& values, std::string_view name) {
    return values.has(name) ? std::optional(values.text(name)) : std::nullopt;
}

result<plan> draw(directory::snapshot const& exported, directory::schema const& known,
                  recipe_values const& values) {
    whfb_request asked;
    asked.connector = values.text("--connector");
    asked.group = optional_text(values, "--group");
    asked.domain = optional_text(values, "--domain");
    if (values.has("--trust"))
        asked.trust = values.text("--trust") == "key" ? trust_type::key : trust_type::certificate;
    asked.include_inet_org_person = values.has("--include");
    asked.admin_sd_holder = values.has("--admin-sd-holder");
    asked.default_aces = values.has("--default-aces");
    asked.create_group = values.has("--create-group");
    asked.by_hand = values.has("--by-hand");
    asked.keep_off_controllers = values.has("--keep-off-controllers");
    asked.key_admins_protected = values.key_admins_protected;
    return plan_whfb_key_sync(exported, asked, known);
}

} // namespace

recipe make_recipe() {
    return {
        .name = "whfb",
        .description =
            "Plan what Windows Hello for Business key synchronization needs: the permission of a group to "
            "write\nmsDS-KeyCredentialLink on users, and the membership of the connector account in that "
            "group",
        .footer = "Example:\n"
                  "  dsplan plan whfb --base contoso.ldf --connector MSOL_4f2c --out change",
        .options = options,
        .draw = draw};
}

} // namespace dsplan::plan::whfb
