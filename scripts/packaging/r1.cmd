@echo off
rem The r1 command of the packaged app. It runs on plain Node without Electron.
setlocal
rem Node would load what these name, from anywhere.
set NODE_OPTIONS=
set NODE_PATH=
"%~dp0resources\node\node.exe" "%~dp0resources\app.asar.unpacked\out\cli\r1.js" %*
