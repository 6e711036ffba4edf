import { cp, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import type { BenchmarkResult } from "../../electron/contract/benchmark.ts";
import type { Bridge } from "../../electron/contract/bridge.ts";
import type { Download } from "../../electron/contract/downloads.ts";
import { type Language, languages } from "../../electron/contract/languages.ts";
import { endedTuning, runningBenchmark, runningTuning } from "../support/benchmark/longStates.ts";
import { ggufBytes, scalar } from "../support/GgufPlan.ts";
import { tinyLlama } from "../support/tinyLlama.ts";
import { replies } from "./support/chatSteps.ts";
import { launch } from "./support/launch.ts";
import { newHome } from "./support/newHome.ts";
import { filesOf } from "./support/filesOf.ts";
import { layoutFaults, lengthenWords } from "./support/layoutFaults.ts";
import type { RunningPage } from "./support/RunningPage.ts";
import { receive } from "./support/writeReplies.ts";

const longName = "DeepSeek-R1-Distill-Qwen-32B-Donaudampfschifffahrtsgesellschaftskapitänsmütze-Instruct-1M-i1-Q4_K_M";
/** Results of R1 Nano on a machine with two cores. */
const earlierResults = fileURLToPath(new URL("../support/benchmark/version1", import.meta.url));
/** Widths of the window: both sides of 900, where the sidebar changes, the smallest, the usual and a large one. */
const widths = [640, 800, 899, 900, 1280, 1920];
const heightOf = (width: number): number => (width < 800 ? 480 : width < 1280 ? 600 : 800);

let app: RunningPage;
const page = (): Page => app.page;

// All tests share an app: none depends on earlier ones, and each start takes seconds.
test.beforeAll(async () => {
  const home = await newHome();
  await mkdir(join(home, "models"));
  await cp(earlierResults, join(home, "benchmarks"), { recursive: true });
  const plan = tinyLlama();
  const keys = plan.keys.map(({ key, value }) => ({
    key,
    value: key === "general.name" ? scalar("string", longName) : value,
  }));
  await writeFile(join(home, "models", "long.gguf"), ggufBytes({ ...plan, keys }));
  await writeFile(join(home, "models", `${longName}-broken.gguf`), ggufBytes(plan).subarray(0, 500));
  app = await launch({ home });
  await moveResultsHere(home);
  await app.quit();
  app = await launch({ home, writes: true });
});
test.afterAll(async () => {
  await app.close();
});

/** Makes the results those of this machine, whatever it is. */
async function moveResultsHere(home: string): Promise<void> {
  const machineId = await page().evaluate(async () => {
    const outcome = await (window as unknown as { r1: Bridge }).r1.call("benchmark.history", {});
    return outcome.ok ? outcome.value.machineId : "";
  });
  for (const path of filesOf(join(home, "benchmarks"))) {
    const text = await readFile(path, "utf8");
    const { id } = (JSON.parse(text) as { result: BenchmarkResult }).result.conditions.machine;
    await writeFile(path, text.replaceAll(id, machineId));
  }
}

/** To the page, a zoom is a window with fewer pixels. */
async function setWindow(width: number, zoom: number): Promise<void> {
  await page().setViewportSize({ width: Math.round(width / zoom), height: Math.round(heightOf(width) / zoom) });
  // After two frames, the page has received the change and has been laid out again.
  await page().evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

const tell: RunningPage["tell"] = (name, data) => app.tell(name, data);

async function speak(language: string): Promise<void> {
  await page().evaluate(async (chosen) => {
    await (window as unknown as { r1: Bridge }).r1.call("settings.change", { language: chosen as Language });
  }, language);
  await expect(page().locator("html")).toHaveAttribute("lang", language);
}

/**
 * Checks each width: light without zoom, dark at 125 %, and both with words lengthened by half; and the usual sizes of
 * the window in each language.
 */
async function expectSoundEverywhere(): Promise<void> {
  const found: string[] = [];
  for (const [zoom, colorScheme] of [
    [1, "light"],
    [1.25, "dark"],
  ] as const) {
    await page().emulateMedia({ colorScheme });
    for (const width of widths) {
      await setWindow(width, zoom);
      for (const words of ["short", "long"]) {
        const shorten = words === "long" ? await lengthenWords(page()) : null;
        const faults = await layoutFaults(page());
        found.push(...faults.map((fault) => `${width} px at ${zoom * 100} %, ${words} words: ${fault}`));
        await shorten?.();
      }
    }
  }
  for (const language of languages.filter((name) => name !== "en")) {
    await speak(language);
    for (const width of [800, 1280]) {
      await setWindow(width, 1);
      const faults = await layoutFaults(page());
      found.push(...faults.map((fault) => `${width} px in ${language}: ${fault}`));
    }
  }
  await speak("en");
  expect(found).toEqual([]);
}

/** Checks the usual sizes of the window in very large text and each language. */
async function expectSoundInLargestText(): Promise<void> {
  const change = (input: { textSize: "largest" | "standard" }): Promise<unknown> =>
    page().evaluate((wanted) => (window as unknown as { r1: Bridge }).r1.call("settings.change", wanted), input);
  const found: string[] = [];
  await change({ textSize: "largest" });
  await expect(page().locator("html")).toHaveAttribute("data-text-size", "largest");
  for (const language of languages) {
    await speak(language);
    for (const width of [800, 1280]) {
      await setWindow(width, 1);
      const faults = await layoutFaults(page());
      found.push(...faults.map((fault) => `${width} px in very large text in ${language}: ${fault}`));
    }
  }
  await speak("en");
  await change({ textSize: "standard" });
  await expect(page().locator("html")).toHaveAttribute("data-text-size", "standard");
  expect(found).toEqual([]);
}

const goTo = async (name: string): Promise<void> => {
  await setWindow(1280, 1);
  await page().getByRole("link", { name, exact: true }).click();
  await expect(page().getByRole("main", { name })).toBeVisible();
};

test("an empty chat", async () => {
  test.slow();
  const [path, aside] = [join(app.home, "models", "long.gguf"), join(app.home, "long.gguf")];
  await rename(path, aside);
  await tell("models.changed", {});
  await expect(page().getByRole("button", { name: "What is 17 + 25?" })).toBeVisible();
  await expectSoundEverywhere();
  const file = await page().evaluate(async () => {
    const outcome = await (window as unknown as { r1: Bridge }).r1.call("catalog.get", {});
    const catalog = outcome.ok ? outcome.value : null;
    const variants = catalog?.models.flatMap(({ variants: each }) => each) ?? [];
    return variants.find(({ id }) => id === catalog?.recommended?.variantId)?.file;
  });
  if (file === undefined) throw new Error("No model is recommended.");
  const failed = { state: "failed", problem: { code: "hub-unreachable", message: "" } } as const;
  await tell("downloads.changed", [{ ...download("d0", failed), file }]);
  const cut: string[] = [];
  for (const language of languages) {
    await speak(language);
    for (const width of [800, 1280]) {
      await setWindow(width, 1);
      await expect(page().locator(".model-card .fault-words")).toBeVisible();
      cut.push(...(await shortenedWords(".model-card")));
    }
  }
  expect(cut).toEqual([]);
  await speak("en");
  await tell("downloads.changed", []);
  await rename(aside, path);
  await tell("models.changed", {});
  await expect(page().getByRole("button", { name: "Use" })).toBeVisible();
  await expectSoundEverywhere();
});

test("a chat with a long title, a long model name and a reply being written", async () => {
  test.slow();
  await setWindow(1280, 1);
  await page().getByRole("combobox", { name: "Model", exact: true }).click();
  await page().getByRole("menuitem", { name: longName }).filter({ hasText: "F32" }).click();
  await receive(app, { thought: "One step.", answer: `${longName} ${"word ".repeat(60)}` });
  await receive(app, { thought: "One step.", answer: "| a | b |\n|---|---|\n| 1 | 2 |\n\nNot yet ", hold: true });
  await expect(replies(page()).last()).toContainText(/\d in, \d+ out/);
  await expectSoundEverywhere();
  await setWindow(1280, 1);
  const rowBelow = async (): Promise<{ top: number; speedWidth: number }> => {
    const reply = await replies(page()).last().boundingBox();
    const row = await replies(page()).last().locator(".reply-footer").boundingBox();
    const speed = await replies(page()).last().locator(".reply-now").boundingBox();
    return { top: (row?.y ?? 0) - (reply?.y ?? 0), speedWidth: speed?.width ?? 0 };
  };
  const before = await rowBelow();
  await page().getByRole("button", { name: "Stop" }).click();
  await expect(replies(page()).last()).toContainText("Stopped.");
  // The end of a reply does not move its row.
  expect(await rowBelow()).toEqual(before);
  await expectSoundEverywhere();
});

const trouble = { code: "model-load-failed", message: `The model ${longName} could not be loaded here.` } as const;

const download = (id: string, status: Download["status"]): Download => ({
  id,
  name: longName,
  file: {
    repo: "somebody-with-a-long-name/DeepSeek-R1-Distill-Qwen-32B-GGUF",
    revision: "main",
    path: `${longName}.gguf`,
  },
  component: null,
  commit: "0123456789abcdef0123456789abcdef01234567",
  parts: 2,
  sizeBytes: 19_851_335_840,
  receivedBytes: 7_512_345_678,
  bytesPerSecond: 12_345_678,
  secondsLeft: 1001,
  restarted: null,
  status,
});

test("Models: with downloads in every state, a model that is loading, and its settings", async () => {
  test.slow();
  await goTo("Models");
  const downloads: Download["status"][] = [
    { state: "running", quietSeconds: 0 },
    { state: "running", quietSeconds: 12 },
    { state: "queued", position: 2 },
    { state: "starting" },
    { state: "retrying", attempt: 3, retryAt: Date.now() + 60_000, problem: { code: "hub-unreachable" } },
    { state: "verifying", fraction: 0.4 },
    { state: "paused", reason: "left-over", problem: null },
    { state: "failed", problem: { code: "download-mismatch" } },
  ];
  await tell(
    "downloads.changed",
    downloads.map((status, index) => download(`d${index}`, status)),
  );
  // The downloads of the same name come after the models.
  const installed = page().getByRole("region", { name: "Installed" });
  const row = installed.getByRole("row", { name: longName, exact: true }).first();
  const width = async (): Promise<number> =>
    page().evaluate(() => document.querySelector(".models-body")?.scrollWidth ?? 0);
  const before = await width();
  await tell("models.loadedChanged", { state: "loading", modelId: "long", name: longName, fraction: 0.43 });
  await expect(row.getByRole("progressbar")).toBeVisible();
  expect(await width()).toBe(before);
  await expectSoundEverywhere();
  await goTo("Models");
  await row.getByRole("button", { name: `More about ${longName}` }).click();
  await page().getByRole("menuitem", { name: "Settings" }).click();
  await tell("models.loadedChanged", { state: "failed", modelId: "long", name: longName, problem: trouble });
  await expectSoundEverywhere();
  await tell("downloads.changed", []);
});

/** Returns the words of the table of models that are shortened, except those of models with names of no usual length. */
const shortenedWords = (inside = ".model-table"): Promise<string[]> =>
  page().evaluate(
    ([root, unusual]) => {
      const isShortened = (element: Element): boolean =>
        getComputedStyle(element).overflowX === "hidden" &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      return [...document.querySelectorAll(`${root} *:not(.download-words, .meter, progress)`)]
        .filter((element) => element.checkVisibility() && element.closest(".visually-hidden, thead, svg") === null)
        .filter((element) => !(element.closest("tr")?.getAttribute("aria-label") ?? "").includes(unusual))
        .filter(isShortened)
        .map((element) => element.textContent ?? "");
    },
    [inside, longName] as const,
  );

test("Models: no word is shortened at 800 px, in very large text, or at 200 %", async () => {
  test.slow();
  await goTo("Models");
  const underWay = { ...download("d0", { state: "running", quietSeconds: 0 }), name: "DeepSeek-R1-Distill-Qwen-7B" };
  await tell("downloads.changed", [underWay]);
  const found: string[] = [];
  for (const language of languages) {
    await speak(language);
    for (const textSize of ["standard", "largest"] as const) {
      await page().evaluate(async (size) => {
        await (window as unknown as { r1: Bridge }).r1.call("settings.change", { textSize: size });
      }, textSize);
      await expect(page().locator(`html[data-text-size="${textSize}"]`)).toHaveCount(1);
      for (const [width, zoom] of [
        [800, 1],
        [1280, 2],
        [800, 2],
      ] as const) {
        await setWindow(width, zoom);
        const words = await shortenedWords();
        found.push(...words.map((each) => `${language}, ${textSize} text, ${width} px at ${zoom * 100} %: ${each}`));
      }
    }
  }
  await page().evaluate(async () => {
    await (window as unknown as { r1: Bridge }).r1.call("settings.change", { textSize: "standard", language: "en" });
  });
  await tell("downloads.changed", []);
  expect(found).toEqual([]);
});

test("Hardware", async () => {
  test.slow();
  await goTo("Hardware");
  await expect(page().getByRole("button", { name: "Run benchmark" })).toBeVisible();
  // An earlier test chose a model that has no results.
  await page().getByRole("combobox", { name: "Model" }).selectOption({ value: "r1-nano" });
  const history = page().getByRole("region", { name: "History" });
  await expect(history).toBeVisible();
  await expectSoundInLargestText();
  await history.getByRole("button", { name: "Compare…" }).click();
  // The list of all of them does not wait until there are any.
  await expect(history.getByRole("checkbox").first()).toBeVisible();
  for (const box of await history.getByRole("checkbox").all()) await box.check();
  await page().getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page().getByRole("region", { name: "Comparison" })).toBeVisible();
  await page().getByText("All conditions").click();
  await expectSoundEverywhere();
  // While a benchmark or a tuning runs, and what a tuning found, with as much text as there can be.
  await setWindow(1280, 1);
  await tell("benchmark.changed", runningBenchmark(longName));
  await expectSoundEverywhere();
  await tell("benchmark.changed", { state: "none" });
  await setWindow(1280, 1);
  await page().getByRole("tab", { name: "Tune" }).click();
  await tell("tune.changed", endedTuning(longName));
  await page().getByRole("combobox", { name: "Model" }).selectOption({ value: "r1-nano" });
  await expect(page().getByRole("button", { name: "Apply 4 changes" })).toBeVisible();
  await expectSoundEverywhere();
  await expectSoundInLargestText();
  await tell("tune.changed", runningTuning(longName));
  await expectSoundEverywhere();
  await tell("tune.changed", { state: "none" });
  await setWindow(1280, 1);
  await page().getByRole("tab", { name: "This machine" }).click();
  await expect(page().getByRole("button", { name: "Measure again" })).toBeVisible();
  await expectSoundEverywhere();
});

test("Settings", async () => {
  test.slow();
  await goTo("Settings");
  for (const name of ["General", "Models", "Servers", "Privacy", "Appearance"]) {
    await setWindow(1280, 1);
    await page().getByRole("tab", { name }).click();
    await expect(page().getByRole("tabpanel", { name })).toBeVisible();
    await expectSoundEverywhere();
    await expectSoundInLargestText();
  }
  // What the search finds is in the window, also where the search has a line of its own.
  await setWindow(800, 1);
  const search = page().getByRole("combobox", { name: "Search settings" });
  await search.fill("a");
  const shorten = await lengthenWords(page());
  const hits = await page().getByRole("listbox").boundingBox();
  await shorten();
  expect(hits?.x).toBeGreaterThanOrEqual(0);
  expect((hits?.x ?? 0) + (hits?.width ?? 0)).toBeLessThanOrEqual(800);
  await search.fill("");
  await setWindow(1280, 1);
  await page().getByRole("tab", { name: "Privacy" }).click();
  await page().getByRole("link", { name: "Show what is kept" }).click();
  await page().getByRole("button", { name: "Files of: Chats" }).click();
  await expectSoundEverywhere();
  await expectSoundInLargestText();
});

/** Shows the last reply as one that was cut off when the app closed. */
async function interruptReply(): Promise<void> {
  const chatId = new URL(page().url()).hash.split("/").at(-1) ?? "";
  const message = await page().evaluate(async (chat) => {
    const outcome = await (window as unknown as { r1: Bridge }).r1.call("chats.open", { chatId: chat, at: null });
    return outcome.ok ? outcome.value.messages.at(-1) : undefined;
  }, chatId);
  if (message === undefined) throw new Error("The chat has no messages.");
  await tell("runs.ended", { chatId, runId: "", message: { ...message, state: "interrupted" } });
  await expect(replies(page()).last()).toContainText("Interrupted");
}

test("notices and failures do not cover the content on any screen", async () => {
  test.slow();
  await setWindow(1280, 1);
  await page().getByRole("button", { name: "New chat" }).click();
  // A model in use is not offered again.
  await page().getByRole("combobox", { name: "Model", exact: true }).click();
  await page().getByRole("menuitem", { name: "R1 Nano" }).click();
  await receive(app, { answer: "Short." });
  const path = join(app.home, "models", "long.gguf");
  await tell("downloads.changed", [download("d1", { state: "done", path, sha256: "0", verified: true })]);
  await tell("notices.changed", [{ id: "n1", problem: { code: "store-corrupt" } }]);
  await tell("engine.changed", { state: "gaveUp", problem: { code: "engine-gave-up" } });
  await interruptReply();
  await page().getByRole("navigation", { name: "Chats" }).getByRole("link").last().hover();
  // The notice stays while the focus is in it.
  await page().getByRole("navigation", { name: "Chats" }).getByRole("link").last().press("Delete");
  await page().getByRole("button", { name: "Undo" }).focus();
  await expect(page().getByRole("button", { name: "Use now" })).toBeVisible();
  await expectSoundEverywhere();
  await page().getByRole("button", { name: "Undo" }).click();
  await tell("downloads.changed", []);
  await tell("notices.changed", []);
});

test("Ctrl+K and the slash do not move the page's columns; in a narrow window the chats cover it", async () => {
  test.slow();
  for (const name of ["Chat", "Models", "Hardware", "Settings"]) {
    await goTo(name);
    for (const width of widths) {
      for (const zoom of [1, 1.25]) {
        await setWindow(width, zoom);
        const isNarrow = width / zoom < 900;
        const before = await columns();
        expect(before.split(" ")[0]).toBe(isNarrow ? "48px" : "240px");
        const search = page().getByRole("searchbox", { name: "Search chats" });
        for (const key of ["Control+k", "/"]) {
          await page().evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
          await page().keyboard.press(key);
          await expect(search).toBeFocused();
          expect(await columns()).toBe(before);
          await expect(page().locator(".sidebar-shade")).toBeVisible({ visible: isNarrow });
          await page().keyboard.press("Escape");
          await expect(search).toBeVisible({ visible: !isNarrow });
        }
      }
    }
  }
});

/** Returns the columns of the whole page, and the position of the screen beside the chats. */
const columns = (): Promise<string> =>
  page().evaluate(() => {
    const shell = document.querySelector(".shell");
    const screen = document.querySelector(".screen")?.getBoundingClientRect();
    if (!shell || !screen) throw new Error("There is no page.");
    if (Math.round(screen.right) !== innerWidth || screen.height !== innerHeight) throw new Error("The screen is off.");
    return getComputedStyle(shell).gridTemplateColumns;
  });
