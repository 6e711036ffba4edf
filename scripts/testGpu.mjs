// `npm run test:gpu`: runs the tests of the graphics cards on whatever this machine has, and writes a report that can be
// sent: it has no paths and nothing personal. Exit code 0: nothing failed, whether or not there is a card.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { runVitest } from "./checks/testSuites.mjs";
import { ensureBuilt } from "./setup/built.mjs";
import { command } from "./setup/command.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { manifestIn } from "./setup/manifestIn.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { root } from "./setup/paths.mjs";
import { runScript } from "./setup/runScript.mjs";

const name = "gpu-report.txt";

await runScript(async () => {
  requireNodeVersion();
  await ensureDependencies();
  await ensureBuilt();
  const folder = await mkdtemp(join(tmpdir(), "r1-gpu-"));
  try {
    const lines = join(folder, "lines.txt");
    process.env.R1_GPU_REPORT = lines;
    // One file at a time, so that they do not disturb each other's figures.
    const files = ["tests/integration/gpu", "tests/integration/fit/vulkanInSoftware"];
    const result = await runVitest("integration", ["--no-file-parallelism", ...files]);
    const measured = await readFile(lines, "utf8").catch(() => "");
    const { passed, failed, skipped } = result;
    const summary = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    const report = [...(await machine()), "", measured.trim(), "", summary, ""].join("\n");
    await writeFile(join(root, name), report);
    console.log(
      `\n${report}\nThis is also in ${name}. It has no paths and nothing personal: please send it, whatever it says.`,
    );
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Returns what the report says about the machine. */
async function machine() {
  const { version } = await manifestIn(root);
  const library = await manifestIn(join(root, "node_modules", "node-llama-cpp"));
  const query = ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"];
  const nvidia = await command("nvidia-smi", query, { timeoutMs: 10_000 });
  return [
    `R1 Workbench ${version}, node-llama-cpp ${library.version}, Node ${process.versions.node}`,
    `${process.platform} ${release()} ${process.arch}`,
    `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} logical cores, ${(totalmem() / 1e9).toFixed(1)} GB`,
    `NVIDIA's driver: ${nvidia.code === 0 ? nvidia.stdout.trim().split("\n").join("; ") : "none"}`,
  ];
}
