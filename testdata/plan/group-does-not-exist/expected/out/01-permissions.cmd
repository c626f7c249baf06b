@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Adds the ACEs of this plan to the lists that are there when it runs. Run it elevated, as an
rem account that may change permissions there.
dsacls "DC=contoso,DC=com" /I:S /G "CONTOSO\KeyCredential Admins:RPWP;msDS-KeyCredentialLink;user"
if errorlevel 1 exit /b 1
