// Builds every room into out/<room>/. Each Node room becomes one standalone file, because the engine and the store worker
// must start without the app's other code; two are divided: main where it imports the workbench, after the window has
// opened, and the engine where it imports node-llama-cpp.
import { cp, rm, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleLlama } from "./bundleLlama.mjs";
import { componentList } from "./components/componentList.mjs";
import { writeAppLicences } from "./packaging/appLicences.mjs";
import { noteBundledPackages, writeBundledPackages } from "./packaging/bundledPackages.mjs";
import { updateSource } from "./packaging/updateSource.mjs";
import { buildPreview } from "./preview/buildPreview.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const databases = ["@photostructure/sqlite", "better-sqlite3-multiple-ciphers"];

/** Packages that stay in node_modules, because they are native or depend on their own file layout. */
const external = [/^node:/, "electron", /^@node-llama-cpp\//, /^@reflink\//, ...databases];

const divided = new Set(["main", "engine"]);

/** @type {{ entry: string, out: string, format: "es" | "cjs" }[]} */
const nodeRooms = [
  { entry: "electron/main/main.ts", out: "out/main/main.js", format: "es" },
  { entry: "electron/preload/preload.ts", out: "out/preload/preload.cjs", format: "cjs" },
  { entry: "electron/engine/engine.ts", out: "out/engine/engine.js", format: "es" },
  { entry: "electron/workbench/chats/storeWorker.ts", out: "out/workbench/storeWorker.js", format: "es" },
  { entry: "electron/workbench/backups/backupWorker.ts", out: "out/workbench/backupWorker.js", format: "es" },
  { entry: "electron/workbench/downloads/hashWorker.ts", out: "out/workbench/hashWorker.js", format: "es" },
  { entry: "electron/workbench/downloads/downloadWorker.ts", out: "out/workbench/downloadWorker.js", format: "es" },
  { entry: "electron/workbench/exports/exportWorker.ts", out: "out/workbench/exportWorker.js", format: "es" },
  { entry: "electron/workbench/imports/importWorker.ts", out: "out/workbench/importWorker.js", format: "es" },
  { entry: "electron/workbench/chatLock/lockWorker.ts", out: "out/workbench/lockWorker.js", format: "es" },
  { entry: "electron/workbench/workers/workerHost.ts", out: "out/workbench/workerHost.mjs", format: "es" },
  { entry: "electron/workbench/documents/documentReader.ts", out: "out/workbench/documentReader.mjs", format: "es" },
  {
    entry: "electron/workbench/documents/folders/folderLister.ts",
    out: "out/workbench/folderLister.mjs",
    format: "es",
  },
  { entry: "electron/workbench/llamaServer/keeper.ts", out: "out/workbench/serverKeeper.mjs", format: "es" },
  { entry: "electron/workbench/hardware/memoryReads.ts", out: "out/workbench/memoryReads.js", format: "es" },
  { entry: "electron/cli/r1.ts", out: "out/cli/r1.js", format: "es" },
];

/** @param {string[]} only room names such as "engine"; if empty, all rooms are built */
export async function buildAll(only = []) {
  const { build } = await import("vite");
  /** @param {string} name */
  const wanted = (name) => only.length === 0 || only.includes(name);
  if (only.length === 0) await rm(new URL("../out", import.meta.url), { recursive: true, force: true });
  const emptied = new Set();
  /** @type {Map<string, import("./packaging/bundledPackages.mjs").BundledPackage>} */
  const bundled = new Map();
  const plugins = [bundleLlama(), noteBundledPackages(root.replace(/[\\/]$/, ""), bundled)];
  for (const { entry, out, format } of nodeRooms) {
    const [, room = "", file = ""] = out.split("/");
    if (!wanted(room)) continue;
    await build({
      root,
      configFile: false,
      logLevel: "warn",
      publicDir: false,
      plugins,
      // Resolved as for a server: Node conditions, no browser shims.
      ssr: { noExternal: true, external: ["electron", ...databases] },
      build: {
        ssr: entry,
        outDir: `out/${room}`,
        // A room of two files is emptied only once.
        emptyOutDir: !emptied.has(room),
        target: "node20",
        // The engine's is read from the disk, once.
        chunkSizeWarningLimit: 4000,
        minify: false,
        sourcemap: true,
        rollupOptions: {
          external,
          output: { format, entryFileNames: file, chunkFileNames: "[name].js", codeSplitting: divided.has(room) },
        },
      },
    });
    emptied.add(room);
  }
  if (wanted("workbench")) {
    // Which characters the fonts in a PDF have.
    const cmaps = fileURLToPath(new URL("../node_modules/pdfjs-dist/cmaps", import.meta.url));
    await cp(cmaps, fileURLToPath(new URL("../out/workbench/cmaps", import.meta.url)), { recursive: true });
    await writeFile(
      new URL("../out/workbench/components.json", import.meta.url),
      JSON.stringify(await componentList()),
    );
  }
  if (wanted("preview")) await buildPreview(bundled, plugins);
  if (wanted("renderer"))
    await build({
      root: fileURLToPath(new URL("../renderer", import.meta.url)),
      configFile: fileURLToPath(new URL("../vite.config.ts", import.meta.url)),
      logLevel: "warn",
      plugins,
    });
  // A partial build knows only its own packages.
  if (only.length > 0) return;
  const out = fileURLToPath(new URL("../out", import.meta.url));
  await writeBundledPackages(out, bundled);
  await writeAppLicences(out, bundled.values());
  const source = updateSource();
  if (source !== null) await writeFile(`${out}/updateSource.json`, `${JSON.stringify(source)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildAll(process.argv.slice(2));
