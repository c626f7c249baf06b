@echo off
rem dsplan plan, SHA-256 of plan.json: DIGEST-OF-THE-PLAN
rem Undoes 01-permissions.cmd as far as dsacls can: it removes all ACEs of a trustee from an
rem object, never a single one. rollback.ldf undoes memberships:
rem   ldifde -i -f rollback.ldf -s DC -h -v -j "C:\logs"
rem dsacls has no precise way back: rollback.ldf puts the descriptor back.
exit /b 1
