import { questionName } from "./dnsMessage.mjs";

/**
 * Something that a process sent, or tried to send, to another machine.
 * @typedef {{ atMs: number, process: string, where: string, name: string | null, sent: boolean }} Contact
 * `where` is an address and a port, or what else was contacted; `name` is the host in a DNS question, if it was one.
 * `sent` is false if a UDP socket was connected without sending anything, which only asks the system for a route.
 */

const localFamilies = new Set(["AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"]);
/** DNS, DNS over TLS, multicast DNS. A query to this machine's own resolver is passed on to the network. */
const namePorts = new Set([53, 853, 5353]);
/** Services on this machine that resolve names for others. */
const nameServices = /sun_path="[^"]*\/(systemd\/resolve|avahi-daemon)\//;
/** nscd also answers queries about users; these types of request are about hosts. */
const hostRequestsOfNscd = new Set([4, 5, 6, 7, 13, 14]);

const line = /^(\d+)(?:<([^>]*)>)? (\d+\.\d+) (\w+)\((.*)$/;
const inetAddress = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/;
const inet6Address = /sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"/;
/** The remote end of a connected socket, as `strace -yy` shows it. */
const connectedTo = /^\d+<(TCP|UDP|UDPLITE|SCTP|DCCP)(?:v6)?:\[.*?->\[?([^\]>]+?)\]?:(\d+)\]>/;

/**
 * Returns the contacts in the output of `strace -f -ttt -yy -x`, in order of time.
 * @param {string} trace
 * @returns {Contact[]}
 */
export function traceContacts(trace) {
  return trace.split("\n").flatMap((text) => {
    const [, pid = "", comm, seconds = "", call = "", rest = ""] = line.exec(text) ?? [];
    const found = call === "" ? null : contactOf(rest);
    if (found === null) return [];
    const sent = !(call === "connect" && /^\d+<UDP/.test(rest));
    return [{ atMs: Number(seconds) * 1000, process: comm ? `${comm} ${pid}` : pid, ...found, sent }];
  });
}

/**
 * @param {string} rest the call's arguments and the text after them
 * @returns {{ where: string, name: string | null } | null} null if it did not leave this machine
 */
function contactOf(rest) {
  const family = /sa_family=(AF_\w+|0x[0-9a-f]+)/.exec(rest)?.[1];
  const target = inetAddress.exec(rest) ?? inet6Address.exec(rest);
  if (target !== null) return beyond(target[2] ?? "", Number(target[1]), rest);
  if (family === undefined) {
    const connected = connectedTo.exec(rest);
    if (connected !== null) return beyond(connected[2] ?? "", Number(connected[3]), rest);
    // For a connected UDP socket, strace may show only one end; the data that is sent then decides.
    const name = /^\d+<UDP/.test(rest) ? nameIn(rest) : null;
    if (name !== null) return { where: "a name server", name };
    return asksNscd(rest) ? { where: "the name service nscd", name: null } : null;
  }
  if (!localFamilies.has(family)) return { where: `an address of another kind (${family})`, name: null };
  return nameServices.test(rest) ? { where: "this machine's name service", name: null } : null;
}

/**
 * @param {string} address
 * @param {number} port
 * @param {string} rest
 */
function beyond(address, port, rest) {
  const asksName = namePorts.has(port);
  if (isThisMachine(address) && !asksName) return null;
  const where = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
  return { where, name: asksName ? nameIn(rest) : null };
}

/** @param {string} address */
function isThisMachine(address) {
  const plain = address.replace(/^::ffff:/i, "");
  return plain.startsWith("127.") || plain === "::1" || plain === "0.0.0.0" || plain === "::";
}

/** @param {string} rest */
function nameIn(rest) {
  for (const bytes of payloads(rest)) {
    const name = questionName(bytes);
    if (name !== null) return name;
  }
  return null;
}

/** @param {string} rest */
function asksNscd(rest) {
  if (!rest.includes("/nscd/socket")) return false;
  return payloads(rest).some((bytes) => bytes.length >= 8 && hostRequestsOfNscd.has(bytes.readUInt32LE(4)));
}

/**
 * Returns the quoted strings of a call as the original bytes.
 * @param {string} rest
 */
function payloads(rest) {
  return [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => unescaped(text));
}

/** @type {Record<string, number>} */
const shortEscapes = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8 };

/** @param {string} text with C's escapes */
function unescaped(text) {
  const bytes = [...text.matchAll(/\\x([0-9a-f]{2})|\\([0-7]{1,3})|\\(.)|([^\\])/g)].map(
    ([, hex, octal, letter, plain]) => {
      if (hex !== undefined) return Number.parseInt(hex, 16);
      if (octal !== undefined) return Number.parseInt(octal, 8);
      if (letter !== undefined) return shortEscapes[letter] ?? letter.charCodeAt(0);
      return (plain ?? "").charCodeAt(0);
    },
  );
  return Buffer.from(bytes);
}
