#!/bin/sh
# ownNetwork.sh LOG NODE COMMAND…: runs as root of a new network namespace. Adds an interface that looks like a route
# out, makes every internet address refer to this machine, starts the stand-in servers, and runs the command.
set -eu
PATH=$PATH:/usr/sbin:/sbin
log=$1
node=$2
shift 2
ip link set lo up
ip link add out0 type veth peer name in0
ip address add 192.0.2.2/24 dev out0
ip link set out0 up
ip link set in0 up
ip route add local default dev lo
ip route add default via 192.0.2.1 dev out0 metric 100
# The machine may not have IPv6.
ip -6 address add 2001:db8::2/64 dev out0 nodad 2>/dev/null || true
ip -6 route add local default dev lo 2>/dev/null || true

: >"$log"
"$node" "$(dirname "$0")/standInInternet.mjs" >"$log" 2>&1 &
servers=$!
trap 'kill $servers 2>/dev/null || true' EXIT
until grep -q '"ready":true' "$log"; do
  kill -0 $servers 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.05
done
"$@"
