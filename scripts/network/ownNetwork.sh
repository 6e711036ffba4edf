#!/bin/sh
# ownNetwork.sh FOLDER NODE SINK RESOLVER PORTS COMMAND…: runs as root of new network and mount namespaces. Adds an
# interface that looks like a route out, makes every internet address refer to this machine, starts the stand-in
# servers, and runs the command. FOLDER gets stand-in.log and, if tcpdump is installed, packets.pcap with every packet.
set -eu
PATH=$PATH:/usr/sbin:/sbin
folder=$1
node=$2
sink=$3
resolver=$4
ports=$5
shift 5
log=$folder/stand-in.log
ip link set lo up
# The command, which may be an ordinary user's, serves web ports in here.
echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null || true
ip link add out0 type veth peer name in0
ip address add 192.0.2.2/32 dev out0
ip link set out0 up
ip link set in0 up
ip route add local default dev lo
ip route add default dev out0 metric 100
# The machine may not have IPv6.
ip -6 address add 2001:db8::2/128 dev out0 nodad 2>/dev/null || true
ip -6 route add local default dev lo 2>/dev/null || true

# Names are asked of the stand-in alone. This machine's own name services are outside, and would ask for us.
echo "nameserver $resolver" >"$folder/resolv.conf"
mount --bind "$folder/resolv.conf" "$(readlink -f /etc/resolv.conf)"
for service in /run/systemd/resolve /run/nscd /run/avahi-daemon; do
  if [ -d "$service" ]; then mount -t tmpfs none "$service"; fi
done

capture=
# Another run in this folder would have left the line that is waited for.
rm -f "$folder/tcpdump.log" "$folder/tcpdump.pid" "$folder/packets.pcap"
if command -v tcpdump >/dev/null; then
  # tcpdump insists on choosing its groups, which an ordinary user's namespace forbids and which changes nothing there.
  allow=
  if [ "$(cat /proc/self/setgroups)" = deny ]; then
    allow="strace --seccomp-bpf -f -qq -o /dev/null -e trace=setgroups -e inject=setgroups:retval=0"
  fi
  # -Z root: it must not change to a user who cannot write there.
  $allow sh -c 'echo $$ >"$1/tcpdump.pid"; exec tcpdump -i any -n -U --immediate-mode -B 16384 -s 600 -Z root \
    -w "$1/packets.pcap" 2>"$1/tcpdump.log"' sh "$folder" &
  capture=$!
  until grep -qs "listening on" "$folder/tcpdump.log"; do
    kill -0 $capture 2>/dev/null || { cat "$folder/tcpdump.log" >&2; exit 1; }
    sleep 0.05
  done
fi

: >"$log"
"$node" "$(dirname "$0")/standInInternet.mjs" "$sink" "$resolver" "$ports" >"$log" 2>&1 &
servers=$!
trap 'kill $servers $(cat "$folder/tcpdump.pid" 2>/dev/null) 2>/dev/null || true' EXIT
until grep -q '"ready":true' "$log"; do
  kill -0 $servers 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.05
done
code=0
"$@" || code=$?
if [ -n "$capture" ]; then
  # The last packets are still on their way into the file.
  sleep 0.5
  kill -INT "$(cat "$folder/tcpdump.pid")"
  wait $capture || true
fi
exit $code
