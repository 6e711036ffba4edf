// `npm run pictures`: starts the app with prepared homes, and writes a picture of each screen in each state, in light
// and dark, to look at. Nothing is compared.
//   npm run pictures -- --only models --size 1280x800 --theme dark --language fr --out DIR     (each may be repeated)
//   npm run pictures -- --readme     (the README's, into docs/images)
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { smallPng } from "./pictures/smallPng.mjs";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureElectronRuntime } from "./setup/electronRuntime.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { root } from "./setup/paths.mjs";
import { runScript } from "./setup/runScript.mjs";
import { sandboxArguments } from "./setup/sandbox.mjs";
import { SetupProblem } from "./setup/SetupProblem.mjs";
import { ensureSystemPackages } from "./setup/systemPackages.mjs";
import { displayPrograms, twoVirtualDisplays } from "./setup/virtualDisplay.mjs";

const themes = ["light", "dark"];
const languages = ["en", "fr", "zh-CN", "pseudo"];
/** The pictures of the README: state, theme, and name in docs/images. */
const ofReadme = [
  ["empty/first-start", "light", "first-start"],
  ["chat/history-top", "light", "chat"],
  ["models/installed", "light", "models"],
  ["hardware/benchmark-results", "dark", "hardware"],
];
const readmeSize = "1200x750";
const usage = `Usage: npm run pictures [-- --only STATE --size WIDTHxHEIGHT --theme ${themes.join("|")} --language ${languages.join("|")} --out DIR]\n       npm run pictures -- --readme`;

await runScript(async () => {
  const wanted = parseArguments(process.argv.slice(2));
  requireNodeVersion();
  await ensureDependencies();
  await ensureBuilt();
  const runtime = await ensureElectronRuntime();
  await ensureSystemPackages("take pictures of the app", { electron: runtime.path, programs: displayPrograms });
  const env = {
    ...process.env,
    R1_TEST_ELECTRON: runtime.path,
    R1_TEST_ELECTRON_ARGS: JSON.stringify(await sandboxArguments(runtime.path)),
    R1_PICTURES: JSON.stringify(wanted),
  };
  const config = join(root, "tests", "pictures", "pictures.config.ts");
  const playwright = join(root, "node_modules", "@playwright", "test", "cli.js");
  const command = [...twoVirtualDisplays, process.execPath, playwright, "test", "-c", config];
  const child = spawn(command[0] ?? "", command.slice(1), { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise((done) => child.once("error", () => done(1)).once("close", (code) => done(code ?? 1)));
  if (wanted.isReadme && code === 0) await keepReadme(wanted.folder);
  console.log(`The pictures are in ${wanted.folder}`);
  return code;
});

/** Writes the pictures of the README to docs/images. @param {string} folder */
async function keepReadme(folder) {
  for (const [state = "", theme, name] of ofReadme) {
    const taken = join(folder, "en", `${state.replace("/", "-")}.${readmeSize}.${theme}.png`);
    await writeFile(join(root, "docs", "images", `${name}.png`), smallPng(await readFile(taken)));
  }
}

/** @param {string[]} args */
function parseArguments(args) {
  try {
    const many = { type: /** @type {const} */ ("string"), multiple: /** @type {const} */ (true) };
    const { values } = parseArgs({
      args,
      options: {
        only: many,
        size: many,
        theme: many,
        language: many,
        out: { type: "string" },
        readme: { type: "boolean", default: false },
      },
    });
    if (values.readme) {
      const folder = join(root, "pictures", "readme");
      return {
        isReadme: true,
        folder,
        only: ofReadme.map(([state]) => state),
        sizes: [readmeSize],
        themes,
        languages: ["en"],
      };
    }
    const sizes = values.size ?? ["1280x800", "800x600"];
    for (const size of sizes) if (!/^\d+x\d+$/.test(size)) throw new Error(`"${size}" is no size.`);
    for (const [given, known] of [
      [values.theme ?? [], themes],
      [values.language ?? [], languages],
    ]) {
      const wrong = given?.find((name) => !known?.includes(name));
      if (wrong !== undefined) throw new Error(`"${wrong}" is not one of ${known?.join(", ")}.`);
    }
    return {
      isReadme: false,
      folder: resolve(values.out ?? join(root, "pictures")),
      only: values.only ?? [],
      sizes,
      themes: values.theme ?? themes,
      languages: values.language ?? languages,
    };
  } catch (error) {
    throw new SetupProblem(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
