@echo off
rem The r1 command of the packaged app. It runs on plain Node without Electron.
"%~dp0resources\node\node.exe" "%~dp0resources\app.asar.unpacked\out\cli\r1.js" %*
