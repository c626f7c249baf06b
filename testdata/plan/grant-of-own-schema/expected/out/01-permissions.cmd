@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Adds the ACEs of this plan to the lists that are there when it runs. Run it elevated, as an
rem account that may change permissions there.
rem 01-permissions.ldf does the same to the descriptors of the export: run this, or
rem import that, never both:
rem   ldifde -i -f 01-permissions.ldf -s DC -h -v -j "C:\logs"
rem (OA;CIIO;RPCR;4c415053-0003-4000-8000-636f6e746f73;bf967a86-0de6-11d0-a285-00aa003049e2;S-1-5-21-1111111111-2222222222-3333333333-1103)
dsacls "OU=Sales,DC=contoso,DC=com" /I:S /G "CONTOSO\Helpdesk:RPCA;msLAPS-Password;computer"
if errorlevel 1 exit /b 1
