import { expect, test } from "vitest";
import { capturedPackets, type Packet } from "../../../scripts/network/capturedPackets.mjs";
import { judgeProof, type ProofRun } from "../../../scripts/network/judgeProof.mjs";
import { packetContacts } from "../../../scripts/network/packetContacts.mjs";
import { plantedByPage, plantedByProof } from "../../../scripts/network/plantedByProof.mjs";
import { proofTable } from "../../../scripts/network/proofTable.mjs";
import { captureFile, dnsQuestion, tcp, udp } from "../../support/captureFile.ts";

const sink = "198.51.100.1";
const resolver = "198.51.100.53";
const names = { sink, hubHost: "hub.example" };
const at = { chat: 1000, download: 2000, planted: 3000 };

/** A connection from the sink's own address, as in the namespace: a request of 100 bytes, and 900 back. */
function connection(atMs: number, port: number, from = 40_000): Buffer[] {
  const there = { from: sink, fromPort: from, to: sink, toPort: port };
  const back = { from: sink, fromPort: port, to: sink, toPort: from };
  return [
    tcp(atMs, { ...there, sequence: 4_294_967_295, flags: "S" }),
    tcp(atMs + 1, { ...back, sequence: 500, flags: "SA" }),
    tcp(atMs + 2, { ...there, sequence: 0, flags: "A", bytes: 100 }),
    // Sent twice, as after a loss.
    tcp(atMs + 3, { ...there, sequence: 0, flags: "A", bytes: 100 }),
    tcp(atMs + 4, { ...back, sequence: 501, flags: "A", bytes: 900 }),
    tcp(atMs + 5, { ...there, sequence: 100, flags: "FA" }),
    tcp(atMs + 6, { ...back, sequence: 1401, flags: "FA" }),
  ];
}

function question(atMs: number, name: string): Buffer {
  return udp(atMs, { from: resolver, fromPort: 40_001, to: resolver, toPort: 53, data: dnsQuestion(name) });
}

const planted = [
  question(at.planted, plantedByProof.question),
  udp(at.planted, { from: "192.0.2.2", fromPort: 9000, to: plantedByProof.packet, toPort: 9 }),
  tcp(at.planted, { from: "192.0.2.2", fromPort: 9001, to: plantedByProof.connection, toPort: 443, flags: "S" }),
  ...connection(at.planted, 80, 41_000),
  ...Object.values(plantedByPage).map((name) => question(at.planted, name)),
];
const download = [question(at.download, "hub.example"), ...connection(at.download, 80)];
const hubRequest = { host: "hub.example", method: "GET", url: "/owner/model" };
const recorded = {
  id: "1",
  host: "hub.example",
  startedAt: at.download,
  connections: 1,
  requests: 1,
  sentBytes: 100,
  receivedBytes: 900,
};

function run(frames: Buffer[], change: Partial<ProofRun> = {}) {
  const stages = Object.entries({ "first start": 0, chat: 1000, "download by r1": 2000, planted: 3000, end: 4000 });
  return judgeProof(
    {
      stages: stages.map(([stage, atMs]) => ({ stage, atMs })),
      notes: [{ requests: [hubRequest] }],
      reached: [],
      packets: capturedPackets(captureFile(frames)),
      record: [{ ...recorded, connections: 0, requests: 0, sentBytes: 0, receivedBytes: 0 }, recorded],
      ...change,
    },
    names,
  );
}

test("it is proven if only the downloads left, and the record has exactly those", () => {
  const verdict = run([...download, ...planted]);
  expect(verdict).toMatchObject({ isRight: true, packets: 0, questions: 0, faults: [], seesAll: true });
  const counts = { connections: 1, requests: 1, sentBytes: 100, receivedBytes: 900 };
  expect(verdict.downloads).toEqual([{ host: "hub.example", onTheWire: counts, inTheRecord: counts, isEqual: true }]);
  expect(proofTable(verdict)).toContain("GET hub.example/owner/model");
  expect(proofTable(verdict)).toMatch(/\nProven: [^\n]+\.$/);
});

