import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const builtEngine = fileURLToPath(new URL("../../out/engine/engine.js", import.meta.url));
/** How a model is loaded unless a benchmark varies it. */
const asUsual = {
  family: "r1",
  chatTemplate: null,
  gpuLayers: 0,
  flashAttention: null,
  kvCacheType: null,
  memoryMapped: null,
};

/**
 * Starts the built engine on the CPU, on the Node that runs the benchmark, and loads a model with these parameters.
 *
 * @param {{ entry?: string, env?: Record<string, string> }} [process]
 */
export async function openBenchEngine(load, { entry = builtEngine, env = {} } = {}) {
  const child = spawn(process.execPath, [entry, "--backend", "cpu"], {
    env: { ...process.env, UV_THREADPOOL_SIZE: "1", GGML_NO_BACKTRACE: "1", ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting = new Map();
  let nextId = 1;
  await new Promise((resolve, reject) => {
    child.once("exit", (code, signal) => reject(new Error(`the engine ended: ${code ?? signal}`)));
    child.on("message", (report) => {
      if (report.type === "ready") resolve(null);
      if (report.type === "result") waiting.get(report.id)?.resolve(report.value);
      if (report.type === "failed") waiting.get(report.id)?.reject(new Error(JSON.stringify(report.problem)));
    });
  });
  const ask = (operation, params) => {
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send({ type: "request", id, operation, params });
    });
  };
  const facts = await ask("load", { ...asUsual, ...load });
  return {
    facts,
    ask,
    /** Runs `work` before all other programs: Linux, as root. */
    async first(work) {
      schedule(child.pid, ["--rr", "--all-tasks", "--pid", "2"]);
      try {
        return await work();
      } finally {
        schedule(child.pid, ["--other", "--all-tasks", "--pid", "0"]);
      }
    },
    memory: () => memoryOf(child.pid),
    close: () =>
      new Promise((resolve) => {
        child.once("exit", resolve);
        child.send({ type: "shutdown" });
      }),
  };
}

function schedule(pid, flags) {
  execFileSync("chrt", [...flags, String(pid)], { stdio: "ignore" });
}

/** Returns a process's memory in bytes, or null where Linux does not tell: its own, and its peak with mapped pages. */
function memoryOf(pid) {
  try {
    const read = (file, key) => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(readFileSync(file, "utf8"))?.[1]);
    const rollup = `/proc/${pid}/smaps_rollup`;
    const [pss, own] = [read(rollup, "Pss"), read(rollup, "Pss_Anon")];
    return { pss: pss * 1024, withoutFiles: own * 1024, peak: read(`/proc/${pid}/status`, "VmHWM") * 1024 };
  } catch {
    return null;
  }
}
