// The built engine, which also writes what it disposes of to the file GGML_WATCHED_FILE, one name a line. If
// GGML_WATCHED_HANG is a pipe that nobody writes to, disposing of the context hangs there as it may in native code: on
// the thread of the pool, which `process.exit` waits for. SIGUSR2 makes it throw where nobody catches it.
import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { getLlama } from "../../../out/engine/llamaLibrary.js";

const { GGML_WATCHED_FILE: file = "", GGML_WATCHED_HANG: pipe } = process.env;

/** Has an object write its name when it is disposed of. */
function watch(name, object) {
  const dispose = object.dispose;
  object.dispose = async function () {
    if (this.disposed) return;
    if (pipe !== undefined && name === "context") await readFile(pipe);
    await dispose.call(this);
    appendFileSync(file, `${name}\n`);
  };
}

/** Calls `found` with each object that a method resolves with. */
function whenMade(object, method, found) {
  const make = object[method];
  object[method] = async function (...given) {
    const made = await make.apply(this, given);
    found(made);
    return made;
  };
}

// What only tries a backend is not watched.
if (process.argv.includes("--backend")) {
  // The library's classes are inside of its file, so that its own object leads to them.
  const first = await getLlama({ gpu: false, build: "never", skipDownload: true });
  const library = Object.getPrototypeOf(first);
  await first.dispose();
  watch("library", library);
  whenMade(library, "loadModel", (model) => {
    watch("model", model);
    whenMade(model, "createContext", (context) => watch("context", context));
  });
}
process.on("SIGUSR2", () => {
  throw new Error("unforeseen");
});
await import("../../../out/engine/engine.js");