test("a question, a packet or a connection anywhere else is found, with its stage", () => {
  for (const [frame, questions] of [
    [question(at.chat, "tracker.example"), 1],
    [udp(at.chat, { from: "192.0.2.2", fromPort: 9000, to: "203.0.113.9", toPort: 4000 }), 0],
    [tcp(at.chat, { from: "192.0.2.2", fromPort: 9000, to: "203.0.113.9", toPort: 443, flags: "S" }), 0],
    // Also a question to this machine's own resolver, which would pass it on.
    [
      udp(at.chat, { from: "127.0.0.1", fromPort: 9000, to: "127.0.0.53", toPort: 53, data: dnsQuestion("a.example") }),
      1,
    ],
  ] as const) {
    const verdict = run([frame, ...download, ...planted]);
    expect(verdict).toMatchObject({ isRight: false, isQuiet: false, packets: 1, questions });
    expect(verdict.stages.filter(({ contacts }) => contacts.length > 0).map(({ stage }) => stage)).toEqual(["chat"]);
    expect(proofTable(verdict)).toMatch(/\nNot proven: see above\.$/);
  }
});

test("what the stand-in saw counts even if no packet shows it", () => {
  const seen = { atMs: at.chat, process: "any", where: resolver, name: "tracker.example", sent: true };
  expect(run([...download, ...planted], { reached: [seen] })).toMatchObject({ isRight: false, isQuiet: false });
});

test.each<[string, Buffer[], Partial<ProofRun>]>([
  ["a connection that is not in the record", connection(at.download + 50, 80, 40_100), {}],
  ["a connection to another host", connection(at.download + 50, 8443, 40_100), {}],
  ["another name that was asked for", [question(at.download, "tracker.example")], {}],
  ["a request that is not in the record", [], { notes: [{ requests: [hubRequest, hubRequest] }] }],
  ["a request that is no download", [], { notes: [{ requests: [{ ...hubRequest, method: "POST" }] }] }],
  [
    "a datagram beside a connection, as QUIC sends it",
    [udp(at.download + 50, { from: "192.0.2.2", fromPort: 9000, to: "203.0.113.200", toPort: 443 })],
    {},
  ],
  ["a byte too few in the record", [], { record: [{ ...recorded, receivedBytes: 899 }] }],
  [
    "a recorded connection that nothing shows",
    [],
    { record: [recorded, { ...recorded, id: "2", host: "else.example" }] },
  ],
  ["a connection recorded outside the downloads", [], { record: [{ ...recorded, startedAt: at.chat }] }],
  ["an empty record", [], { record: [] }],
])("%s is found", (_what, more, change) => {
  const verdict = run([...download, ...more, ...planted], change);
  expect(verdict).toMatchObject({ isRight: false, isQuiet: true });
  expect(verdict.faults).not.toEqual([]);
  expect(proofTable(verdict)).toContain(verdict.faults[0]);
});

test("nothing is proven if a planted contact was missed, or nothing was downloaded", () => {
  const frames = [1, 1, 1, 7, ...Object.values(plantedByPage).map(() => 1)];
  let first = 0;
  for (const count of frames) {
    expect(run([...download, ...planted.toSpliced(first, count)])).toMatchObject({ isRight: false, seesAll: false });
    first += count;
  }
  expect(first).toBe(planted.length);
  expect(run(planted, { record: [], notes: [] })).toMatchObject({ isRight: false, isQuiet: true });
});

test("answers, this machine's own traffic and the system's housekeeping are not contacts", () => {
  const there = { from: "192.0.2.2", fromPort: 9000, to: "203.0.113.9", toPort: 4000 };
  const back = { from: there.to, fromPort: there.toPort, to: there.from, toPort: there.fromPort };
  const own = { from: "127.0.0.1", fromPort: 1, to: "127.0.0.1", toPort: 2 };
  const packets = capturedPackets(
    captureFile([udp(1, there), udp(2, back), udp(3, own), tcp(4, { ...own, flags: "S" })]),
  );
  const neighbour: Packet = { ...(packets[0] as Packet), protocol: "icmp6", to: "ff02:0:0:0:0:0:0:2", icmpType: 133 };
  expect(packetContacts([...packets, neighbour])).toHaveLength(1);
});

test("another kind of file is refused", () => {
  for (const file of [Buffer.alloc(0), Buffer.alloc(100), Buffer.from("\n\r\r\n and more of a pcapng file")]) {
    expect(() => capturedPackets(file)).toThrow("no capture");
  }
});
