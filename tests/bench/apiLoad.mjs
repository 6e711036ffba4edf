// Runs many programs against the app as a server while somebody chats in the window with R1 Nano, and measures the
// window: from a key to the paint that follows it. Every program asks again when it is told to; nothing may be lost.
// Also measures how soon a program’s reply ends once it has gone.
// Needs a display or xvfb-run, and a build (npm run build).
//   node tests/bench/apiLoad.mjs [MINUTES] [CLIENTS]     (10 and 50 unless given)
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { _electron } from "@playwright/test";
import { ensureElectronRuntime } from "../../scripts/setup/electronRuntime.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { sandboxArguments } from "../../scripts/setup/sandbox.mjs";
import { keyTimes, watchKeys } from "./keyTimes.mjs";

const minutes = Number(process.argv[2] ?? 10);
const clients = Number(process.argv[3] ?? 50);
const home = await mkdtemp(join(tmpdir(), "r1-api-load-"));
const { path: binary } = await ensureElectronRuntime();
const electron = await _electron.launch({
  executablePath: binary,
  args: [...(await sandboxArguments(binary)), root],
  chromiumSandbox: true,
  env: { ...process.env, R1_WORKBENCH_HOME: home },
});
try {
  const page = await electron.firstWindow();
  page.setDefaultTimeout(120_000);
  const box = page.getByRole("textbox", { name: "Message" });
  await box.waitFor();
  const server = await startServer(page);
  await typeFor("typing, no programs", page, 20_000);
  const ending = performance.now() + minutes * 60_000;
  const totals = { answered: 0, told: 0, cut: 0, failed: /** @type {string[]} */ ([]) };
  const programs = Array.from({ length: clients }, (_, at) => runProgram(server, at, ending, totals));
  const replies = chatUntil(page, ending - 30_000);
  await typeFor(`typing beside ${clients} programs`, page, minutes * 60_000 - 30_000);
  const chatted = await replies;
  await Promise.all(programs);
  console.log(
    `${minutes} min: ${totals.answered} requests answered, told to come again ${totals.told} times, connections refused ${totals.cut} times, failed ${totals.failed.length}`,
  );
  console.log(`in the window: ${chatted.asked} questions, ${chatted.answered} complete replies`);
  for (const failure of totals.failed.slice(0, 5)) console.log(`  ${failure}`);
  await measureLeaving(server);
} finally {
  await electron.close();
  await rm(home, { recursive: true, force: true });
}

/** Starts the app’s server on a free port. */
async function startServer(page) {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  const call = (name, input) =>
    page.evaluate(
      async ([name, input]) => {
        const outcome = await window.r1.call(name, input);
        if (!outcome.ok) throw new Error(outcome.error.code);
        return outcome.value;
      },
      [name, input],
    );
  await call("apiServer.change", { port });
  const { newKey, info } = await call("apiServer.start", {});
  if (info.state.state !== "on") throw new Error(JSON.stringify(info.state));
  return { url: `http://127.0.0.1:${port}/v1/chat/completions`, key: newKey };
}

function ask({ url, key }, body, signal) {
  return fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** Asks one question after the other, some of them as a stream, until the time is over and the last one is answered. */
async function runProgram(server, at, until, totals) {
  for (let round = 0; performance.now() < until; round++) {
    const stream = (at + round) % 2 === 0;
    const messages = [{ role: "user", content: `What is ${at} + ${round}?` }];
    for (;;) {
      try {
        const response = await ask(server, { messages, stream, max_tokens: 64 });
        const text = await response.text();
        if (response.status === 429) {
          totals.told++;
          await wait(Number(response.headers.get("retry-after")) * 1000 * (0.5 + Math.random()));
          continue;
        }
        if (response.status !== 200 || !text.includes("finish_reason")) totals.failed.push(text.slice(0, 300));
        else totals.answered++;
        break;
      } catch {
        // More than 32 connections.
        totals.cut++;
        await wait(500 * (0.5 + Math.random()));
      }
    }
  }
}

/** Asks a question in the window every ten seconds, in a chat of its own. */
async function chatUntil(page, until) {
  let asked = 0;
  let answered = 0;
  while (performance.now() < until) {
    const state = await page.evaluate(async (text) => {
      const valueOf = async (name, input) => {
        const outcome = await window.r1.call(name, input);
        if (!outcome.ok) throw new Error(outcome.error.code);
        return outcome.value;
      };
      const { id: chatId } = await valueOf("chats.create", {});
      const { runId } = await valueOf("chats.send", { chatId, text });
      return await new Promise((resolve) => {
        const detach = window.r1.attachRun(runId, (frame) => {
          if (frame.kind !== "ended") return;
          detach();
          resolve(frame.message.state);
        });
      });
    }, `What is ${asked} + 25?`);
    asked++;
    if (state === "done") answered++;
    await wait(10_000);
  }
  return { asked, answered };
}

/** Prints how long keys that are typed for this time take to be painted. */
async function typeFor(name, page, ms) {
  await watchKeys(page);
  const box = page.getByRole("textbox", { name: "Message" });
  const end = performance.now() + ms;
  let keys = 0;
  while (performance.now() < end) {
    if (keys % 150 === 0) await box.fill("");
    await box.press("abcdefghij ".charAt(keys++ % 11));
    await wait(100);
  }
  const { at } = await keyTimes(page, keys);
  console.log(`${name}: ${keys} keys, median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);
}

/** From the moment when a program goes until another one’s reply begins. */
async function measureLeaving(server) {
  const endless = { type: "json_schema", json_schema: { schema: { type: "string", minLength: 1000 } } };
  const times = [];
  for (let round = 0; round < 20; round++) {
    const leaving = new AbortController();
    const messages = [{ role: "user", content: "Go on." }];
    const body = { messages, reasoning_effort: "none", response_format: endless, stream: true };
    const first = await ask(server, body, leaving.signal);
    const reader = first.body.getReader();
    await readUntil(reader, '"content":"\\"');
    const next = await ask(server, { messages, stream: true, max_tokens: 1, reasoning_effort: "none" });
    const before = performance.now();
    leaving.abort();
    await readUntil(next.body.getReader(), 'finish_reason":"');
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  console.log(
    `a program goes, the next one has its reply: median ${Math.round(times[10])} ms, longest ${Math.round(times.at(-1))} ms`,
  );
}

async function readUntil(reader, wanted) {
  let text = "";
  while (!text.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`It ended without ${wanted}: ${text.slice(-300)}`);
    text += new TextDecoder().decode(value);
  }
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
