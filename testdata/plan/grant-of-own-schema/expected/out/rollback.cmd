@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Undoes 01-permissions.cmd as far as dsacls can: it removes all ACEs of a trustee from an
rem object, never a single one. rollback.ldf undoes memberships:
rem   ldifde -i -f rollback.ldf -s DC -h -v -j "C:\logs"
rem In the export the trustee had no ACE of its own on this object, so removing all of its
rem ACEs removes just the new ones, unless somebody has added others since.
dsacls "OU=Sales,DC=contoso,DC=com" /R "CONTOSO\Helpdesk"
if errorlevel 1 exit /b 1
