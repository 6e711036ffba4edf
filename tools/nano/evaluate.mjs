// Answer held-out questions with the GGUF file through node-llama-cpp and count the exact answers.
// usage: node evaluate.mjs MODEL.gguf QUESTIONS.jsonl [--temperature 0.6] [--limit 500] [--show 2]
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { getLlama } from "node-llama-cpp";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    temperature: { type: "string", default: "0" },
    limit: { type: "string", default: "500" },
    show: { type: "string", default: "0" },
  },
});
const [modelPath, questionsPath] = positionals;
const temperature = Number(options.temperature);
const CONTEXT_TOKENS = 2048;
const SLACK_TOKENS = 50; // beyond the expected length; whoever writes more is wrong already
const END_OF_THOUGHT = "</think>\n\n";

/** The first `limit` questions of every family in every setting. */
function readQuestions(path, limit) {
  const taken = new Map();
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ family, setting }) => {
      const key = `${setting} ${family}`;
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return taken.get(key) <= limit;
    });
}

/** What the model writes after a prompt, at most `longest` tokens, special ones included, without its end token. */
async function complete(model, sequence, prompt, longest, seed) {
  const tokens = model.tokenize(prompt, true);
  await sequence.clearHistory();
  const written = [];
  const sampling = { temperature, topP: 0.95, topK: 0, minP: 0, seed };
  for await (const token of sequence.evaluate(tokens, sampling)) {
    written.push(token);
    if (written.length >= longest || tokens.length + written.length >= CONTEXT_TOKENS) break;
  }
  return { text: model.detokenize(written, true), tokens: written.length };
}

const llama = await getLlama({ build: "never", gpu: false, maxThreads: 1 });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: CONTEXT_TOKENS, batchSize: 512 });
const questions = readQuestions(questionsPath, Number(options.limit));
const scores = new Map();
const started = Date.now();
let written = 0;

// One sequence: with several side by side, the same file gave wrong tokens in one answer of ten.
const sequence = context.getSequence();
for (const [seed, { family, setting, prompt, thought, answer }] of questions.entries()) {
  const longest = Buffer.byteLength(thought + answer) + SLACK_TOKENS;
  const { text, tokens } = await complete(model, sequence, prompt, longest, seed);
  const given = text.slice(text.includes(END_OF_THOUGHT) ? text.indexOf(END_OF_THOUGHT) + END_OF_THOUGHT.length : 0);
  const key = `${setting} ${family}`;
  const score = scores.get(key) ?? { exact: 0, asked: 0 };
  score.asked += 1;
  score.exact += given === answer ? 1 : 0;
  written += tokens;
  scores.set(key, score);
  if (given !== answer && score.asked - score.exact <= Number(options.show)) {
    console.log(JSON.stringify({ key, prompt: prompt.slice(-160), text, thought, answer }, null, 1));
  }
}

console.log(`${modelPath}, temperature ${temperature}${temperature ? ", top-p 0.95" : ""}`);
for (const [key, { exact, asked }] of scores) {
  console.log(`${key.padEnd(32)} ${String(exact).padStart(4)} of ${asked} ${((100 * exact) / asked).toFixed(1).padStart(6)} %`);
}
const seconds = (Date.now() - started) / 1000;
console.log(`${written} tokens written in ${seconds.toFixed(0)} s`);
await llama.dispose();
