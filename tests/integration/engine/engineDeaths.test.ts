import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type EngineForTests,
  engineForTests,
  enginePaths,
  loadNano,
  question,
} from "../../support/engine/engineForTests.ts";
import { processRuns } from "../../support/processRuns.ts";

let engine: EngineForTests;
beforeEach(() => {
  engine = engineForTests({ limits: { silenceMs: 8000 } });
});
afterEach(async () => {
  await engine.dispose();
});

/** Sends a signal to the engine during a reply. Resolves with how the reply ended. */
async function strike(signal: NodeJS.Signals) {
  const { client } = engine;
  const { pid } = await client.start();
  let text = "";
  const reply = client.request("generate", question("What is 4321 + 8765?"), {
    onEvent: (event) => {
      if (event.kind !== "piece") return;
      if (text === "") process.kill(pid, signal);
      text += event.text;
    },
  });
  const problem: unknown = await reply.then(() => null).catch((error: unknown) => error);
  return { problem, text };
}

async function answersAgain(): Promise<void> {
  await loadNano(engine.client);
  let answer = "";
  await engine.client.request("generate", question("What is 17 + 25?"), {
    onEvent: (event) => {
      if (event.kind === "piece" && event.part === "answer") answer += event.text;
    },
  });
  expect(answer).toMatch(/42/);
}

describe.skipIf(process.platform === "win32")("an engine that dies", () => {
  it.each([
    ["SIGKILL", "engine-down"],
    ["SIGABRT", "engine-down"],
    ["SIGSEGV", "engine-down"],
    ["SIGSTOP", "engine-hung"],
  ] as const)("by %s during a reply: the reply fails once, and the next one works", async (signal, code) => {
    await loadNano(engine.client);
    const { problem, text } = await strike(signal);
    expect(problem).toMatchObject({ code });
    expect(text).not.toBe("");
    await answersAgain();
    expect(engine.client.generation).toBe(2);
  });

  it("three times in a row: it is not restarted until the user asks", async () => {
    for (let round = 1; round <= 3; round++) {
      const { pid } = await engine.client.start();
      const ended = engine.client.request("generate", question("x")).catch((error: unknown) => error);
      process.kill(pid, "SIGKILL");
      expect(await ended).toMatchObject({ code: expect.stringMatching(/engine-down|model-not-found/) });
      await expect.poll(() => engine.states.filter(({ state }) => /crashed|gaveUp/.test(state)).length).toBe(round);
    }
    expect(engine.client.state).toMatchObject({ state: "gaveUp", problem: { code: "engine-down" } });
    await engine.client.start();
    await answersAgain();
  });

  it("leaves no engine behind when the app itself is killed", async () => {
    const source = `
      import { engineForTests } from ${JSON.stringify(new URL("../../support/engine/engineForTests.ts", import.meta.url).href)};
      console.log((await engineForTests().client.start()).pid);
      setInterval(() => undefined, 1000);`;
    const { nodePath } = enginePaths;
    const app = execFile(nodePath, [
      "--experimental-strip-types",
      "--no-warnings",
      "--input-type=module",
      "-e",
      source,
    ]);
    const pid = await new Promise<number>((resolve) => app.stdout?.once("data", (text) => resolve(Number(text))));
    expect(pid).toBeGreaterThan(0);
    app.kill("SIGKILL");
    while (processRuns(pid)) await pause(50);
  });

  it("by a chat template that never ends: the message fails with a code, and the next model works", async () => {
    const endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
    await loadNano(engine.client, { family: "other", chatTemplate: endless });
    const reply = engine.client.request("generate", question("Hello"));
    await expect(reply).rejects.toMatchObject({ code: "engine-hung" });
    await answersAgain();
  });
});
