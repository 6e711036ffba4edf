import { setTimeout as delay } from "node:timers/promises";
import { planted } from "../../../scripts/network/planted.mjs";
import type { RunningApp } from "../support/launchApp.ts";
import { inMain } from "../../support/inMain.mjs";

/** Contacts are recorded immediately; this is for Chromium, which makes its own in other processes. */
const settleMs = 3_000;

/**
 * Makes the contacts that the watcher must detect: Chromium's own, main's, and a child's. The app was started with
 * unguarded.cjs.
 */
export async function plantContacts({ electron }: RunningApp): Promise<void> {
  await inMain(
    electron,
    ({ session }, hosts) => {
      const net = process.getBuiltinModule("node:net");
      const datagrams = process.getBuiltinModule("node:dgram");
      const { lookup } = process.getBuiltinModule("node:dns");
      const { spawn } = process.getBuiltinModule("node:child_process");

      const { defaultSession } = session;
      defaultSession.webRequest.onBeforeRequest(null);
      void defaultSession.fetch(`https://${hosts.chromium}/`).catch(() => undefined);
      // As the app once did at every start.
      defaultSession.setSpellCheckerEnabled(true);
      defaultSession.setSpellCheckerLanguages(["en-US"]);

      lookup(hosts.lookup, () => undefined);
      net
        .connect(443, hosts.tcp)
        .on("error", () => undefined)
        .unref();
      const socket = datagrams.createSocket("udp4");
      socket.send("x", 9, hosts.udp, () => socket.close());
      spawn("/bin/sh", ["-c", `getent hosts ${hosts.child}`], { stdio: "ignore" }).unref();
    },
    planted,
  );
  await delay(settleMs);
}
