@echo off
rem Undoes 01-permissions.cmd as far as dsacls can: it removes all ACEs of a trustee from an
rem object, never a single one. rollback.ldf undoes memberships.
rem The export does not hold the list of this object, so what else the group had is unknown.
rem It is not run from here; rollback.ldf, where there is one, undoes the change precisely:
rem   dsacls "DC=contoso,DC=com" /R "CONTOSO\KeyCredential Admins"
exit /b 1
