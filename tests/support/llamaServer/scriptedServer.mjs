#!/usr/bin/env node
// A llama-server without a model, for tests. What it does is in a file beside it; what it was started with is written there.
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const args = process.argv.slice(2);
/** @type {{ exit?: number, say?: string, asksUntilLoaded?: number, devices?: string[], help?: string, deaf?: boolean }} */
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
    const isLoaded = asked++ >= (script.asksUntilLoaded ?? 0);
    response.statusCode = request.url === "/health" ? (isLoaded ? 200 : 503) : 404;
    response.end("{}");
  });
  server.listen(Number(valueOf("--port")), valueOf("--host"), () => {
    const address = server.address();
    if (typeof address !== "object" || address === null) return;
    print(process.stderr, `api_keys: ${key}\n\u001b[32mlistening on http://127.0.0.1:${address.port}\u001b[0m`);
  });
}
