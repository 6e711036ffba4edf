interface Addressed {
  from: string;
  fromPort: number;
  to: string;
  toPort: number;
}

/** Returns a capture as tcpdump writes it on all interfaces, with these frames of `tcp` and `udp`. */
export function captureFile(frames: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  // LINUX_SLL2
  head.writeUInt32LE(276, 20);
  return Buffer.concat([head, ...frames]);
}

export function udp(atMs: number, { data = Buffer.from("x"), ...address }: Addressed & { data?: Buffer }): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(address.fromPort, 0);
  head.writeUInt16BE(address.toPort, 2);
  return frame(atMs, 17, address, Buffer.concat([head, data]));
}

/** `flags`: S for SYN, A for ACK, F for FIN. */
export function tcp(
  atMs: number,
  { sequence = 0, flags, bytes = 0, ...address }: Addressed & { sequence?: number; flags: string; bytes?: number },
): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(address.fromPort, 0);
  head.writeUInt16BE(address.toPort, 2);
  head.writeUInt32BE(sequence, 4);
  head[12] = 5 << 4;
  head[13] = flags.split("").reduce((sum, flag) => sum | ({ F: 1, S: 2, A: 16 }[flag] ?? 0), 0);
  return frame(atMs, 6, address, Buffer.concat([head, Buffer.alloc(bytes)]));
}

/** Returns a DNS question for a host's IPv4 address. */
export function dnsQuestion(name: string): Buffer {
  const labels = name.split(".").map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, "latin1"));
  return Buffer.concat([Buffer.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]), ...labels, Buffer.from([0, 0, 1, 0, 1])]);
}

/** A packet of IPv4, of which no more than 64 bytes above its header were captured. */
function frame(atMs: number, protocol: number, { from, to }: Addressed, upper: Buffer): Buffer {
  const link = Buffer.alloc(20);
  link.writeUInt16BE(0x0800, 0);
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(20 + upper.length, 2);
  ip[9] = protocol;
  Buffer.from(from.split(".").map(Number)).copy(ip, 12);
  Buffer.from(to.split(".").map(Number)).copy(ip, 16);
  const whole = Buffer.concat([link, ip, upper]);
  const kept = whole.subarray(0, 20 + 20 + 64);
  const head = Buffer.alloc(16);
  head.writeUInt32LE(Math.floor(atMs / 1000), 0);
  head.writeUInt32LE((atMs % 1000) * 1000, 4);
  head.writeUInt32LE(kept.length, 8);
  head.writeUInt32LE(whole.length, 12);
  return Buffer.concat([head, kept]);
}
