// `npm run package`: builds the app for this system and processor in release/. On Linux: the unpacked folder, a tar.gz
// and a deb; elsewhere: what electron-builder.yml lists.
//   --dir     only the unpacked folder
//   --quick   the folder and a deb, hardly compressed (for the tests)
//   --all     everything in electron-builder.yml; electron-builder fetches the tools for it from GitHub
//   --signed  refuses to build a package that is not signed (macOS, Windows)
//   --check   then tries what was built: as an ordinary user, and installed from the deb (docs/packages.md)
// The fallback runtime is refused with --all and --signed. R1_PACKAGE_CUDA=1 adds the engine's CUDA binaries (563 MB).
import { chmod } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { fallbackNotice } from "./packaging/fallbackNotice.mjs";
import { signingArguments } from "./packaging/signing.mjs";
import { ensureBuilt } from "./setup/built.mjs";
import { command, tail } from "./setup/command.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureElectronRuntime } from "./setup/electronRuntime.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { root } from "./setup/paths.mjs";
import { runScript } from "./setup/runScript.mjs";
import { say } from "./setup/say.mjs";
import { SetupProblem } from "./setup/SetupProblem.mjs";

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const systems = { linux: "--linux", darwin: "--mac", win32: "--win" };

await runScript(async () => {
  const { dir, quick, all, signed, check } = parsedOptions();
  requireNodeVersion();
  const system = systems[process.platform];
  if (system === undefined || !["x64", "arm64"].includes(process.arch)) {
    throw new SetupProblem("Packages are built on Linux, macOS and Windows, for x64 and arm64.");
  }
  await ensureDependencies();
  await ensureBuilt();
  const runtime = await ensureElectronRuntime();
  const signing = signingArguments(process.platform, process.env, signed);
  for (const notice of [fallbackNotice(runtime, { all, signed }), signing.notice]) {
    if (notice !== null) say(notice);
  }
  const here = quick ? ["dir", "deb"] : ["dir", "tar.gz", "deb"];
  const targets = dir ? ["dir"] : process.platform === "linux" && !all ? here : [];
  const args = [system, ...targets, `--${process.arch}`, "--publish", "never", "--config", "electron-builder.yml"];
  // Elsewhere the pinned Electron has another layout, and electron-builder fetches its own copy.
  const electron = [
    ...(process.platform === "linux" ? [`--config.electronDist=${dirname(runtime.path)}`] : []),
    `--config.electronVersion=${runtime.version}`,
    // Chromium cannot start its sandbox's helper from a folder with a space in its name, and this names the one in /opt.
    ...(process.platform === "linux" ? ["--config.productName=r1-workbench"] : []),
    ...(quick ? ["--config.deb.compression=gz"] : []),
  ];
  const builder = join(root, "node_modules", "electron-builder", "cli.js");
  const result = await command(process.execPath, [builder, ...args, ...electron, ...signing.args], {
    cwd: root,
    env: { ...process.env, ...(await tools(all, quick)) },
  });
  if (result.code !== 0) throw new SetupProblem(`The package could not be built:\n${tail(result, 30)}`);
  say(`Built in ${join(root, "release")}.`);
  if (!check) return 0;
  const { checkPackages } = await import("./packaging/checkPackages.mjs");
  return await checkPackages();
});

function parsedOptions() {
  const flag = /** @type {const} */ ({ type: "boolean", default: false });
  try {
    return parseArgs({ options: { dir: flag, quick: flag, all: flag, signed: flag, check: flag } }).values;
  } catch (error) {
    throw new SetupProblem(`${error instanceof Error ? error.message : String(error)}
Usage: npm run package [-- --dir | --quick | --all] [--signed] [--check]`);
  }
}

/**
 * Returns the environment with which electron-builder uses the tools that are here, rather than fetch its own from
 * GitHub.
 * @param {boolean} all
 * @param {boolean} quick
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function tools(all, quick) {
  if (all) return {};
  // The default level, 9, takes minutes and saves only a few per cent.
  const level = quick ? "1" : (process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ?? "3");
  const hasFpm = (await command("fpm", ["--version"])).code === 0;
  return {
    ELECTRON_BUILDER_7ZIP_PATH: await sevenZip(),
    ELECTRON_BUILDER_COMPRESSION_LEVEL: level,
    ...(hasFpm ? { USE_SYSTEM_FPM: "true" } : { CUSTOM_FPM_PATH: join(root, "scripts", "packaging", "fpm.mjs") }),
  };
}

/** The 7-Zip from npm lacks its executable bit. */
async function sevenZip() {
  const { path7za } = createRequire(import.meta.url)("7zip-bin");
  await chmod(path7za, 0o755);
  return path7za;
}
