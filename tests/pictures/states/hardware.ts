import type { ServerBenchmarkRun, ServerBenchmarkState } from "../../../electron/contract/serverBenchmark.ts";
import { measuredOnServer } from "../addServerResults.ts";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Component } from "../../../electron/contract/components.ts";
import type { Download } from "../../../electron/contract/downloads.ts";
import { endedTuning, failedBenchmark, runningBenchmark, runningTuning } from "../../support/benchmark/longStates.ts";
import { picturedDownload } from "../picturedDownload.ts";
import type { PictureState, Stage } from "../PictureState.ts";

/** Shows a tab. */
const show = async (stage: Stage, tab: "Benchmark" | "Tune" | "This machine"): Promise<void> => {
  await stage.goTo("Hardware");
  await stage.page.getByRole("tab", { name: tab }).click();
  // A tab's code is fetched when it is first shown.
  await stage.page.getByRole("tabpanel", { name: tab }).locator("form, .machine").first().waitFor();
};
const choosePlan = async (stage: Stage, plan: "standard" | "custom"): Promise<void> => {
  await stage.page.locator(".setup-plan > select").selectOption(plan);
};
const name = "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M";
/** The model that has results in the prepared home. */
const measured = "R1-Distill-Qwen-1.5B · Q4_K_M";

/** CUDA's row, as it is on a machine with an NVIDIA card. */
const cuda = (
  name: string,
  component: Partial<Component>,
  status: Download["status"] | null = null,
  more?: (stage: Stage) => Promise<() => Promise<void>>,
): PictureState => ({
  name: `hardware/cuda-${name}`,
  home: "used",
  show: async (stage) => {
    await show(stage, "This machine");
    const sizes = { downloadBytes: 319_544_210, installedBytes: 562_948_113, host: "registry.npmjs.org" };
    const offered: Component = {
      name: "cuda",
      version: "3.21.1",
      ...sizes,
      state: "absent",
      isOffered: true,
      hasRuntime: true,
    };
    await stage.tell("components.changed", [{ ...offered, ...component }]);
    const download = status === null ? [] : [{ ...picturedDownload("c1", status, "CUDA"), ...cudaDownload(status) }];
    await stage.tell("downloads.changed", download);
    // The machine is measured before it is first shown.
    await rowOfCuda(stage.page).waitFor({ timeout: 60_000 });
    const leave = await more?.(stage);
    return async () => {
      await leave?.();
      await stage.tell("downloads.changed", []);
      await stage.tell("components.changed", []);
    };
  },
  subject: rowOfCuda,
});
/** The name is a trademark, and the same in all languages. */
const rowOfCuda = (page: Page): Locator => page.locator(".machine > dt", { hasText: /^CUDA$/ }).locator("+ dd");
const cudaDownload = ({ state }: Download["status"]): Partial<Download> => ({
  file: null,
  component: "cuda",
  commit: null,
  parts: 2,
  sizeBytes: 319_544_210,
  receivedBytes: state === "installing" ? 319_544_210 : state === "queued" ? 0 : 112_345_678,
});

/** Below the speeds of a comparison. */
function solvedTable(page: Page): Locator {
  return page.locator(".bench-comparison table").nth(1);
}

/** Chooses the model of a server on another machine. Returns how to choose one of this machine again. */
async function chooseServer(stage: Stage): Promise<() => Promise<void>> {
  await show(stage, "Benchmark");
  const select = stage.page.locator(".setup-model > select");
  const before = await select.inputValue();
  await select.selectOption(measuredOnServer.model.id);
  await expect(stage.page.locator(".setup-form .server-mark")).toBeVisible();
  return async () => {
    await select.selectOption(before);
  };
}
const serverRun: ServerBenchmarkRun = {
  id: "s1",
  modelId: measuredOnServer.model.id,
  modelName: measuredOnServer.model.name,
  server: measuredOnServer.server,
  plan: { promptTokens: 512, writtenTokens: 128, repeats: 5 },
  startedAt: 1,
};
const runningServerBenchmark: ServerBenchmarkState = {
  state: "measuring",
  run: serverRun,
  progress: {
    number: 4,
    failed: 1,
    runs: [
      { number: 1, ttftMs: 412, tokensPerSecond: 31.4 },
      { number: 3, ttftMs: 398, tokensPerSecond: null },
    ],
  },
};
const failedServerBenchmark: ServerBenchmarkState = {
  state: "ended",
  run: serverRun,
  outcome: "failed",
  result: null,
  problem: { code: "server-unpaid", facts: { server: "Workstation" } },
};

