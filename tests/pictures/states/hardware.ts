import { expect } from "@playwright/test";
import { endedTuning, failedBenchmark, runningBenchmark, runningTuning } from "../../support/benchmark/longStates.ts";
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

export const hardwareStates: PictureState[] = [
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
      await models.selectOption({ label: "Qwen3 0.6B · Q8_0" });
      await expect(stage.page.getByText(/^Qwen3 0\.6B has not been measured/)).toBeVisible();
      return async () => void (await models.selectOption(before));
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
