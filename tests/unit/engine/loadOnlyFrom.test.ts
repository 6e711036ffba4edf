import { execFile } from "node:child_process";
import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { packageFolder } from "../../../electron/engine/packageFolder.ts";
import { bundledNode } from "../../../scripts/setup/bundledNode.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const run = promisify(execFile);
const source = pathToFileURL(join(import.meta.dirname, "../../../electron/engine/loadOnlyFrom.ts")).href;

async function addPackage(folder: string, name: string): Promise<void> {
  const at = join(folder, "node_modules", name);
  await mkdir(at, { recursive: true });
  await writeFile(join(at, "package.json"), JSON.stringify({ name, main: "index.js" }));
  await writeFile(join(at, "index.js"), `module.exports = ${JSON.stringify(name)};`);
}

test("a package that is missing is not taken from a folder above", async () => {
  const above = await realpath(await temporaryFolder());
  const app = join(above, "app");
  await addPackage(app, "ours");
  await addPackage(above, "planted");
  // A package's own packages may lie in it, and it may have been built to use one that is optional.
  await addPackage(join(app, "node_modules", "ours"), "inner");
  await writeFile(
    join(app, "node_modules", "ours", "index.js"),
    'require("inner"); try { require("planted"); module.exports = "misled"; } catch { module.exports = "ours"; }',
  );
  await writeFile(join(app, "beside.mjs"), "export default 1;");
  const tries = `
    import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);
    const tried = async (load) => { try { return (await load()).default ?? "loaded"; } catch (error) { return error.code; } };
    const ways = {
      own: () => import("ours"),
      file: () => import("./beside.mjs").then(() => ({})),
      builtIn: () => import("fs").then(() => ({})),
      import: () => import("planted"),
      resolve: () => import.meta.resolve("planted"),
      require: () => require("planted"),
    };
    const results = {};
    for (const [way, load] of Object.entries(ways)) results[way] = await tried(load);
    console.log(JSON.stringify(results));`;
  const limits = `import { loadOnlyFrom } from ${JSON.stringify(source)};\nloadOnlyFrom(${JSON.stringify(app)});`;
  await writeFile(join(app, "free.mjs"), tries);
  await writeFile(join(app, "limited.mjs"), `${limits}\n${tries}`);
  const node = bundledNode();
  const resultsOf = async (file: string): Promise<unknown> => {
    const { stdout } = await run(node, ["--experimental-strip-types", "--no-warnings", join(app, file)]);
    return JSON.parse(stdout);
  };
  const own = { file: "loaded", builtIn: "loaded" };
  const notFound = "ERR_MODULE_NOT_FOUND";
  expect(await resultsOf("free.mjs")).toEqual({
    ...own,
    own: "misled",
    import: "planted",
    resolve: "loaded",
    require: "loaded",
  });
  expect(await resultsOf("limited.mjs")).toEqual({
    ...own,
    own: "ours",
    import: notFound,
    resolve: notFound,
    require: notFound,
  });
});

test.skipIf(process.platform === "win32")("only a packaged app's engine has such a folder", () => {
  expect(packageFolder("/opt/r1-workbench/resources/app.asar.unpacked/out/engine/engine.js")).toBe(
    "/opt/r1-workbench/resources/app.asar.unpacked",
  );
  expect(packageFolder("/home/reader/r1-workbench/out/engine/engine.js")).toBeNull();
});
