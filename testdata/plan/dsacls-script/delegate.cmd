@echo off
rem Delegates the unit Sales.
set HELPDESK=CONTOSO\Helpdesk
dsacls "OU=Sales,DC=contoso,DC=com" /R "%HELPDESK%"
dsacls "\\dc1\OU=Sales,DC=contoso,DC=com" /I:S /G "%HELPDESK%:CA;Reset Password;user" "%HELPDESK%:RPWP;lockoutTime;user" >nul
if errorlevel 1 exit /b 1
dsacls "OU=Sales,DC=contoso,DC=com" /G CONTOSO\klund:WD
dsacls "OU=Sales,DC=contoso,DC=com" | findstr /i helpdesk
gpupdate /force
