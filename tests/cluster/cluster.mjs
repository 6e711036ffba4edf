// `npm run test:cluster`: spreads a model over two workers on this machine, chats with it through the app, ends a worker in
// the middle of a reply, has a program use it through the app as a server, and prints what happened. By hand, because it first builds llama-server, which takes minutes.
// Options: --model FILE (default: R1 Nano), --programs FOLDER with llama-server and ggml-rpc-server.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import OpenAI from "openai";
import { ensureBuilt } from "../../scripts/setup/built.mjs";
import { ensureDependencies } from "../../scripts/setup/dependencies.mjs";
import { requireNodeVersion } from "../../scripts/setup/nodeVersion.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { runScript } from "../../scripts/setup/runScript.mjs";
import { buildPrograms } from "./buildPrograms.mjs";
import { Running } from "./Running.mjs";

const { values } = parseArgs({ options: { model: { type: "string" }, programs: { type: "string" } } });
const r1 = join(root, "out", "cli", "r1.js");
const question = "Explain in detail why the sky is blue.";
const shortTokens = 40;
/** So many that a worker can be ended in the middle. */
const longTokens = 2000;

/** @type {Running[]} */
const started = [];

await runScript(async () => {
  requireNodeVersion();
  await ensureDependencies();
  await ensureBuilt();
  const programs = await buildPrograms(values.programs === undefined ? null : resolve(values.programs));
  const home = await mkdtemp(join(tmpdir(), "r1-cluster-"));
  try {
    await tell({ ...programs, home });
    return 0;
  } finally {
    for (const running of started) running.child.kill("SIGKILL");
    await Promise.all(started.map(({ ended }) => ended));
    await rm(home, { recursive: true, force: true });
  }
});

/** @param {import("./buildPrograms.mjs").Programs & { home: string }} options */
async function tell({ server, worker, version, home }) {
  const model = values.model === undefined ? join(root, "resources", "models", await nano()) : resolve(values.model);
  console.log(`llama.cpp ${version}, ${basename(model)}, two workers on 127.0.0.1`);
  const ports = [await freePort(), await freePort()];
  const workers = await Promise.all(ports.map((port) => startWorker(worker, port)));
  const addresses = ports.map((port) => ["--worker", `127.0.0.1:${port}`]).flat();

  // The key of the server is handed over as people do it: in the environment.
  const env = { ...process.env, R1_WORKBENCH_HOME: home, LANG: "en_US.UTF-8", LC_ALL: "" };
  const serving = start(
    process.execPath,
    [r1, "llama-server", "--program", server, "--model", model, ...addresses],
    env,
  );
  await serving.until(({ stdout }) => /^Key: .+$/m.test(stdout));
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(serving.stdout)?.[0] ?? "";
  const key = /^Key: (.+)$/m.exec(serving.stdout)?.[1] ?? "";
  console.log("\n1. llama-server, run by the app with both workers, is ready.");

  const withKey = { ...env, R1_CLUSTER_KEY: key };
  await done(["servers", "add", "cluster", `${url}/v1`, "--key-env", "R1_CLUSTER_KEY"], withKey);
  const tested = JSON.parse(await done(["servers", "test", "cluster", "--json"], withKey));
  console.log(`\n2. “r1 servers test”: ${JSON.stringify(tested)}`);
  const id = modelOf(JSON.parse(await done(["models", "--json"], withKey)));

  const chat = (/** @type {number} */ tokens) => ["chat", "--model", id, "--max-tokens", String(tokens)];
  console.log("\n3. A reply through the app:");
  console.log(indented(await said([...chat(shortTokens), "--json", question], withKey)));

  const writing = start(process.execPath, [r1, ...chat(longTokens), question], withKey);
  const text = () => `${writing.stdout}${writing.stderr}`;
  await writing.until(() => text().length > 20);
  const ended = Date.now();
  await workers[1].kill("SIGKILL");
  console.log(`\n4. The second worker was ended after ${text().length} characters of the next reply.`);
  console.log(
    `   r1 chat: ${await writing.ended}, ${((Date.now() - ended) / 1000).toFixed(1)} s later. Its last lines:`,
  );
  console.log(indented(text().trim().split("\n").slice(-3).join("\n")));

  // It is started again after 1, 2 and 4 s, and needs its worker for that.
  await startWorker(worker, ports[1]);
  await serving.until(({ stderr }) => /ended by itself[^]*is ready/.test(stderr)).catch(() => undefined);
  console.log(`\n5. The worker was started again. What the app said of llama-server, ${await stateOf(serving)}:`);
  console.log(indented(serving.stderr.trim()));
  console.log("\n6. The same question again:");
  console.log(indented(await said([...chat(shortTokens), "--json", question], withKey)));
  await passedOn(id, withKey);
}

/**
 * Has OpenAI’s client use the server’s model through the app as a server.
 * @param {string} model its id
 * @param {NodeJS.ProcessEnv} env
 */
