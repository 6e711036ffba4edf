import { isLoopback } from "./capturedPackets.mjs";
import { reversed, stream } from "./packetContacts.mjs";

/**
 * @typedef {import("./capturedPackets.mjs").Packet} Packet
 * @typedef {{ connections: number, requests: number, sentBytes: number, receivedBytes: number }} Counts
 * @typedef {{ host: string, onTheWire: Counts, inTheRecord: Counts, isEqual: boolean }} Comparison
 * A line of the app's `connections.jsonl`; a later line of the same id replaces an earlier one.
 * @typedef {Counts & { id: string, host: string, startedAt: number }} Recorded
 */

const noCounts = () => ({ connections: 0, requests: 0, sentBytes: 0, receivedBytes: 0 });

/**
 * Compares what was sent with what the app recorded, host by host. A host that only one of them has is listed too.
 * @param {Packet[]} packets of the stages in which the app may connect
 * @param {{ host: string }[]} requests as the hub got them
 * @param {Recorded[]} record
 * @param {{ sink: string, hubHost: string }} names every name leads to the sink, and the app knows one only
 * @returns {Comparison[]}
 */
export function compareRecord(packets, requests, record, { sink, hubHost }) {
  /** @type {Map<string, { onTheWire: Counts, inTheRecord: Counts }>} */
  const hosts = new Map();
  const of = (/** @type {string} */ host) => {
    const known = hosts.get(host) ?? { onTheWire: noCounts(), inTheRecord: noCounts() };
    hosts.set(host, known);
    return known;
  };
  for (const { to, port, sentBytes, receivedBytes } of streams(packets)) {
    const { onTheWire } = of(to === sink ? named(hubHost, port) : `${to}:${port}`);
    onTheWire.connections++;
    onTheWire.sentBytes += sentBytes;
    onTheWire.receivedBytes += receivedBytes;
  }
  for (const { host } of requests) of(host).onTheWire.requests++;
  for (const { host, ...counts } of new Map(record.map((each) => [each.id, each])).values()) {
    const { inTheRecord } = of(host);
    for (const name of countNames) inTheRecord[name] += counts[name];
  }
  return [...hosts].map(([host, { onTheWire, inTheRecord }]) => ({
    host,
    onTheWire,
    inTheRecord,
    isEqual: countNames.every((name) => onTheWire[name] === inTheRecord[name]),
  }));
}

/** @type {(keyof Counts)[]} */
const countNames = ["connections", "requests", "sentBytes", "receivedBytes"];

/** @param {string} host @param {number} port */
const named = (host, port) => (port === 80 ? host : `${host}:${port}`);

/**
 * Returns the connections, with their bytes by their sequence numbers, so that a packet sent twice counts once.
 * @param {Packet[]} packets
 */
function streams(packets) {
  /** @type {Map<string, { to: string, port: number, from: number, sent: number, received: number, answered: number | null }>} */
  const open = new Map();
  for (const packet of packets) {
    if (packet.protocol !== "tcp" || isLoopback(packet.to)) continue;
    const { to, toPort, sequence, payloadBytes, begins } = packet;
    if (begins) {
      const first = (sequence + 1) >>> 0;
      open.set(stream(packet), { to, port: toPort, from: first, sent: 0, received: 0, answered: null });
      continue;
    }
    const ours = open.get(stream(packet));
    // Of packets without bytes, such as the last one of a connection, the number counts more than bytes.
    if (ours !== undefined && payloadBytes > 0) {
      ours.sent = Math.max(ours.sent, ((sequence - ours.from) >>> 0) + payloadBytes);
    }
    const theirs = open.get(stream(reversed(packet)));
    if (theirs === undefined) continue;
    // The first answer is the SYN, whose number is not a byte's.
    if (theirs.answered === null) theirs.answered = (sequence + 1) >>> 0;
    else if (payloadBytes > 0) {
      theirs.received = Math.max(theirs.received, ((sequence - theirs.answered) >>> 0) + payloadBytes);
    }
  }
  return [...open.values()].map(({ to, port, sent, received }) => ({
    to,
    port,
    sentBytes: sent,
    receivedBytes: received,
  }));
}
