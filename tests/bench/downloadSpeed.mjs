// Compares our downloader with curl, in alternating rounds from a hub on this machine. Ours verifies and syncs: it is
// timed from the click to verified, and as `r1 download` from the command's start to its end. curl only writes, so its
// time is given both at its end and after its file has been synced to the disk.
//
//   node tests/bench/downloadSpeed.mjs [--size 2000000000] [--rounds 5] [--slow-size 400000000] [--slow-rounds 3] [--folder DIR] [--runtime ELECTRON]
//
// Build first: npm run build. `--runtime` is the program that runs ours instead of this Node, because the app downloads
// inside Electron. `slow` is the same at 20 MB/s per connection; `curl | sha256sum` shows the cost of hashing.
//
// Before each fast run, the memory that it needs is allocated and freed: a virtual machine returns free memory to its
// host after some seconds, and the next program to need it would wait (here 0.8 instead of 3.3 GB/s into a new file).
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { median } from "./median.mjs";

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "2000000000" },
    rounds: { type: "string", default: "5" },
    "slow-size": { type: "string", default: "400000000" },
    "slow-rounds": { type: "string", default: "3" },
    folder: { type: "string", default: tmpdir() },
    runtime: { type: "string", default: process.execPath },
    /** The process under test: downloads this many bytes of this hub's file, as JSON. */
    ours: { type: "string" },
  },
});
const slowBytesPerSecond = 20_000_000;

if (values.ours !== undefined) await download(JSON.parse(values.ours));
else await compare();

/** Runs the built download thread in a process with nothing else in it. */
async function download({ endpoint, repo, path, folder }) {
  const waits = { firstRetryMs: 1000, stallMs: 30_000, sleptMs: 15_000 };
  const workerPath = fileURLToPath(new URL("../../out/workbench/downloadWorker.js", import.meta.url));
  const network = { isOffline: false, isForced: false };
  const workerData = { modelsFolder: folder, bytesPerSecond: null, reserveBytes: 0, waits, network };
  const worker = new Worker(workerPath, { workerData });
  const call = (id, name, params) => worker.postMessage({ type: "call", id, name, params });
  const answers = { hub: { endpoint, token: null }, proxy: "DIRECT" };
  let status = null;
  let clicked = 0;
  let seconds = 0;
  worker.on("message", ({ type, id, name, params }) => {
    if (type === "result" && id === 1) {
      clicked = performance.now();
      call(2, "start", { file: { repo, revision: "main", path }, acceptUnverified: false });
    } else if (type === "call" && id !== null) {
      worker.postMessage({ type: "result", id, value: answers[name] });
    } else if (name === "changed") {
      status = params.downloads[0]?.status ?? null;
      if (status?.state !== "done" && status?.state !== "failed" && status?.state !== "paused") return;
      seconds = (performance.now() - clicked) / 1000;
      void worker.terminate();
    }
  });
  // In the app, the thread is already running when the user clicks.
  call(1, "list", {});
  await once(worker, "exit");
  const { user, system } = process.cpuUsage();
  process.send({ status, seconds, cpuSeconds: (user + system) / 1e6 });
}

