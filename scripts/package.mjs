// `npm run package`: builds the app as an unpacked folder and a tar.gz in release/. With --dir, only the folder.
// R1_PACKAGE_CUDA=1 adds the engine's CUDA binaries (540 MB).
import { chmod } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ensureBuilt } from "./setup/built.mjs";
import { command, tail } from "./setup/command.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureElectronRuntime } from "./setup/electronRuntime.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { root } from "./setup/paths.mjs";
import { runScript } from "./setup/runScript.mjs";
import { say } from "./setup/say.mjs";
import { SetupProblem } from "./setup/SetupProblem.mjs";

await runScript(async () => {
  requireNodeVersion();
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetupProblem("Packages are built on Linux x64 only, so far.");
  }
  await ensureDependencies();
  await ensureBuilt();
  const runtime = await ensureElectronRuntime();
  if (runtime.isFallback)
    say("This package contains the fallback runtime. It is for testing only and must not be distributed.");

  const targets = process.argv.includes("--dir") ? ["dir"] : ["dir", "tar.gz"];
  const args = ["--linux", ...targets, "--x64", "--publish", "never", "--config", "electron-builder.yml"];
  const electron = [`--config.electronDist=${dirname(runtime.path)}`, `--config.electronVersion=${runtime.version}`];
  const builder = join(root, "node_modules", "electron-builder", "cli.js");
  const result = await command(process.execPath, [builder, ...args, ...electron], {
    cwd: root,
    env: {
      ...process.env,
      ELECTRON_BUILDER_7ZIP_PATH: await sevenZip(),
      // The default, 9, takes minutes and saves only a few per cent.
      ELECTRON_BUILDER_COMPRESSION_LEVEL: process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ?? "3",
    },
  });
  if (result.code !== 0) throw new SetupProblem(`The package could not be built:\n${tail(result, 30)}`);
  say(`Built in ${join(root, "release")}.`);
  return 0;
});

/** electron-builder would fetch its own 7-Zip from GitHub. The one from npm lacks its executable bit. */
async function sevenZip() {
  const { path7za } = createRequire(import.meta.url)("7zip-bin");
  await chmod(path7za, 0o755);
  return path7za;
}
