import { join } from "node:path";
import { command, tail } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";

/**
 * @typedef {{ sink: string, resolver: string, ports: number[] }} StandIn
 * `sink`: the address of every name; `resolver`: that of the name server; `ports`: where connections are accepted. Any
 * other address is answered as well, but nothing leads there by itself.
 */

/** Addresses reserved for documentation (RFC 5737). @type {StandIn} */
export const usualStandIn = { sink: "198.51.100.1", resolver: "198.51.100.53", ports: [80, 443] };

/**
 * Returns the prefix for a command that is to run in a network namespace of its own, in which a stand-in answers for the
 * whole internet; without any answer, requests that follow a first query would never be seen. If the system does not
 * allow such a namespace, returns the reason.
 * @param {string} folder gets the stand-in's log, `stand-in.log`, and if tcpdump is installed `packets.pcap`
 * @param {StandIn} [standIn]
 * @returns {Promise<{ prefix: string[] } | { refusal: string }>}
 */
export async function ownNetwork(folder, { sink, resolver, ports } = usualStandIn) {
  const isRoot = process.getuid?.() === 0;
  const enter = ["unshare", ...(isRoot ? [] : ["--user", "--map-root-user"]), "--net", "--mount"];
  // Chromium does not sandbox root, so an ordinary user is mapped back inside.
  const leave = isRoot
    ? []
    : ["unshare", "--user", `--map-user=${process.getuid?.()}`, `--map-group=${process.getgid?.()}`];
  const script = join(root, "scripts", "network", "ownNetwork.sh");
  const prefix = [...enter, "sh", script, folder, process.execPath, sink, resolver, ports.join(","), ...leave];
  const [file = "", ...args] = prefix;
  const tried = await command(file, [...args, "true"], { timeoutMs: 20_000 });
  return tried.code === 0 ? { prefix } : { refusal: tail(tried, 1) };
}
