@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Adds the ACEs of this plan to the lists that are there when it runs. Run it elevated, as an
rem account that may change permissions there.
rem 01-permissions.ldf does the same to the descriptors of the export: run this, or
rem import that, never both:
rem   ldifde -i -f 01-permissions.ldf -s DC -h -v -j "C:\logs"
rem (OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1111111111-2222222222-3333333333-1103)
rem (OA;CIIO;RPWP;77b5b886-944a-11d1-aebd-0000f80367c1;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1111111111-2222222222-3333333333-1103)
rem (OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1111111111-2222222222-3333333333-1103)
rem (OA;CIIO;SW;f3a64788-5306-11d1-a9c5-0000f80367c1;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1111111111-2222222222-3333333333-1103)
dsacls "OU=Sales,DC=contoso,DC=com" /I:S /G "CONTOSO\Helpdesk:CA;00299570-246d-11d0-a768-00aa006e0529;user" "CONTOSO\Helpdesk:RPWP;77b5b886-944a-11d1-aebd-0000f80367c1;user" "CONTOSO\Helpdesk:RPWP;lockoutTime;user" "CONTOSO\Helpdesk:WS;f3a64788-5306-11d1-a9c5-0000f80367c1;user"
if errorlevel 1 exit /b 1
