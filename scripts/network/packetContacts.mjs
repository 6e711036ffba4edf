import { questionName } from "./dnsMessage.mjs";
import { isLoopback } from "./capturedPackets.mjs";

/**
 * @typedef {import("./capturedPackets.mjs").Packet} Packet
 * @typedef {import("./traceContacts.mjs").Contact} Contact
 */

/** DNS, DNS over TLS, multicast DNS. A question to this machine's own resolver would be passed on to the network. */
const namePorts = new Set([53, 853, 5353]);
/** The name of what sends the first packet of a connection, or another one of TCP. */
export const tcpPacket = "a packet, tcp";
/** The system itself sends these on every interface with IPv6: it looks for routers and neighbours, and joins groups. */
const isHousekeeping = (/** @type {Packet} */ { protocol, icmpType }) =>
  protocol === "icmp6" && ((icmpType >= 130 && icmpType <= 136) || icmpType === 143);

/**
 * Returns what was sent beyond this machine: every packet but those to its own addresses, and every question for a name.
 * Answers of the stand-in are not listed.
 * @param {Packet[]} packets
 * @returns {Contact[]}
 */
export function packetContacts(packets) {
  const begun = new Set(packets.filter(({ begins }) => begins).map(stream));
  /** @type {Set<string>} */
  const asked = new Set();
  return packets.flatMap((packet) => {
    const { atMs, protocol, to, toPort } = packet;
    const asks = namePorts.has(toPort);
    if ((isLoopback(to) && !asks) || isHousekeeping(packet)) return [];
    // What comes back: of a connection, or from a port that was sent to before.
    if (protocol === "tcp" ? begun.has(stream(reversed(packet))) : asked.has(stream(reversed(packet)))) return [];
    asked.add(stream(packet));
    const where = `${to.includes(":") ? `[${to}]` : to}${toPort === 0 ? "" : `:${toPort}`}`;
    const name = asks ? questionName(packet.data) : null;
    return [{ atMs, process: `a packet, ${protocol}`, where, name, sent: true }];
  });
}

/** @param {Pick<Packet, "protocol" | "from" | "fromPort" | "to" | "toPort">} packet */
export function stream({ protocol, from, fromPort, to, toPort }) {
  return `${protocol} ${from} ${fromPort} ${to} ${toPort}`;
}

/**
 * Returns the addresses of the packets that answer this one.
 * @param {Packet} packet
 */
export function reversed({ protocol, from, fromPort, to, toPort }) {
  return { protocol, from: to, fromPort: toPort, to: from, toPort: fromPort };
}
