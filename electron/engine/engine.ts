import { type Backend, backends } from "../contract/engine.ts";
import {
  type EngineCommand,
  type EngineReport,
  engineProtocolVersion,
  type InspectAnswer,
} from "../contract/engineProtocol.ts";
import { toProblem } from "../contract/errors.ts";
import { cpuFeatures } from "./cpuFeatures.ts";
import { endInOrder } from "./endInOrder.ts";
import { EngineServer } from "./EngineServer.ts";
import { inspectFile } from "./inspectFile.ts";
import { largePages } from "./largePages.ts";
import { LlamaLog } from "./LlamaLog.ts";
import { openLlama } from "./openLlama.ts";
import { loadOnlyFrom } from "./loadOnlyFrom.ts";
import { packageFolder } from "./packageFolder.ts";
import { watchParent } from "./parentWatch.ts";
import { packagesFrom } from "./packagesFrom.ts";
import { probeBackend } from "./probeBackend.ts";

// The engine's entry point: `engine.js --backend cpu` serves its parent process over IPC. `engine.js --probe cuda` and
// `engine.js --inspect FILE` print one line of JSON about a backend or a model file and exit. With
// `--packages FOLDER`, node-llama-cpp finds the packages there that the app was installed without.

const heartbeatMs = 1000;

function send(report: EngineReport): void {
  // The callback swallows the error that occurs if the parent has just closed the channel.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

function namedBackend(flag: string): Backend | null {
  const at = process.argv.indexOf(flag);
  return at === -1 ? null : (backends.find((backend) => backend === process.argv[at + 1]) ?? null);
}

async function serve(backend: Backend): Promise<void> {
  // A terminal also sends Ctrl+C to this process. The parent decides what it means.
  process.on("SIGINT", () => undefined);
  // Node would open a debugging port on this signal.
  process.on("SIGUSR1", () => undefined);
  const log = new LlamaLog();
  const opening = openLlama(backend, log, (level, text) => send({ type: "log", level, text }));
  let server: EngineServer | null = null;
  const end = endInOrder(async () => {
    const llama = await opening;
    await server?.close();
    await llama.dispose();
  });
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0));
  process.on("uncaughtException", (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    end(1);
  });
  watchParent(() => end(0));
  process.on("message", (command: EngineCommand) => {
    if (command.type === "shutdown") end(0);
    else server?.handle(command);
  });
  const beat = (): void => send({ type: "heartbeat", residentBytes: process.memoryUsage.rss() });
  beat();
  setInterval(beat, heartbeatMs);
  const llama = await opening;
  const { getModuleVersion } = await import("./llamaLibrary.ts");
  const asksForLargePages = largePages();
  server = new EngineServer(llama, log, send);
  send({
    type: "ready",
    protocol: engineProtocolVersion,
    info: {
      pid: process.pid,
      nodeVersion: process.versions.node,
      libraryVersion: await getModuleVersion(),
      llamaRelease: llama.llamaCppRelease.release,
      backend,
      computeCores: llama.cpuMathCores,
      cpuFeatures: cpuFeatures(llama.systemInfo),
      ...(asksForLargePages === undefined ? {} : { largePages: asksForLargePages }),
    },
  });
}

function answerAndEnd(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));
}

async function inspect(path: string): Promise<InspectAnswer> {
  try {
    return { facts: await inspectFile(path) };
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

const ownFolder = packageFolder(import.meta.filename);
if (ownFolder !== null) loadOnlyFrom(ownFolder);
// After the limit, so that it comes first for the packages that the workbench has verified.
const packages = process.argv.indexOf("--packages");
if (packages !== -1) packagesFrom(process.argv[packages + 1] ?? "");
const probed = namedBackend("--probe");
if (probed !== null) {
  answerAndEnd(await probeBackend(probed));
} else if (process.argv[2] === "--inspect") {
  answerAndEnd(await inspect(process.argv[3] ?? ""));
} else {
  await serve(namedBackend("--backend") ?? "cpu");
}
