import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { appPaths } from "../../../electron/workbench/appPaths.ts";

const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const worker = fileURLToPath(new URL("../../support/workers/countingWorker.mjs", import.meta.url));

it("ends with the workbench, also while its worker is in native code", async () => {
  const host = spawn(paths.engine.nodePath, [paths.workerHost], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  onTestFinished(() => void host.kill("SIGKILL"));
  host.send({ type: "start", path: worker, workerData: null });
  const [report] = (await once(host, "message")) as [unknown];
  expect(report).toEqual({ type: "message", message: "counting" });
  const ended = once(host, "exit");
  // As the end of the other process does.
  host.disconnect();
  await ended;
});
