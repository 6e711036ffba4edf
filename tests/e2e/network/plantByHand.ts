import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { plantedByProof } from "../../../scripts/network/plantedByProof.mjs";
import { letPageOut } from "./letPageOut.ts";

const run = promisify(execFile);

/**
 * What the proof must detect, by name. `page` is what the previewed page tries, with nothing that keeps it from that;
 * `unrecorded` is a connection to the hub that the app does not know of.
 */
export const plants = ["question", "packet", "connection", "page", "unrecorded"] as const;
export type Plant = (typeof plants)[number];

/** Does this in a process of its own, since nothing can be planted in the packaged app. */
export async function plant(kind: Plant, hub: string): Promise<void> {
  if (kind === "page") return letPageOut();
  const { question, packet, connection } = plantedByProof;
  const scripts: Record<typeof kind, string> = {
    question: `require("node:dns").lookup(${JSON.stringify(question)}, () => {})`,
    packet: `const s = require("node:dgram").createSocket("udp4"); s.send("x", 9, "${packet}", () => s.close())`,
    connection: `require("node:net").connect(443, "${connection}").on("connect", function () { this.destroy(); })`,
    unrecorded: `fetch(${JSON.stringify(hub)}).then((answer) => answer.text())`,
  };
  await run(process.execPath, ["-e", scripts[kind]]);
}
