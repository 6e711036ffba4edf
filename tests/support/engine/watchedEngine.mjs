// The built engine, which also writes what it disposes of to the file GGML_WATCHED_FILE, one name a line. If
// GGML_WATCHED_HANG is a pipe that nobody writes to, disposing of the context hangs there as it may in native code: on
// the thread of the pool, which `process.exit` waits for. SIGUSR2 makes it throw where nobody catches it.
import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Llama, LlamaContext, LlamaModel } from "node-llama-cpp";

const { GGML_WATCHED_FILE: file = "", GGML_WATCHED_HANG: pipe } = process.env;
const watched = { context: LlamaContext.prototype, model: LlamaModel.prototype, library: Llama.prototype };
for (const [name, prototype] of Object.entries(watched)) {
  const dispose = Reflect.get(prototype, "dispose");
  prototype.dispose = async function () {
    if (this.disposed) return;
    if (pipe !== undefined && name === "context") await readFile(pipe);
    await dispose.call(this);
    appendFileSync(file, `${name}\n`);
  };
}
process.on("SIGUSR2", () => {
  throw new Error("unforeseen");
});
await import("../../../out/engine/engine.js");
