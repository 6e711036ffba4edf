#!/usr/bin/env node
// A llama-server without a model, for tests. What it does is in a file beside it; what it was started with is written there.
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const args = process.argv.slice(2);
/** @type {{ exit?: number, say?: string, asksUntilLoaded?: number, devices?: string[], help?: string, deaf?: boolean, answer?: string }} */
const script = JSON.parse(readFileSync(`${process.argv[1]}.json`, "utf8"));
const print = (/** @type {NodeJS.WriteStream} */ stream, /** @type {string} */ text) => stream.write(`${text}\n`);
const valueOf = (/** @type {string} */ name) => args[args.indexOf(name) + 1];

if (args.includes("--help")) {
  print(process.stdout, script.help ?? "usage: --ctx-size N --api-key KEY --n-cpu-moe N --rpc SERVERS");
} else if (args.includes("--version")) {
  print(process.stderr, "version: 4711 (0123abc)\nbuilt with a test for x86_64");
} else if (args.includes("--list-devices")) {
  if (args.includes("--rpc") && valueOf("--rpc").includes("gone")) {
    print(process.stderr, "Failed to connect to gone:50052");
    process.exit(1);
  }
  print(process.stdout, ["Available devices:", ...(script.devices ?? ["  (none)"])].join("\n"));
} else {
  const { LLAMA_API_KEY: key, ...env } = process.env;
  appendFileSync(`${process.argv[1]}.started`, `${JSON.stringify({ args, key, env, pid: process.pid })}\n`);
  if (script.say !== undefined) print(process.stderr, script.say);
  if (script.exit !== undefined) process.exit(script.exit);
  if (script.deaf === true) process.on("SIGTERM", () => undefined);
  let asked = 0;
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/health") {
      const isLoaded = asked++ >= (script.asksUntilLoaded ?? 0);
      response.writeHead(isLoaded ? 200 : 503).end("{}");
    } else if (request.headers.authorization !== `Bearer ${key}`) {
      response.writeHead(401).end(JSON.stringify({ error: { message: "Invalid API Key" } }));
    } else if (request.url === "/v1/models") {
      const meta = { n_ctx: Number(valueOf("--ctx-size")) };
      response.end(JSON.stringify({ data: [{ id: valueOf("--alias"), owned_by: "llamacpp", meta }] }));
    } else if (request.url === "/v1/chat/completions") {
      reply(response, script.answer ?? "42");
    } else {
      response.writeHead(404).end("{}");
    }
  });
  server.listen(Number(valueOf("--port")), valueOf("--host"), () => {
    const address = server.address();
    if (typeof address !== "object" || address === null) return;
    print(process.stderr, `api_keys: ${key}\n\u001b[32mlistening on http://127.0.0.1:${address.port}\u001b[0m`);
  });
}

function reply(/** @type {import("node:http").ServerResponse} */ response, /** @type {string} */ answer) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (/** @type {object} */ delta, /** @type {string | null} */ finish = null) =>
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
  send({ reasoning_content: "Hm." });
  send({ content: answer });
  send({}, "stop");
  const usage = { prompt_tokens: 9, completion_tokens: 4 };
  response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}
