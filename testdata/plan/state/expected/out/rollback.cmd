@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Undoes 01-permissions.cmd as far as dsacls can: it removes all ACEs of a trustee from an
rem object, never a single one. rollback.ldf undoes memberships:
rem   ldifde -i -f rollback.ldf -s DC -h -v -j "C:\logs"
rem These ACEs were removed. dsacls cannot put them back as they were: rollback.ldf
rem puts the whole descriptor back.
rem   (A;CI;RPWP;;;S-1-5-21-1111111111-2222222222-3333333333-4711)
exit /b 1
