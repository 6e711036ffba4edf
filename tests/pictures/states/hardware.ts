import { endedTuning, runningBenchmark, runningTuning } from "../../support/benchmark/longStates.ts";
import type { PictureState, Stage } from "../PictureState.ts";

/** Shows a tab. */
const show = async (stage: Stage, tab: "Benchmark" | "Tune" | "This machine"): Promise<void> => {
  await stage.goTo("Hardware");
  await stage.page.getByRole("tab", { name: tab }).click();
};
const name = "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M";

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
  { name: "hardware/benchmark-results", home: "used", show: (stage) => show(stage, "Benchmark") },
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
      await stage.page.getByRole("region", { name: "Comparison" }).scrollIntoViewIfNeeded();
      // In the last of the languages.
      return () => stage.page.locator(".bench-selection > .button.ghost").click();
    },
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
];
