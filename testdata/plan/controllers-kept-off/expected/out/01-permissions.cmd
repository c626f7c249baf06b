@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Adds the ACEs of this plan to the lists that are there when it runs. Run it elevated, as an
rem account that may change permissions there.
rem (OD;CIIO;WP;5b47d60f-6090-40b2-9f37-2a4de88f3063;bf967a86-0de6-11d0-a285-00aa003049e2;S-1-5-21-1111111111-2222222222-3333333333-1102)
dsacls "OU=Domain Controllers,DC=contoso,DC=com" /I:S /D "CONTOSO\MSOL_0001:WP;msDS-KeyCredentialLink;computer"
if errorlevel 1 exit /b 1
