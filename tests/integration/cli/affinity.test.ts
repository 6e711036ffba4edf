import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { trialModel } from "../../../electron/workbench/fit/trialModel.ts";
import { tokenTrial } from "../../../electron/workbench/fit/trials.ts";
import { writeGguf } from "../../../electron/workbench/fit/writeGguf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const entry = fileURLToPath(new URL("../../../out/cli/r1.js", import.meta.url));

// With a single core, this passes whatever the rule.
it.runIf(process.platform === "linux")(
  "on one core a model gets one thread, unless another number is chosen",
  async () => {
    const home = await temporaryFolder();
    const model = join(await temporaryFolder(), "model.gguf");
    // Large enough that its size alone does not lead to one thread.
    const { keys, tensors } = trialModel(tokenTrial.shape, 256);
    const chatTemplate = "{% for message in messages %}{{ message.content }}{% endfor %}";
    await writeGguf(model, { keys: { ...keys, "tokenizer.chat_template": chatTemplate }, tensors });
    const onFirstCore = (args: string[]): string =>
      execFileSync("taskset", ["-c", "0", process.execPath, entry, ...args, "--json"], {
        encoding: "utf8",
        env: { ...process.env, R1_WORKBENCH_HOME: home },
      });
    const bench = (more: string[]) =>
      JSON.parse(onFirstCore(["bench", "-m", model, "-n", "0", "-r", "1", ...more])) as {
        conditions: { settings: { threads: number }; machine: { usableCores: number } };
      };
    expect(bench(["-p", "8"]).conditions).toMatchObject({ settings: { threads: 1 }, machine: { usableCores: 1 } });
    expect(bench(["-p", "1", "-t", "2"]).conditions.settings.threads).toBe(2);
    const { cpu } = JSON.parse(onFirstCore(["profile"])) as { cpu: object };
    expect(cpu).toMatchObject({ usableCores: 1, defaultThreads: 1 });
  },
);
