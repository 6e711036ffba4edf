// Preloaded before the app (`electron -r`): records, for every program that main starts, which of main's open files and
// sockets it still has after it has replaced main's copy.
const childProcess = require("node:child_process");
const { readdirSync, readlinkSync } = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");

/** @param {string} folder @returns {Map<string, string>} the target of each descriptor from 3 on */
function descriptors(folder) {
  const found = new Map();
  for (const number of listed(folder)) {
    try {
      if (Number(number) > 2) found.set(number, readlinkSync(`${folder}/${number}`));
    } catch {
      // Closed in the meantime.
    }
  }
  return found;
}

/** @param {string} folder @returns {string[]} */
function listed(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @param {number | string} process @returns {string} */
function programOf(process) {
  try {
    return readlinkSync(`/proc/${process}/exe`);
  } catch {
    return "";
  }
}

globalThis.spawned = [];
const { spawn } = childProcess;
childProcess.spawn = (file, args, options) => {
  const child = spawn(file, args, options);
  if (child.pid === undefined) return child;
  const own = new Set(descriptors("/proc/self/fd").values());
  // libuv may return before the program has started; a program that has ended has no descriptors.
  while (programOf(child.pid) === programOf("self"));
  const given = descriptors(`/proc/${child.pid}/fd`);
  // Kinds such as "anon_inode:[eventpoll]" have no identity, and the null device is harmless.
  const shared = [...given.values()].filter((link) => own.has(link) && link !== "/dev/null" && !link.startsWith("anon"));
  globalThis.spawned.push({ program: [file, ...args].join(" "), shared, count: given.size });
  return child;
};
syncBuiltinESMExports();
