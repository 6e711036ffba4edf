import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Returns a process and all its descendants, according to /proc. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const parent = /^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found = [root];
  for (const id of found) for (const [child, parent] of parents) if (parent === id) found.push(child);
  return found;
}

/** Returns the command line of a process; empty if it has ended. */
export function commandLine(id: number): string {
  return read(`/proc/${id}/cmdline`).replaceAll("\0", " ");
}

/** Returns the TCP ports on which these processes listen. */
export function listeningPorts(ids: number[]): number[] {
  const listening = new Map<string, number>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of read(table).split("\n").slice(1)) {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      if (state === "0A") listening.set(`socket:[${inode}]`, Number.parseInt(local.split(":").at(-1) ?? "", 16));
    }
  }
  return ids.flatMap((id) => sockets(id).flatMap((socket) => listening.get(socket) ?? []));
}

function sockets(id: number): string[] {
  try {
    const folder = `/proc/${id}/fd`;
    return readdirSync(folder).map((name) => {
      try {
        return readlinkSync(`${folder}/${name}`);
      } catch {
        return "";
      }
    });
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