async function passedOn(model, env) {
  const serving = start(process.execPath, [r1, "serve", "--port", String(await freePort())], env);
  await serving.until(({ stdout }) => /^\{.*\}$/m.test(stdout));
  const { url, key } = JSON.parse(/^\{.*\}$/m.exec(serving.stdout)?.[0] ?? "{}");
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
  const messages = /** @type {OpenAI.ChatCompletionMessageParam[]} */ ([{ role: "user", content: "What is 2 + 3?" }]);
  console.log("\n7. The client of OpenAI, through the app as a server:");
  const listed = (await openai.models.list()).data.find(({ id }) => id === model);
  console.log(indented(`listed: ${JSON.stringify(listed)}`));

  const whole = await openai.chat.completions.create({ model, messages, max_tokens: shortTokens, seed: 1 });
  console.log(indented(`whole: ${JSON.stringify(whole)}`));

  const stream_options = { include_usage: true };
  const stream = await openai.chat.completions.create({
    model,
    messages,
    max_tokens: 200,
    stream: true,
    stream_options,
  });
  const texts = { reasoning_content: "", content: "" };
  let last = {};
  for await (const chunk of stream) {
    for (const part of /** @type {const} */ (["reasoning_content", "content"])) {
      texts[part] += /** @type {Record<string, string>} */ (chunk.choices[0]?.delta ?? {})[part] ?? "";
    }
    last = chunk;
  }
  console.log(indented(`stream: ${JSON.stringify({ ...texts, last })}`));

  const schema = {
    type: "object",
    properties: { sum: { type: "integer" } },
    required: ["sum"],
    additionalProperties: false,
  };
  const response_format = /** @type {const} */ ({ type: "json_schema", json_schema: { name: "sum", schema } });
  const formed = await openai.chat.completions.create({ model, messages, max_tokens: 400, response_format });
  console.log(indented(`with a schema: ${JSON.stringify(formed.choices[0])}`));

  const leaving = new AbortController();
  const long = { model, messages: [{ role: "user", content: question }], max_tokens: longTokens, stream: true };
  const left = await openai.chat.completions.create(/** @type {any} */ (long), { signal: leaving.signal });
  const begun = Date.now();
  let pieces = 0;
  await (async () => {
    for await (const _ of /** @type {any} */ (left)) if (++pieces === 10) leaving.abort();
  })().catch(() => undefined);
  await openai.chat.completions.create({ model, messages, max_tokens: 1 });
  console.log(
    indented(`left after ${pieces} pieces; the next reply came ${Date.now() - begun} ms after the first began`),
  );

  const tooLong = "x ".repeat(20_000);
  const failure = await openai.chat.completions.create({ model, messages: [{ role: "user", content: tooLong }] }).then(
    () => "answered",
    (/** @type {Error} */ error) => error.message,
  );
  console.log(indented(`too long: ${failure}`));
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function start(program, args, env) {
  const running = new Running(program, args, env);
  started.push(running);
  return running;
}

/**
 * Resolves once the worker accepts connections: what it prints is kept back while nobody reads it.
 * @param {string} program
 * @param {number} port
 */
async function startWorker(program, port) {
  const worker = start(program, ["--host", "127.0.0.1", "--port", String(port)]);
  while (worker.isRunning && !(await accepts(port))) await setTimeout(100);
  if (!worker.isRunning) throw new Error(`The worker ended: ${await worker.ended}\n${worker.stderr}`);
  return worker;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (/** @type {boolean} */ isOpen) => resolve((socket.destroy(), isOpen));
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}

/**
 * Resolves with what `r1` wrote. Rejects if it fails.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function done(args, env) {
  const running = start(process.execPath, [r1, ...args], env);
  const how = await running.ended;
  if (how !== "exit code 0") throw new Error(`r1 ${args.join(" ")}: ${how}\n${running.stdout}${running.stderr}`);
  return running.stdout;
}

/**
 * Resolves with what `r1` wrote, also if it failed: a model of random weights writes what llama-server may not understand.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function said(args, env) {
  const running = start(process.execPath, [r1, ...args], env);
  const how = await running.ended;
  return `${how}: ${running.stdout.trim().slice(0, 600)}`;
}

/** @param {Running} running */
async function stateOf(running) {
  return running.isRunning ? "which runs" : `which ended with ${await running.ended}`;
}

/** @param {string} text */
function indented(text) {
  return text.replaceAll(/^/gm, "   ");
}

/** @param {{ id: string, source?: string }[]} models */
function modelOf(models) {
  const found = models.find(({ id }) => id.includes("@"));
  if (found === undefined) throw new Error(`The server's model is not listed: ${JSON.stringify(models)}`);
  return found.id;
}

async function nano() {
  const [file] = (await readdir(join(root, "resources", "models"))).filter((name) => name.endsWith(".gguf"));
  if (file === undefined) throw new Error("R1 Nano is missing.");
  return file;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null ? done(address.port) : fail(new Error("no port")),
      );
    });
  });
}
