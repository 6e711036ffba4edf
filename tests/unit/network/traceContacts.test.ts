import { expect, test } from "vitest";
import { traceContacts } from "../../../scripts/network/traceContacts.mjs";

const stamp = "26586<ThreadPoolForeg> 1795833102.494411";
/** Recorded by strace 6.1 from Electron 33: the question of Chromium's spell checker at a start. */
const question =
  "\\x89\\x2a\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x0a\\x72\\x65\\x64\\x69\\x72\\x65\\x63\\x74\\x6f\\x72" +
  "\\x04\\x67\\x76\\x74\\x31\\x03\\x63\\x6f\\x6d\\x00\\x00\\x1c\\x00\\x01";

function contacts(call: string) {
  return traceContacts(`${stamp} ${call}\n`).map(({ where, name, sent }) => ({ where, name, sent }));
}

test.each([
  [`connect(9<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X77"}, 20) = 0`],
  [`connect(5<NETLINK:[ROUTE:9]>, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 0`],
  [`connect(5<UDP:[1]>, {sa_family=AF_UNSPEC, sa_data="\\0\\0\\0\\0"}, 16) = 0`],
  [`connect(23<TCP:[7]>, {sa_family=AF_INET, sin_port=htons(9222), sin_addr=inet_addr("127.0.0.1")}, 16) = 0`],
  [
    `connect(23<TCPv6:[7]>, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), ` +
      `inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0`,
  ],
  [`sendto(23<TCP:[127.0.0.1:9222->127.0.0.1:4242]>, "hello", 5, MSG_NOSIGNAL, NULL, 0) = 5`],
  [
    `sendmsg(9<UNIX:[89680->89681]>, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="1.2.3.4:53", iov_len=10}]}, 0) = 10`,
  ],
  [
    `sendto(4<UNIX-STREAM:[1->2,"/var/run/nscd/socket"]>, "\\x02\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x02\\x00\\x00\\x00\\x30\\x00", 14, 0, NULL, 0) = 14`,
  ],
])("stays on this machine: %s", (call) => {
  expect(contacts(call)).toEqual([]);
});

test.each([
  [
    `connect(15<TCP:[87979]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("198.51.100.1")}, 16 <unfinished ...>`,
    { where: "198.51.100.1:443", name: null, sent: true },
  ],
  [
    `connect(15<TCPv6:[87979]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), ` +
      `inet_pton(AF_INET6, "2001:db8::7", &sin6_addr), sin6_scope_id=0}, 28) = -1 EINPROGRESS`,
    { where: "[2001:db8::7]:443", name: null, sent: true },
  ],
  // An address alone asks the system for a route; the question that follows is what leaves.
  [
    `connect(20<UDP:[0.0.0.0:13887]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.255.255.53")}, 16) = 0`,
    { where: "10.255.255.53:53", name: null, sent: false },
  ],
  [
    `sendto(20<UDP:[0.0.0.0:13887]>, "${question}", 37, 0, NULL, 0) = 37`,
    { where: "a name server", name: "redirector.gvt1.com", sent: true },
  ],
  // A query to this machine's own resolver is passed on to the network.
  [
    `sendto(20<UDP:[127.0.0.1:1->127.0.0.53:53]>, "${question}", 37, 0, NULL, 0) = 37`,
    { where: "127.0.0.53:53", name: "redirector.gvt1.com", sent: true },
  ],
  [
    `sendmmsg(3<UDP:[127.0.0.1:1->127.0.0.1:53]>, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="${question}", iov_len=37}]}}], 2, MSG_NOSIGNAL) = 2`,
    { where: "127.0.0.1:53", name: "redirector.gvt1.com", sent: true },
  ],
  [
    `sendto(7<UDP:[0.0.0.0:5353]>, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(1900), sin_addr=inet_addr("239.255.255.250")}, 16) = 1`,
    { where: "239.255.255.250:1900", name: null, sent: true },
  ],
  [
    `connect(7<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0`,
    { where: "this machine's name service", name: null, sent: true },
  ],
  [
    `sendto(4<UNIX-STREAM:[1->2,"/var/run/nscd/socket"]>, "\\x02\\x00\\x00\\x00\\x0e\\x00\\x00\\x00\\x08\\x00\\x00\\x00", 12, 0, NULL, 0) = 12`,
    { where: "the name service nscd", name: null, sent: true },
  ],
  [
    `sendto(4<PACKET:[9]>, "x", 1, 0, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_IP)}, 20) = 1`,
    { where: "an address of another kind (AF_PACKET)", name: null, sent: true },
  ],
])("goes beyond this machine: %s", (call, expected) => {
  expect(contacts(call)).toEqual([expected]);
});

test("reports the process and the time; lines without process names, as in older releases, count too", () => {
  const call = `connect(3<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.9")}, 16) = 0`;
  const [named, plain] = traceContacts(`77<node> 10.5 ${call}\n78 11.25 ${call}\n78 12 <... connect resumed>) = 0\n`);
  expect(named).toMatchObject({ process: "node 77", atMs: 10_500 });
  expect(plain).toMatchObject({ process: "78", atMs: 11_250 });
});