export const hardwareStates: PictureState[] = [
  cuda("offered", {}),
  cuda("offered-without-libraries", { hasRuntime: false }),
  cuda("queued", {}, { state: "queued", position: 1 }),
  cuda("downloading", {}, { state: "running", quietSeconds: 0 }),
  cuda("quiet", {}, { state: "running", quietSeconds: 14 }),
  cuda("unpacking", {}, { state: "installing", fraction: 0.62 }),
  cuda("paused", {}, { state: "paused", reason: "user", problem: null }),
  cuda("paused-offline", {}, { state: "paused", reason: "offline", problem: null }),
  cuda("disk-full", {}, { state: "paused", reason: "disk-full", problem: { code: "disk-full" } }),
  cuda("failed", {}, { state: "failed", problem: { code: "component-mismatch" } }),
  cuda("installed", { state: "installed" }),
  cuda("installed-without-libraries", { state: "installed", hasRuntime: false }),
  cuda("installed-without-card", { state: "installed", isOffered: false }),
  cuda("damaged", { state: "damaged" }),
  cuda("remove", { state: "installed" }, null, async ({ page }) => {
    await rowOfCuda(page).getByRole("button").click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    return () => page.keyboard.press("Escape");
  }),
  { name: "hardware/benchmark-first", home: "new", show: (stage) => show(stage, "Benchmark") },
  { name: "hardware/tune-first", home: "new", show: (stage) => show(stage, "Tune") },
  {
    name: "hardware/this-machine",
    home: "used",
    show: async (stage) => {
      await show(stage, "This machine");
      // Its speeds are measured first.
      await stage.page.getByRole("button", { name: "Measure again" }).waitFor({ timeout: 30_000 });
    },
  },
  {
    name: "hardware/benchmark-results",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await stage.page.locator(".setup-model > select").selectOption({ label: measured });
    },
  },
  {
    name: "hardware/benchmark-opened",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      const history = stage.page.locator(".bench-history");
      await history.getByRole("row").nth(5).getByRole("button").click();
      return () => history.getByRole("row").nth(1).getByRole("button").click();
    },
  },
  {
    name: "hardware/benchmark-conditions",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      const conditions = stage.page.getByText("All conditions");
      await conditions.click();
      return () => conditions.click();
    },
    subject: (page) => page.locator(".bench-conditions"),
  },
  {
    name: "hardware/benchmark-more",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await stage.page.getByRole("region", { name: "Result" }).getByRole("button", { name: "More" }).click();
      await expect(stage.page.getByRole("menu")).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "hardware/benchmark-remove",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await stage.page.getByRole("region", { name: "Result" }).getByRole("button", { name: "More" }).click();
      await stage.page.getByRole("menuitem", { name: "Remove…" }).click();
      await expect(stage.page.getByRole("alertdialog")).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "hardware/benchmark-settings",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await stage.page.getByRole("button", { name: "Settings…" }).click();
      await expect(stage.page.getByRole("dialog", { name: "Settings of the benchmark" })).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "hardware/benchmark-custom-wrong",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await choosePlan(stage, "custom");
      await stage.page.getByLabel("Depths, tokens").fill("0, x");
      await expect(stage.page.getByRole("alert")).toBeVisible();
      return async () => {
        await stage.page.getByLabel("Depths, tokens").fill("0");
        await choosePlan(stage, "standard");
      };
    },
  },
  {
    name: "hardware/benchmark-other-model",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      const models = stage.page.locator(".setup-model > select");
      const before = await models.inputValue();
      await models.selectOption({ label: "R1-Distill-Llama-8B · Q4_K_M" });
      await expect(stage.page.getByText(/^R1-Distill-Llama-8B has not been measured/)).toBeVisible();
      return async () => void (await models.selectOption(before));
    },
  },
  {
    name: "hardware/benchmark-problems",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      const problems = stage.page.getByRole("combobox", { name: "Problems to solve" });
      await problems.selectOption("20");
      const level = stage.page.getByRole("combobox", { name: "Level" });
      await level.selectOption("mixed");
      return async () => {
        await level.selectOption("");
        await problems.selectOption("0");
      };
    },
  },
  {
    name: "hardware/benchmark-failed",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await stage.tell("benchmark.changed", failedBenchmark(name));
      await expect(stage.page.getByRole("alert")).toBeVisible();
      return () => stage.tell("benchmark.changed", { state: "none" });
    },
  },
  {
    name: "hardware/benchmark-running",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await stage.tell("benchmark.changed", runningBenchmark(name));
      return () => stage.tell("benchmark.changed", { state: "none" });
    },
  },
  { name: "hardware/server", home: "used", show: chooseServer },
  {
    name: "hardware/server-wrong",
    home: "used",
    show: async (stage) => {
      const back = await chooseServer(stage);
      const field = stage.page.locator(".setup-lengths").first();
      await field.fill("7");
      await expect(stage.page.getByRole("alert")).toBeVisible();
      return async () => {
        await field.fill("512");
        await back();
      };
    },
  },
  {
    name: "hardware/server-running",
    home: "used",
    show: async (stage) => {
      const back = await chooseServer(stage);
      await stage.tell("serverBenchmark.changed", runningServerBenchmark);
      await expect(stage.page.getByRole("progressbar")).toBeVisible();
      return async () => {
        await stage.tell("serverBenchmark.changed", { state: "none" });
        await back();
      };
    },
  },
  {
    name: "hardware/server-failed",
    home: "used",
    show: async (stage) => {
      const back = await chooseServer(stage);
      await stage.tell("serverBenchmark.changed", failedServerBenchmark);
      await expect(stage.page.getByRole("alert")).toBeVisible();
      return async () => {
        await stage.tell("serverBenchmark.changed", { state: "none" });
        await back();
      };
    },
  },
  {
    name: "hardware/server-history",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      await stage.page.locator(".bench-history").last().scrollIntoViewIfNeeded();
    },
    subject: (page) => page.locator(".bench-history").last(),
  },
  {
    name: "hardware/comparison",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      const history = stage.page.getByRole("region", { name: "History" });
      await history.getByRole("button", { name: "Compare…" }).click();
      for (const row of [0, 1]) await history.getByRole("checkbox").nth(row).check();
      await history.getByRole("button", { name: "Compare", exact: true }).click();
      await stage.page.getByRole("region", { name: "Comparison" }).waitFor();
      // In the last of the languages.
      return () => stage.page.locator(".bench-selection > .button.ghost").click();
    },
    subject: (page) => page.locator(".bench-comparison"),
  },
  {
    name: "hardware/solved",
    home: "used",
    show: async (stage) => {
      await show(stage, "Benchmark");
      const history = stage.page.getByRole("region", { name: "History" });
      await history.getByRole("button", { name: "Compare…" }).click();
      const solved = history.getByRole("row").filter({ hasText: "problems right" });
      for (const row of [0, 1]) await solved.nth(row).getByRole("checkbox").check();
      await history.getByRole("button", { name: "Compare", exact: true }).click();
      await solvedTable(stage.page).waitFor();
      return () => stage.page.locator(".bench-selection > .button.ghost").click();
    },
    subject: solvedTable,
  },
  {
    name: "hardware/tune-running",
    home: "used",
    show: async (stage) => {
      await show(stage, "Tune");
      await stage.tell("tune.changed", runningTuning(name));
      return () => stage.tell("tune.changed", { state: "none" });
    },
  },
  {
    name: "hardware/tune-proposal",
    home: "used",
    show: async (stage) => {
      await show(stage, "Tune");
      await stage.tell("tune.changed", endedTuning(name));
      return () => stage.tell("tune.changed", { state: "none" });
    },
  },
  {
    name: "hardware/tune-table",
    home: "used",
    show: async (stage) => {
      await show(stage, "Tune");
      await stage.tell("tune.changed", endedTuning(name));
      return () => stage.tell("tune.changed", { state: "none" });
    },
    subject: (page) => page.locator(".trial-table"),
  },
];
