import { isIP } from "node:net";

/**
 * An IP packet. `payloadBytes` are the bytes above TCP or UDP; `sequence` and `begins` (a SYN without an ACK) are TCP's;
 * `data` is the beginning of the payload, as far as it was captured.
 * @typedef {{
 *   atMs: number,
 *   protocol: "tcp" | "udp" | "icmp" | "icmp6" | `protocol ${number}`,
 *   from: string, fromPort: number, to: string, toPort: number,
 *   payloadBytes: number, sequence: number, begins: boolean, data: Buffer,
 *   icmpType: number,
 * }} Packet
 */

const fileHeaderBytes = 24;
const packetHeaderBytes = 16;
/** The captured devices' own headers, by link type: LINUX_SLL2, LINUX_SLL and Ethernet, with where the protocol is. */
/** @type {Record<number, { bytes: number, protocolAt: number }>} */
const links = {
  276: { bytes: 20, protocolAt: 0 },
  113: { bytes: 16, protocolAt: 14 },
  1: { bytes: 14, protocolAt: 12 },
};
const ipv4 = 0x0800;
const ipv6 = 0x86dd;
/** @type {Record<number, Packet["protocol"]>} */
const protocols = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmp6" };

/**
 * Returns the IP packets in a file that tcpdump has written. Throws if it is another kind of file.
 * @param {Buffer} file
 * @returns {Packet[]}
 */
export function capturedPackets(file) {
  const magic = file.length < fileHeaderBytes ? 0 : file.readUInt32LE(0);
  const link = magic === 0xa1b2c3d4 ? links[file.readUInt32LE(20) & 0xffff] : undefined;
  if (link === undefined) throw new Error("This is no capture in tcpdump's usual format.");
  const packets = [];
  for (let at = fileHeaderBytes; at + packetHeaderBytes <= file.length; ) {
    const [seconds, micros, kept] = [file.readUInt32LE(at), file.readUInt32LE(at + 4), file.readUInt32LE(at + 8)];
    const frame = file.subarray(at + packetHeaderBytes, at + packetHeaderBytes + kept);
    at += packetHeaderBytes + kept;
    if (frame.length < link.bytes) continue;
    const packet = ipPacket(frame.readUInt16BE(link.protocolAt), frame.subarray(link.bytes));
    if (packet !== null) packets.push({ atMs: seconds * 1000 + micros / 1000, ...packet });
  }
  return packets;
}

/**
 * @param {number} kind the Ethernet type
 * @param {Buffer} bytes
 * @returns {Omit<Packet, "atMs"> | null} null for ARP and the like
 */
function ipPacket(kind, bytes) {
  if (kind === ipv4 && bytes.length >= 20) {
    const headBytes = ((bytes[0] ?? 0) & 15) * 4;
    const [from, to] = [bytes.subarray(12, 16).join("."), bytes.subarray(16, 20).join(".")];
    return above(bytes[9] ?? 0, from, to, bytes.subarray(headBytes), bytes.readUInt16BE(2) - headBytes);
  }
  if (kind === ipv6 && bytes.length >= 40) {
    const [from, to] = [address6(bytes.subarray(8, 24)), address6(bytes.subarray(24, 40))];
    const [next, upper, skipped] = withoutHopByHop(bytes[6] ?? 0, bytes.subarray(40));
    return above(next, from, to, upper, bytes.readUInt16BE(4) - skipped);
  }
  return null;
}

/**
 * The only extension header that the packets of a usual program have; others are listed by their number.
 * @param {number} next
 * @param {Buffer} bytes
 * @returns {[number, Buffer, number]}
 */
function withoutHopByHop(next, bytes) {
  if (next !== 0 || bytes.length < 8) return [next, bytes, 0];
  const size = ((bytes[1] ?? 0) + 1) * 8;
  return [bytes[0] ?? 0, bytes.subarray(size), size];
}

/**
 * @param {number} number
 * @param {string} from
 * @param {string} to
 * @param {Buffer} bytes
 * @param {number} length as the packet states it; less may have been captured
 * @returns {Omit<Packet, "atMs">}
 */
function above(number, from, to, bytes, length) {
  const protocol = protocols[number] ?? /** @type {const} */ (`protocol ${number}`);
  const none = { fromPort: 0, toPort: 0, sequence: 0, begins: false, icmpType: -1 };
  const plain = { protocol, from, to, ...none, payloadBytes: Math.max(0, length), data: bytes };
  if (protocol === "icmp" || protocol === "icmp6") return { ...plain, icmpType: bytes[0] ?? -1 };
  const headBytes = protocol === "tcp" ? ((bytes[12] ?? 0) >> 4) * 4 : 8;
  if ((protocol !== "tcp" && protocol !== "udp") || bytes.length < (protocol === "tcp" ? 20 : 8)) return plain;
  return {
    ...plain,
    fromPort: bytes.readUInt16BE(0),
    toPort: bytes.readUInt16BE(2),
    payloadBytes: Math.max(0, length - headBytes),
    data: bytes.subarray(headBytes),
    ...(protocol === "tcp" && { sequence: bytes.readUInt32BE(4), begins: ((bytes[13] ?? 0) & 0x12) === 0x02 }),
  };
}

/** @param {Buffer} bytes */
function address6(bytes) {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  const mapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  return mapped ? bytes.subarray(12).join(".") : groups.join(":");
}

/**
 * Returns whether a packet stays on this machine.
 * @param {string} address as in a `Packet`
 */
export function isLoopback(address) {
  return isIP(address) === 4 ? address.startsWith("127.") : address === "0:0:0:0:0:0:0:1";
}
