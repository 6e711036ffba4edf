// The app with an engine that writes what a benchmark provides, in its own home folder.
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "@playwright/test";
import { ensureElectronRuntime } from "../../scripts/setup/electronRuntime.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { sandboxArguments } from "../../scripts/setup/sandbox.mjs";
import { inMain } from "../support/inMain.mjs";

const support = (name) => fileURLToPath(new URL(`../e2e/support/${name}`, import.meta.url));
const contract = await readFile(join(root, "electron/contract/engineProtocol.ts"), "utf8");
const protocol = /engineProtocolVersion = (\d+)/.exec(contract)?.[1] ?? "";
const engineSays = {
  ready: {
    type: "ready",
    protocol: Number(protocol),
    info: {
      pid: 0,
      nodeVersion: "22",
      libraryVersion: "0",
      llamaRelease: "b0",
      backend: "cpu",
      computeCores: 1,
      cpuFeatures: [],
    },
  },
  facts: {
    contextSize: 0,
    batchSize: 0,
    threads: 1,
    gpuLayers: 0,
    layers: 3,
    flashAttention: null,
    kvCacheType: "f16",
    memoryMapped: true,
    description: "the bench's own words",
    weightsBytes: 1_000_000,
    loadMs: 1,
  },
};

/** Needs a build (npm run build). */
export async function writingApp() {
  const home = await mkdtemp(join(tmpdir(), "r1-hostile-"));
  const replyFile = join(home, "test-reply.json");
  const { path: binary } = await ensureElectronRuntime();
  const setReply = async (reply) => {
    await writeFile(`${replyFile}.new`, JSON.stringify({ hold: false, ...reply }));
    await rename(`${replyFile}.new`, replyFile);
  };
  return {
    home,
    async launch() {
      const electron = await _electron.launch({
        executablePath: binary,
        args: ["-r", support("replaceEngine.cjs"), ...(await sandboxArguments(binary)), root],
        chromiumSandbox: true,
        env: {
          ...process.env,
          R1_WORKBENCH_HOME: home,
          R1_TEST_ENGINE: support("writingEngine.mjs"),
          R1_TEST_REPLY: replyFile,
          R1_TEST_ENGINE_SAYS: JSON.stringify(engineSays),
        },
      });
      const page = await electron.firstWindow();
      page.setDefaultTimeout(180_000);
      return { electron, page };
    },
    /** Sets every following reply: these parts, this many characters at a time. */
    async writeNext(parts, pieceChars) {
      const pieces = parts.flatMap(({ part, text }) => {
        const characters = Array.from(text);
        const count = Math.ceil(characters.length / pieceChars);
        return Array.from({ length: count }, (_, index) => ({
          part,
          text: characters.slice(index * pieceChars, (index + 1) * pieceChars).join(""),
        }));
      });
      await setReply({ pieces });
    },
    /** Sets every following reply: these pieces, each a token, at most so many a second (null: as fast as they go). */
    writePieces: (part, texts, piecesPerSecond) =>
      setReply({ pieces: texts.map((text) => ({ part, text })), piecesPerSecond }),
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Returns the memory of the page's process. */
export async function pageMegabytes(electron) {
  const metrics = await inMain(electron, ({ app }) => app.getAppMetrics());
  const tab = metrics.find(({ type }) => type === "Tab");
  return (tab?.memory.workingSetSize ?? 0) / 1000;
}
