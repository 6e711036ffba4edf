import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inMain } from "./inMain.mjs";

/**
 * The tasks of the window's main thread, from Chromium's own trace: their CPU time, which does not depend on the
 * machine's other load, and their elapsed time.
 * @typedef {{ name: string, cpuMs: number, wallMs: number }} Work
 * @typedef {Work & { parts: Work[] }} Task
 */

const categories = ["toplevel"];
/** The categories of a task's parts. Recording them takes time itself. */
const detailed = [...categories, "blink", "cc", "devtools.timeline", "v8", "disabled-by-default-v8.gc"];
const taskNames = new Set(["RunTask", "ThreadControllerImpl::RunTask", "ThreadController::Task"]);

/**
 * Starts recording. With `isDetailed`, tasks have parts.
 * @param {import("@playwright/test").ElectronApplication} electron
 */
export async function startTasks(electron, isDetailed = false) {
  await inMain(
    electron,
    async ({ contentTracing, webContents }, included) => {
      await contentTracing.startRecording({
        included_categories: included,
        excluded_categories: ["*"],
        included_process_ids: webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
        recording_mode: "record-until-full",
        trace_buffer_size_in_kb: 800_000,
      });
    },
    isDetailed ? detailed : categories,
  );
}

/**
 * Stops recording.
 * @param {import("@playwright/test").ElectronApplication} electron
 * @returns {Promise<Task[]>} the longest 20, the one with the most CPU time first
 */
export async function stopTasks(electron) {
  const path = join(tmpdir(), `r1-tasks-${process.pid}-${Date.now()}.json`);
  await inMain(electron, async ({ contentTracing }, file) => void (await contentTracing.stopRecording(file)), path);
  const { traceEvents } = JSON.parse(await readFile(path, "utf8"));
  if (process.env.KEEP_TRACE === undefined) await rm(path);
  return longestTasks(traceEvents);
}

function longestTasks(events) {
  const main = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const complete = events.filter(({ ph, pid, tid }) => ph === "X" && main.has(`${pid}/${tid}`));
  const tasks = complete.filter(({ name }) => taskNames.has(name));
  const work = ({ name, dur = 0, tdur = 0 }) => ({ name, cpuMs: tdur / 1000, wallMs: dur / 1000 });
  return tasks
    .sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .slice(0, 20)
    .map((task) => ({
      ...work(task),
      parts: complete
        .filter((event) => event !== task && event.ts >= task.ts && event.ts + event.dur <= task.ts + task.dur)
        .filter((event) => (event.tdur ?? 0) > 10_000)
        .sort((a, b) => a.ts - b.ts)
        .map(work),
    }));
}
