import { expect, test } from "@playwright/test";
import type { Verdict } from "../../scripts/network/judgeTour.mjs";
import { launchedApps } from "./support/launchedApps.ts";
import { provePrivacy } from "./support/provePrivacy.ts";
import { inMain } from "../support/inMain.mjs";

const launch = launchedApps();

test("from the first start to the last quit nothing leaves this machine, and the watch detects what does", async () => {
  test.skip(process.platform !== "linux", "strace exists on Linux only.");
  test.setTimeout(240_000);
  const { tour: verdict } = (await provePrivacy("--traced")) as { tour: Verdict };
  expect(verdict.planted.filter(({ seen }) => !seen)).toEqual([]);
  expect(verdict.seesAll).toBe(true);
  expect(verdict.stages.length).toBeGreaterThanOrEqual(9);
  for (const { stage, contacts } of verdict.stages) {
    // WebRTC asks the system for a route to a public address before it is refused; nothing is sent.
    const own = stage.endsWith("page that tries to reach out") ? contacts.filter(({ sent }) => sent) : contacts;
    expect(own, stage).toEqual([]);
  }
});

test("every page, including future ones, is guarded in one place", async () => {
  const app = await launch();
  const guards = await inMain(app.electron, async ({ BrowserWindow, WebContentsView, session }) => {
    const view = new WebContentsView({ webPreferences: { partition: "another" } });
    const [main] = BrowserWindow.getAllWindows();
    const other = new BrowserWindow({ show: false });
    const all = [main?.webContents, other.webContents, view.webContents];
    const refused = await session
      .fromPartition("a third")
      .fetch("https://192.0.2.1/")
      .then(
        () => false,
        (error: Error) => error.message.includes("ERR_BLOCKED_BY_CLIENT"),
      );
    const languages = session.fromPartition("another").getSpellCheckerLanguages();
    const policies = all.map((contents) => contents?.getWebRTCIPHandlingPolicy());
    other.destroy();
    return { policies, refused, languages };
  });
  const policy = "disable_non_proxied_udp";
  expect(guards).toEqual({ policies: [policy, policy, policy], refused: true, languages: [] });
  const candidates = await app.page.evaluate(async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: "stun:192.0.2.1" }] });
    const found: string[] = [];
    connection.onicecandidate = ({ candidate }) => void (candidate && found.push(candidate.candidate));
    connection.createDataChannel("x");
    await connection.setLocalDescription(await connection.createOffer());
    await new Promise<void>((resolve) => {
      const settle = (): void => void (connection.iceGatheringState === "complete" && resolve());
      connection.onicegatheringstatechange = settle;
      settle();
    });
    return found;
  });
  expect(candidates).toEqual([]);
});
