import { parentPort, workerData } from "node:worker_threads";
import { toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { HubTransport } from "../hub/HubTransport.ts";
import type {
  DownloadOperations,
  DownloadThreadData,
  FromDownloadThread,
  HubSecrets,
  ToDownloadThread,
} from "./downloadMessages.ts";
import { DownloadQueue } from "./DownloadQueue.ts";
import { RateLimit } from "./RateLimit.ts";

/*
 * The downloads' own thread: hashing and writing a gigabyte a second must not hold up anybody else. It holds no
 * secret longer than a download runs, and asks the workbench for the hub's address and the system's proxies.
 */
const port = parentPort;
if (port === null) throw new Error("This file is a worker.");
const { modelsFolder, bytesPerSecond, reserveBytes, firstRetryMs } = workerData as DownloadThreadData;
const tellEveryMs = 250;
/** A timer this late means that the machine slept. */
const sleptMs = 15_000;

const tell = (message: FromDownloadThread): void => port.postMessage(message);
const asks = new Map<number, (answer: never) => void>();
let nextAsk = 1;

function ask<Answer>(message: (askId: number) => FromDownloadThread): Promise<Answer> {
  const askId = nextAsk++;
  return new Promise((resolve) => {
    asks.set(askId, resolve);
    tell(message(askId));
  });
}

async function openTransport(): Promise<HubTransport> {
  const answer = await ask<HubSecrets | Parameters<typeof toError>[0]>((askId) => ({ type: "askHub", askId }));
  if ("code" in answer) throw toError(answer);
  return new HubTransport({
    ...answer,
    resolveProxy: (url) => ask<string>((askId) => ({ type: "askProxy", askId, url })),
  });
}

let timer: NodeJS.Timeout | null = null;
let toldAt = 0;
/** At most four lists a second, and the last one always. */
function changed(): void {
  timer ??= setTimeout(tellList, Math.max(0, tellEveryMs - (performance.now() - toldAt)));
}

function tellList(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  toldAt = performance.now();
  tell({ type: "changed", downloads: queue.list() });
}

const limit = new RateLimit(bytesPerSecond);
const queue = new DownloadQueue({
  modelsFolder,
  limit,
  reserveBytes,
  firstRetryMs,
  openTransport,
  onChange: changed,
  onArrived: () => {
    // Whoever waits for a model waits no longer than it takes.
    tellList();
    tell({ type: "arrived" });
  },
});
const ready = queue.findLeftOvers();

let tickedAt = Date.now();
const ticking = setInterval(() => {
  const now = Date.now();
  if (now - tickedAt > sleptMs) queue.wake();
  tickedAt = now;
  // Seconds without a byte count up without an event of their own.
  if (queue.isActive) changed();
}, 1000);

type Answers = { [Op in keyof DownloadOperations]: (params: never) => unknown };
const operations: Answers = {
  list: () => queue.list(),
  start: ({ file, acceptUnverified }: Parameters<DownloadOperations["start"]>[0]) =>
    queue.start(file, acceptUnverified),
  pause: ({ downloadId }: { downloadId: string }) => queue.pause(downloadId),
  resume: ({ downloadId }: { downloadId: string }) => queue.resume(downloadId),
  cancel: ({ downloadId }: { downloadId: string }) => queue.cancel(downloadId),
  move: ({ downloadId, position }: { downloadId: string; position: number }) => queue.move(downloadId, position),
  limit: ({ bytesPerSecond: most }: { bytesPerSecond: number | null }) => limit.set(most),
  close: () => queue.close(),
};

port.on("message", (message: ToDownloadThread) => {
  if (message.type !== "command") {
    asks.get(message.askId)?.(message.answer as never);
    asks.delete(message.askId);
    return;
  }
  void answer(message);
});

async function answer({ id, operation, params }: Extract<ToDownloadThread, { type: "command" }>): Promise<void> {
  try {
    await ready;
    const value = await operations[operation](params as never);
    tell({ type: "result", id, value: (value ?? null) as never });
  } catch (error) {
    const known = error instanceof WorkbenchError ? error : toError(toProblem(error));
    tell({ type: "failed", id, problem: toProblem(known) });
  }
  if (operation === "close") {
    clearInterval(ticking);
    if (timer !== null) clearTimeout(timer);
    port?.close();
  }
}
