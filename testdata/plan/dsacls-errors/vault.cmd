rem Minimal rights
dsacls "OU=Vault,DC=contoso,DC=com" /G "klund@contoso.com:WD"
dsacls "OU=Sales,DC=contoso,DC=com" /G "CONTOSO\join:CC;;computer" /I:S
dsacls "OU=Sales,DC=contoso,DC=com" /G "CONTOSO\Helpdesk:CC;;computer" /I:S
for %%u in (Sales Vault) do dsacls "OU=%%u,DC=contoso,DC=com" /G CONTOSO\Helpdesk:GR
