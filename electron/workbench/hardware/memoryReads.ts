import { isMainThread, Worker, workerData } from "node:worker_threads";
import { sumModule } from "./sumModule.ts";
import { webAssembly } from "./webAssembly.ts";

// The entry point of a temporary Node process: `memoryReads.js THREADS BYTES` reads that many bytes, shared among
// threads that start together, repeatedly for 1.5 s, and prints the bytes per second of each pass as one line of JSON.

const pageBytes = 65_536;
const limitMs = 1500;
const fewestPasses = 3;
const mostPasses = 30;

interface ThreadData {
  /** Two numbers: the pass that may run, and how often a thread was ready for the next one. */
  signs: Int32Array;
  bytes: number;
}

if (isMainThread) measure(Number(process.argv[2]), Number(process.argv[3]));
else readOnSigns(workerData as ThreadData);

function measure(threads: number, bytes: number): void {
  const signs = new Int32Array(new SharedArrayBuffer(8));
  const each = Math.max(1, Math.floor(bytes / threads / pageBytes)) * pageBytes;
  for (let thread = 0; thread < threads; thread++) {
    const worker = new Worker(new URL(import.meta.url), { workerData: { signs, bytes: each } satisfies ThreadData });
    worker.on("error", () => process.exit(1));
  }
  waitUntilReady(signs, threads);
  const samples: number[] = [];
  const start = performance.now();
  while (samples.length < fewestPasses || (samples.length < mostPasses && performance.now() - start < limitMs)) {
    const passStart = performance.now();
    Atomics.add(signs, 0, 1);
    Atomics.notify(signs, 0);
    waitUntilReady(signs, threads * (samples.length + 2));
    samples.push((each * threads * 1000) / (performance.now() - passStart));
  }
  process.stdout.write(`${JSON.stringify(samples)}\n`, () => process.exit(0));
}

function waitUntilReady(signs: Int32Array, wanted: number): void {
  for (let ready = Atomics.load(signs, 1); ready < wanted; ready = Atomics.load(signs, 1))
    Atomics.wait(signs, 1, ready);
}

function readOnSigns({ signs, bytes }: ThreadData): void {
  const { exports } = new webAssembly.Instance(new webAssembly.Module(sumModule()));
  const { m: memory, s: sum } = exports;
  memory.grow(bytes / pageBytes - 1);
  // Pages that were never written all share one page of zeros.
  new Uint8Array(memory.buffer).fill(1);
  for (let pass = 0; ; pass++) {
    Atomics.add(signs, 1, 1);
    Atomics.notify(signs, 1);
    Atomics.wait(signs, 0, pass);
    sum(0, bytes);
  }
}