async function compare() {
  const folder = await mkdtemp(join(values.folder, "r1-download-"));
  const hubPath = fileURLToPath(new URL("fastHub.mjs", import.meta.url));
  const hub = fork(hubPath, [values.size, values["slow-size"]], { stdio: "inherit" });
  try {
    const [about] = await once(hub, "message");
    const fast = await alternate({ hub, about, folder, file: about.fast, rounds: Number(values.rounds) });
    const slow = await alternate({
      hub,
      about,
      folder,
      file: about.slow,
      rounds: Number(values["slow-rounds"]),
      bytesPerSecond: slowBytesPerSecond,
    });
    console.log(JSON.stringify({ fast, slow }, null, 2));
  } finally {
    hub.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

async function alternate({ hub, about, folder, file, rounds, bytesPerSecond = null }) {
  const url = `${about.endpoint}/${about.repo}/resolve/${about.commit}/${file.path}`;
  const sides = {
    curl: () => curlToFile(url, join(folder, "curl.gguf")),
    ours: () =>
      ours({ endpoint: about.endpoint, repo: about.repo, path: file.path, folder: join(folder, "models") }, file),
    "r1 download": () => r1Download({ about, file, home: join(folder, "home") }),
    "curl | sha256sum": () => curlToHash(url, file.sha256),
  };
  // The cost of hashing does not depend on the connection's speed.
  if (bytesPerSecond !== null) delete sides["curl | sha256sum"];
  const memoryBytes = bytesPerSecond === null ? file.sizeBytes * 1.2 : 0;
  const samples = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
  for (let round = 1; round <= rounds; round++) {
    // The order changes each round, so that a drift of the machine favours neither side.
    const order = round % 2 === 1 ? Object.keys(sides) : Object.keys(sides).toReversed();
    for (const side of order) {
      await useMemory(folder, memoryBytes);
      const sentBefore = await sentBy(hub, bytesPerSecond);
      const sample = await sides[side]();
      const wastedBytes = (await sentBy(hub, bytesPerSecond)) - sentBefore - file.sizeBytes;
      const perSecond = (seconds) => file.sizeBytes / 1e6 / seconds;
      samples[side].push({
        megabytesPerSecond: perSecond(sample.seconds),
        ...(sample.syncedSeconds === undefined ? {} : { syncedMegabytesPerSecond: perSecond(sample.syncedSeconds) }),
        cpuSecondsPerGigabyte: (sample.cpuSeconds / file.sizeBytes) * 1e9,
        sentInVainMegabytes: wastedBytes / 1e6,
      });
      console.error(`round ${round}  ${side.padEnd(16)}  ${asText(samples[side].at(-1))}`);
    }
  }
  const medians = Object.fromEntries(Object.entries(samples).map(([side, list]) => [side, mediansOf(list)]));
  const ratio = (side, key) =>
    round2(median(samples[side].map((sample, round) => sample.megabytesPerSecond / samples.curl[round][key])));
  const toCurl = (side) => ({
    asItEnds: ratio(side, "megabytesPerSecond"),
    synced: ratio(side, "syncedMegabytesPerSecond"),
  });
  return {
    sizeBytes: file.sizeBytes,
    bytesPerSecondAndConnection: bytesPerSecond,
    rounds,
    medians,
    /** Medians of the ratios of each round. */
    toCurl: { ours: toCurl("ours"), "r1 download": toCurl("r1 download") },
  };
}

/** Sets the connection's speed. Resolves with the number of bytes that the hub has sent so far. */
async function sentBy(hub, bytesPerSecond) {
  hub.send({ bytesPerSecond });
  const [{ bytesSent }] = await once(hub, "message");
  return bytesSent;
}

async function ours(what, { sha256 }) {
  const child = spawn(values.runtime, [fileURLToPath(import.meta.url), "--ours", JSON.stringify(what)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  const [{ status, ...sample }] = await once(child, "message");
  if (status.state !== "done" || status.sha256 !== sha256 || !status.verified) {
    throw new Error(`the download ended as ${JSON.stringify(status)}`);
  }
  await rm(what.folder, { recursive: true, force: true });
  return sample;
}

async function r1Download({ about, file, home }) {
  const r1 = fileURLToPath(new URL("../../out/cli/r1.js", import.meta.url));
  const words = [process.execPath, r1, about.repo, file.path, about.endpoint, home];
  const line = 'HF_ENDPOINT="$5" R1_WORKBENCH_HOME="$6" "$1" "$2" download "$3" "$4" --json 2>/dev/null';
  const { text, ...sample } = await timed(line, words);
  if (!text.includes(file.sha256)) throw new Error("r1 brought something else");
  await rm(home, { recursive: true, force: true });
  return sample;
}

async function useMemory(folder, bytes) {
  const path = join(folder, "memory");
  const file = await open(path, "w");
  const chunk = Buffer.alloc(1024 * 1024, 1);
  for (let at = 0; at < bytes; at += chunk.length) await file.write(chunk);
  await file.close();
  await rm(path);
}

async function curlToFile(url, path) {
  const began = performance.now();
  const { seconds, cpuSeconds } = await timed('curl -sSfL -o "$2" "$1"', [url, path]);
  const file = await open(path, "r+");
  await file.sync();
  await file.close();
  const syncedSeconds = (performance.now() - began) / 1000;
  await rm(path);
  return { seconds, syncedSeconds, cpuSeconds };
}

async function curlToHash(url, sha256) {
  const { text, ...sample } = await timed('curl -sSfL "$1" | sha256sum', [url]);
  if (!text.startsWith(sha256)) throw new Error("curl brought something else");
  return sample;
}

/** Runs a shell line and reads its children's CPU time from the shell. Fails if curl or sha256sum is missing. */
async function timed(line, parameters) {
  const began = performance.now();
  const child = spawn("sh", ["-c", `${line} && times`, "sh", ...parameters], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LC_ALL: "C" },
  });
  const text = (await child.stdout.toArray()).join("");
  if (child.exitCode === null) await once(child, "exit");
  if (child.exitCode !== 0) throw new Error(`"${line}" failed: curl and sha256sum must be installed.`);
  const seconds = (performance.now() - began) / 1000;
  // The last line is the children's "user system" time, such as 0m1.250000s 0m0.730000s.
  const costs = [...(text.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  return { seconds, text, cpuSeconds: costs.reduce((sum, [, minutes, rest]) => sum + minutes * 60 + Number(rest), 0) };
}

function mediansOf(list) {
  const keys = Object.keys(list[0] ?? {});
  return Object.fromEntries(keys.map((key) => [key, round2(median(list.map((sample) => sample[key])))]));
}

function round2(value) {
  return Math.round(value * 100) / 100;
}

function asText(sample) {
  const { megabytesPerSecond, syncedMegabytesPerSecond, cpuSecondsPerGigabyte, sentInVainMegabytes } = sample;
  const synced = syncedMegabytesPerSecond === undefined ? "" : ` (${syncedMegabytesPerSecond.toFixed(0)} synced)`;
  return (
    `${megabytesPerSecond.toFixed(0)} MB/s${synced}, ${cpuSecondsPerGigabyte.toFixed(2)} CPU s/GB, ` +
    `${sentInVainMegabytes.toFixed(1)} MB sent in vain`
  );
}
