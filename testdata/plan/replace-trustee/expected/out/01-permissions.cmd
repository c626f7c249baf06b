@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Changes the lists that are there when it runs. Run it elevated, as an
rem account that may change permissions there.
rem 01-permissions.ldf does the same to the descriptors of the export: run this, or
rem import that, never both:
rem   ldifde -i -f 01-permissions.ldf -s DC -h -v -j "C:\logs"
rem (A;CI;RPWP;;;S-1-5-21-1111111111-2222222222-3333333333-1103)
rem /R removes every ACE of a trustee, those that came after the export, too:
rem   (A;CI;RPWP;;;S-1-5-21-1111111111-2222222222-3333333333-4711)
dsacls "OU=Sales,DC=contoso,DC=com" /I:T /G "S-1-5-21-1111111111-2222222222-3333333333-1103:RPWP"
if errorlevel 1 exit /b 1
dsacls "OU=Sales,DC=contoso,DC=com" /R "S-1-5-21-1111111111-2222222222-3333333333-4711"
if errorlevel 1 exit /b 1
