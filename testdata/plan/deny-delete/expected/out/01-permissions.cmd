@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Adds the ACEs of this plan to the lists that are there when it runs. Run it elevated, as an
rem account that may change permissions there.
rem 01-permissions.ldf does the same to the descriptors of the export: run this, or
rem import that, never both:
rem   ldifde -i -f 01-permissions.ldf -s DC -h -v -j "C:\logs"
rem (D;;DTSD;;;WD)
dsacls "OU=Sales,DC=contoso,DC=com" /D "S-1-1-0:DTSD"
if errorlevel 1 exit /b 1
