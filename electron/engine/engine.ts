import { type Backend, backends } from "../contract/engine.ts";
import { type EngineCommand, type EngineReport, engineProtocolVersion } from "../contract/engineProtocol.ts";
import { EngineServer } from "./EngineServer.ts";
import { LlamaLog } from "./LlamaLog.ts";
import { openLlama } from "./openLlama.ts";
import { watchParent } from "./parentWatch.ts";
import { probeBackend } from "./probeBackend.ts";

// The engine's entry: `engine.js --backend cpu` serves its parent over IPC, `engine.js --probe cuda` prints one
// line of JSON about one backend and ends.

const heartbeatMs = 1000;

function send(report: EngineReport): void {
  // The callback takes the error of a channel that the parent has just closed.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

function namedBackend(flag: string): Backend | null {
  const at = process.argv.indexOf(flag);
  return at === -1 ? null : (backends.find((backend) => backend === process.argv[at + 1]) ?? null);
}

async function serve(backend: Backend): Promise<void> {
  // A terminal sends Ctrl+C to us as well; what it means is the parent's to decide.
  process.on("SIGINT", () => undefined);
  watchParent();
  const beat = (): void => send({ type: "heartbeat", residentBytes: process.memoryUsage.rss() });
  beat();
  setInterval(beat, heartbeatMs);
  const log = new LlamaLog();
  const llama = await openLlama(backend, log, (level, text) => send({ type: "log", level, text }));
  const { getModuleVersion } = await import("node-llama-cpp");
  const server = new EngineServer(llama, log, send);
  process.on("message", (command: EngineCommand) => server.handle(command));
  send({
    type: "ready",
    protocol: engineProtocolVersion,
    info: {
      pid: process.pid,
      nodeVersion: process.versions.node,
      libraryVersion: await getModuleVersion(),
      llamaRelease: llama.llamaCppRelease.release,
      backend,
      threads: llama.cpuMathCores,
    },
  });
}

const probed = namedBackend("--probe");
if (probed !== null) {
  process.stdout.write(`${JSON.stringify(await probeBackend(probed))}\n`, () => process.exit(0));
} else {
  await serve(namedBackend("--backend") ?? "cpu");
}
