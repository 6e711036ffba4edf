#!/bin/sh
# Used in place of Electron: runs it with every contact that any of its processes makes written to a file.
set -eu
# shellcheck disable=SC2086
exec strace -f --seccomp-bpf -qq -ttt -yy -x -s 600 $R1_STRACE_OPTIONS -o "$R1_TRACE_FOLDER/$$.trace" \
  -e trace=connect,sendto,sendmsg,sendmmsg "$R1_TRACED" "$@"
