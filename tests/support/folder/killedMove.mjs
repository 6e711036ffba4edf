// A process that moves a home's models and kills itself right before its nth change to the disk: killedMove.mjs JOB, with
// {home, chosen, away, hashWorker, killAt} as JSON. Run it with the shipped Node, which reads TypeScript.
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const { home, chosen, away, hashWorker, killAt } = JSON.parse(process.argv[2] ?? "{}");
const changes = ["rename", "rm", "rmdir", "unlink", "mkdir", "symlink", "utimes"];
let made = 0;
const count = () => {
  if (++made === killAt) process.kill(process.pid, "SIGKILL");
};
for (const name of changes) {
  const original = promises[name];
  promises[name] = (...args) => {
    count();
    return original(...args);
  };
}
const { open, stat } = promises;
promises.open = (path, flags, mode) => {
  if (flags !== undefined && flags !== "r" && typeof flags !== "number") count();
  return open(path, flags, mode);
};
// As if this folder were on another disk, so that the files are copied.
promises.stat = async (path, options) => {
  const found = await stat(path, options);
  if (away !== null && String(path).startsWith(away)) found.dev = typeof found.dev === "bigint" ? 9n : 9;
  return found;
};
const handle = await open(process.argv[1] ?? "", "r");
const writes = Object.getPrototypeOf(handle);
for (const name of ["write", "writeFile", "sync"]) {
  const original = writes[name];
  writes[name] = function (...args) {
    count();
    return original.apply(this, args);
  };
}
await handle.close();
syncBuiltinESMExports();

const { FolderMover } = await import("../../../electron/workbench/folder/FolderMover.ts");
let isOver = () => undefined;
const over = new Promise((resolve) => (isOver = resolve));
const mover = new FolderMover({
  home,
  hashWorker,
  reserveBytes: 0,
  withoutModel: (_signal, work) => work(),
  onSwitched: () => undefined,
  onChange: ({ move }) => {
    if (move.state === "failed") throw new Error(JSON.stringify(move.problem));
    if (move.state === "none") isOver();
  },
});
const { id } = await mover.plan(chosen);
await mover.start(id);
await over;
process.stdout.write(String(made));
