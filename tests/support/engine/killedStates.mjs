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
 * many would be refused because their hash is another, how many are not the same when they are saved again, the largest
 * difference in the probability of a next token, and that of the keys and values, as a share of them. Neither is zero,
 * because what is read in other numbers of tokens at a time is rounded differently: `rounding` has the same two
 * differences between reading one by one and in batches.
 * @param {string} home
 * @param {string} modelPath
 */
export async function compareStates(home, modelPath) {
  const folder = join(home, "state");
  const llama = await sharedLlama();
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  // As the workbench loads it on the CPU: a state can be loaded only with the same.
  const threads = { ideal: 1, min: 1 };
  const context = await model.createContext({ contextSize: 2048, batchSize: 128, flashAttention: false, threads });
  const sequence = context.getSequence();
  const nextTokens = async () => {
    const [result] = await sequence.controlledEvaluate([
      [model.tokenize("W")[0], { generateNext: { probabilities: true } }],
    ]);
    return result.next.probabilities;
  };
  const again = join(folder, "again.bin");
  const saved = async () => {
    await sequence.saveStateToFile(again);
    const bytes = readFileSync(again);
    rmSync(again);
    return bytes;
  };
  /** @param {number} atATime how many tokens are read at a time */
  const readAnew = async (tokens, atATime) => {
    await sequence.clearHistory();
    for (let at = 0; at < tokens.length; at += atATime) {
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + atATime));
    }
    return { state: await saved(), next: await nextTokens() };
  };
  let [states, refused, altered] = [0, 0, 0];
  const difference = { probability: 0, keyValues: 0 };
  const rounding = { probability: 0, keyValues: 0 };
  const compare = (most, one, other) => {
    most.probability = Math.max(most.probability, largestDifference(one.next, other.next));
    most.keyValues = Math.max(most.keyValues, keyValueDifference(one.state, other.state));
  };
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
    if (!(await saved()).equals(bytes)) altered++;
    const tokens = sequence.contextTokens;
    const restored = { state: bytes, next: await nextTokens() };
    const anew = await readAnew(tokens, 128);
    compare(difference, restored, anew);
    compare(rounding, await readAnew(tokens, 1), anew);
  }
  await model.dispose();
  return { states, refused, altered, difference, rounding };
}

/** The difference of the token whose probability differs most. */
function largestDifference(one, other) {
  return [...other].reduce((most, [token, p]) => Math.max(most, Math.abs(p - (one.get(token) ?? 0))), 0);
}

/** The difference of the numbers in two files of state, as a share of them. One wrong token among 500 makes 0.08. */
function keyValueDifference(one, other) {
  if (one.length !== other.length) return 1;
  let [apart, all] = [0, 0];
  // The tokens, which are the same, and where they are. What follows are 16-bit floats, with a few lengths between them.
  for (let at = 12 + 4 * one.readUInt32LE(8); at + 1 < one.length; at += 2) {
    const value = halfFloat(other.readUInt16LE(at));
    if (Math.abs(value) > 100) continue;
    apart += (halfFloat(one.readUInt16LE(at)) - value) ** 2;
    all += value ** 2;
  }
  return Math.sqrt(apart / all);
}

function halfFloat(bits) {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size =
    exponent === 0 ? fraction / 2 ** 24 : exponent === 31 ? 1000 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
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
