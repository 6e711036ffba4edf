// A real child process that speaks the engine's protocol and misbehaves on request: the path passed to `load` names
// what to do. Used where the real engine cannot be made to fail at will. With GGML_SCRIPTED_GATE, the trial of a backend
// writes its process id to a file there and goes on once there is a file "open"; only Vulkan is then usable.
import { existsSync, watch, writeFileSync } from "node:fs";

if (process.argv.includes("--probe")) {
  const gate = process.env.GGML_SCRIPTED_GATE;
  if (gate !== undefined) {
    const backend = process.argv.at(-1);
    writeFileSync(`${gate}/${backend}`, String(process.pid));
    await new Promise((resolve) => {
      const look = () => existsSync(`${gate}/open`) && resolve();
      watch(gate, look);
      look();
    });
    const usable = backend === "vulkan";
    const found = { usable, reason: { code: usable ? "found" : "noDriver" }, devices: usable ? ["Card"] : [] };
    process.stdout.write(`${JSON.stringify({ backend, ...found, software: false, memory: null })}\n`);
    process.exit(0);
  }
  if (process.argv.includes("cuda")) process.kill(process.pid, "SIGSEGV");
  process.stdout.write("driver chatter\n");
  process.exit(0);
}
// A backend whose driver passes its probe and then ends the engine.
if (process.argv.includes("--backend") && process.argv.includes("metal")) process.exit(7);
const send = (report) => process.send(report);
const protocol = Number(process.env.GGML_SCRIPTED_PROTOCOL ?? 10);
const beat = setInterval(() => send({ type: "heartbeat", residentBytes: 1 }), 20);
const info = {
  pid: process.pid,
  nodeVersion: "22",
  libraryVersion: "0",
  llamaRelease: "b0",
  backend: process.argv[process.argv.indexOf("--backend") + 1] ?? "cpu",
  computeCores: 1,
  cpuFeatures: ["AVX2"],
};
const live = {
  thoughtTokens: 2,
  answerTokens: 1,
  thoughtMs: 3,
  prefillTokensPerSecond: null,
  tokensPerSecond: 5,
  tokensPerSecondNow: 2,
  speedSamples: [],
  promptTokens: 9,
  cachedTokens: 4,
  ttftMs: 7,
  elapsedMs: 8,
  memory: { residentBytes: 1, gpuBytes: null },
};

const deeds = {
  echo: (id) => send({ type: "result", id, value: "echo" }),
  twice: (id) => {
    send({ type: "result", id, value: "first" });
    send({ type: "failed", id, problem: { code: "internal", message: "second" } });
    send({ type: "result", id: 99_999, value: "nobody's" });
  },
  garbage: (id) => {
    for (const thing of [
      null,
      7,
      "text",
      {},
      { type: "result" },
      { type: "nonsense", id },
      { type: "failed", id, problem: { code: "no-such-code" } },
    ])
      send(thing);
    send({ type: "result", id, value: "after garbage" });
  },
  exit: () => process.exit(3),
  abort: () => process.abort(),
  memory: () => {
    process.stderr.write("ggml: failed to allocate buffer of size 99\n", () => process.abort());
  },
  hang: () => clearInterval(beat),
  deaf: () => undefined,
  refuse: (id) => send({ type: "failed", id, problem: { code: "model-truncated", detail: "too short" } }),
};

process.on("message", (command) => {
  if (command.type === "shutdown") process.exit(0);
  if (command.type !== "request") return;
  // Any other path loads; a measurement never finishes its first batch and ignores a stop.
  if (command.operation === "load") (deeds[command.params.path] ?? deeds.echo)(command.id);
  if (command.operation !== "generate") return;
  send({ type: "event", id: command.id, event: { kind: "live", live } });
  send({ type: "event", id: command.id, event: { kind: "piece", part: "answer", text: "so far" } });
});
process.on("disconnect", () => process.exit(0));
send({ type: "ready", protocol, info });
