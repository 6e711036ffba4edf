import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { addTwin } from "../../support/addTwin.ts";
import { startHubServer } from "../../support/hub/hubServer.mjs";
import { answersIn, askPackaged } from "../support/packagedChat.ts";
import { benchmarkPackaged, downloadPackaged, openChat, showScreen } from "../support/packagedSteps.ts";
import { launchCommand } from "../support/launchApp.ts";
import { type PackagedApp, startPackaged } from "../support/startPackaged.ts";
import { begin, note } from "./begin.ts";
import { addEscapes, showEscapingDiagram, showEscapingPage } from "./escapes.ts";
import { type Plant, plant, plants } from "./plantByHand.ts";

const run = promisify(execFile);
const repo = "owner/model-GGUF";
const folder = process.env["R1_PROOF_APP"] ?? "";
const home = process.env["R1_PROOF_HOME"] ?? "";
const hubHost = process.env["R1_PROOF_HUB"] ?? "";
const isShort = process.env["R1_PROOF_SHORT"] === "1";
/** For a run that must fail: planted while the app answers, shows a page or downloads. */
const early = process.env["R1_PROOF_PLANT"] as Plant | "download" | undefined;

test("the packaged app, from its first start on", async () => {
  const hub = await startHubServer({
    files: { "tiny-Q4_K_M.gguf": { sizeBytes: 3_000_000, seed: 7 }, "tiny-Q8_0.gguf": { sizeBytes: 5_000_000 } },
    repo,
    host: hubHost,
    listenOn: "::",
    ports: { hub: 80, cdn: 8080 },
  });
  process.env["HF_ENDPOINT"] = hub.endpoint;
  await addTwin(home);

  await begin("first start");
  const { sandbox, env } = launchCommand(home);
  const app = await startPackaged([join(folder, "r1-workbench"), ...sandbox], env);
  try {
    await use(app);
    await begin("quit");
    await app.press("ctrl+q");
    await app.ended;
  } finally {
    await app.close();
  }
  await begin("r1 in a terminal");
  const answer = JSON.parse(await r1("chat", "--json", "--seed", "1", "What is 17 + 25?")) as { answer: string };
  expect(answer.answer).toContain("42");
  await r1("models");
  if (!isShort) {
    await r1("profile");
    await r1("bench", "-p", "32", "-n", "8", "-r", "1");
  }
  addEscapes(home);

  await begin("second start");
  const again = await startPackaged([join(folder, "r1-workbench"), ...sandbox], env);
  try {
    await begin("a previewed page that tries to reach out");
    await showEscapingPage(again, home);
    if (early === "page") await plant(early, "");
    await begin("a diagram that tries to reach out");
    await showEscapingDiagram(again, home);
    await begin("download in the app");
    await downloadPackaged(again, home, hub, "tiny-Q4_K_M.gguf");
    if (early === "unrecorded") await plant(early, hub.endpoint);
    if (early === "download") await plant("packet", "");
  } finally {
    await again.close();
  }
  await begin("download by r1");
  await r1("download", repo, "tiny-Q8_0.gguf");
  await note({ requests: hub.state.requests.map(({ headers, method, url }) => ({ host: headers.host, method, url })) });

  await begin("planted");
  for (const kind of plants) await plant(kind, hub.endpoint);
  await hub.close();
  await begin("end");
});

/** Everything that needs no connection. Each step has left its trace in the home or in the window's title. */
async function use(app: PackagedApp): Promise<void> {
  await begin("chat");
  await askPackaged(app, home, "What is 17 + 25?");
  await expect.poll(() => answersIn(home)).toEqual([expect.stringContaining("42")]);
  if (early === "question" || early === "packet" || early === "connection") await plant(early, "");

  await begin("model switch");
  await command(app, "use r1 twin");
  await expect.poll(() => setting("defaultModelId")).toBe("twin");
  await askPackaged(app, home, "What is 6 * 7?");
  await expect.poll(() => answersIn(home)).toHaveLength(2);

  await begin("benchmark");
  await benchmarkPackaged(app, home);

  await begin("search");
  await openChat(app, "17", "17 + 25");

  await begin("settings");
  await showScreen(app, "ctrl+comma", "Settings");
  await command(app, "theme: dark");
  await expect.poll(() => setting("theme")).toBe("dark");
}

/** Runs what the command palette lists first for these words. */
async function command(app: PackagedApp, words: string): Promise<void> {
  await app.press("ctrl+shift+p");
  await app.type(words);
  await app.press("Return");
}

async function r1(...args: string[]): Promise<string> {
  const env = { ...process.env, R1_WORKBENCH_HOME: home, LC_ALL: "C.UTF-8" };
  return (await run(join(folder, "r1"), args, { env })).stdout;
}

async function setting(name: string): Promise<unknown> {
  const text = await readFile(join(home, "settings.json"), "utf8").catch(() => "{}");
  return (JSON.parse(text) as Record<string, unknown>)[name] ?? null;
}
