@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Lets inherit again the lists that are there when it runs. Run it elevated, as an
rem account that may change permissions there.
rem 01-permissions.ldf does the same to the descriptors of the export: run this, or
rem import that, never both:
rem   ldifde -i -f 01-permissions.ldf -s DC -h -v -j "C:\logs"
dsacls "OU=Vault,DC=contoso,DC=com" /P:N
if errorlevel 1 exit /b 1
