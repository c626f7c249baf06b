@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Undoes 01-permissions.cmd as far as dsacls can: it removes all ACEs of a trustee from an
rem object, never a single one. rollback.ldf undoes memberships:
rem   ldifde -i -f rollback.ldf -s DC -h -v -j "C:\logs"
rem The export does not hold the list of this object, so what else the trustee had is unknown.
rem It is not run from here; rollback.ldf, where there is one, undoes the change precisely:
rem   dsacls "DC=contoso,DC=com" /R "CONTOSO\KeyCredential Admins"
exit /b 1
