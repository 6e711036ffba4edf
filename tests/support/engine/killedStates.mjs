import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { getLlama } from "node-llama-cpp";

const program = fileURLToPath(new URL("turningWorkbench.mjs", import.meta.url));

/**
 * Runs a workbench that writes replies in two chats, and kills it with its engine this long after its first reply.
 * @param {string} nodePath
 * @param {string} home
 * @param {number} ms
 */
export async function runAndKill(nodePath, home, ms) {
  const child = spawn(nodePath, ["--no-warnings", program, home], {
    stdio: ["ignore", "pipe", "inherit"],
    // The engine is in the same group, so that both die in the same moment.
    detached: true,
  });
  const exited = once(child, "exit");
  let timer;
  for await (const _line of createInterface({ input: child.stdout })) {
    timer ??= setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), ms);
  }
  const [code, signal] = await exited;
  if (signal !== "SIGKILL") throw new Error(`the workbench ended by itself: ${code ?? signal}`);
}

/**
 * Compares each kept state that would be restored with reading its tokens anew. Resolves with how many there are, how
 * many would be refused because their hash is another, how many are not the same when they are saved again, and the
 * largest difference in the probabilities of next tokens. It is not zero, because what is read in other numbers of
 * tokens at a time is rounded differently: `rounding` is the same difference between reading one by one and in batches.
 * @param {string} home
 * @param {string} modelPath
 */
export async function compareStates(home, modelPath) {
  const folder = join(home, "state");
  const llama = await sharedLlama();
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({ contextSize: 2048, batchSize: 128, threads: { ideal: 1, min: 1 } });
  const sequence = context.getSequence();
  const nextTokens = async () => {
    const [result] = await sequence.controlledEvaluate([
      [model.tokenize("W")[0], { generateNext: { probabilities: true } }],
    ]);
    return result.next.probabilities;
  };
  /** @param {number} atATime how many tokens are read at a time */
  const readAnew = async (tokens, atATime) => {
    await sequence.clearHistory();
    for (let at = 0; at < tokens.length; at += atATime) {
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + atATime));
    }
    return await nextTokens();
  };
  let [states, refused, altered, difference, rounding] = [0, 0, 0, 0, 0];
  for (const note of existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : []) {
    const path = join(folder, note.replace(/json$/, "bin"));
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const { sha256 } = JSON.parse(readFileSync(join(folder, note), "utf8"));
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
      refused++;
      continue;
    }
    states++;
    await sequence.clearHistory();
    await sequence.loadStateFromFile(path, { acceptRisk: true });
    const again = join(folder, "again.bin");
    await sequence.saveStateToFile(again);
    if (!readFileSync(again).equals(bytes)) altered++;
    rmSync(again);
    const tokens = sequence.contextTokens;
    const restored = await nextTokens();
    const anew = await readAnew(tokens, 128);
    difference = Math.max(difference, largestDifference(restored, anew));
    rounding = Math.max(rounding, largestDifference(await readAnew(tokens, 1), anew));
  }
  await model.dispose();
  return { states, refused, altered, difference, rounding };
}

/** The difference of the token whose probability differs most. */
function largestDifference(one, other) {
  return [...other].reduce((most, [token, p]) => Math.max(most, Math.abs(p - (one.get(token) ?? 0))), 0);
}

let llama = null;
function sharedLlama() {
  llama ??= getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    maxThreads: 1,
    logLevel: "error",
  });
  return llama;
}
