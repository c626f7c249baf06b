@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Undoes 01-permissions.cmd as far as dsacls can: it removes all ACEs of a trustee from an
rem object, never a single one. rollback.ldf undoes memberships:
rem   ldifde -i -f rollback.ldf -s DC -h -v -j "C:\logs"
rem The trustee has other ACEs on this object, which the command would remove too:
rem   (OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;WD)
rem After it, grant those again.
rem It is not run from here; rollback.ldf, where there is one, undoes the change precisely:
rem   dsacls "CN=Ben Carter,OU=Sales,DC=contoso,DC=com" /R "S-1-1-0"
exit /b 1
rem The trustee has other ACEs on this object, which the command would remove too:
rem   (OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;WD)
rem After it, grant those again.
rem It is not run from here; rollback.ldf, where there is one, undoes the change precisely:
rem   dsacls "CN=Anna Becker,OU=Sales,DC=contoso,DC=com" /R "S-1-1-0"
exit /b 1
