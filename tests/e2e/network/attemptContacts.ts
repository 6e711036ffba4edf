import { setTimeout as delay } from "node:timers/promises";
import type { RunningApp } from "../support/launchApp.ts";
import { htmlPage, previewOf } from "../support/previewOf.ts";
import { inMain } from "../../support/inMain.mjs";

/** Chromium resolves names and connects within milliseconds, but in other processes. */
const settleMs = 2_000;

/** Makes the window's page try every way to reach another machine. */
export async function attemptContacts({ electron, page }: RunningApp): Promise<void> {
  // A link that the page opens by itself leads to a question, which is declined here.
  await inMain(electron, ({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  });
  await page.evaluate(attemptAll);
  await delay(settleMs);
}

/** Makes a page that is shown beside the chat try the same. */
export async function attemptContactsInPreview(app: RunningApp): Promise<void> {
  const preview = await previewOf(app);
  await preview.show(htmlPage("<!doctype html><head></head><body><p>x</p></body>"));
  await preview.expectState("running");
  await preview.inPage(`(${String(attemptAll)})()`);
  await preview.expectLine("network: https://fetch.attempt.example/");
  await delay(settleMs);
  await preview.call("preview.close");
}

/** Runs in a page, and tries every way to reach another machine. The host's name identifies the way. */
async function attemptAll(): Promise<void> {
  const at = (how: string, scheme = "https"): string => `${scheme}://${how}.attempt.example/`;
  const add = (tag: string, attributes: Record<string, string>, text = ""): HTMLElement => {
    const element = Object.assign(document.createElement(tag), { textContent: text });
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    return element;
  };
  const links = [
    "dns-prefetch",
    "preconnect",
    "prefetch",
    "prerender",
    "modulepreload",
    "icon",
    "manifest",
    "stylesheet",
  ];
  for (const rel of links) document.head.append(Object.assign(document.createElement("link"), { rel, href: at(rel) }));
  for (const rel of ["preconnect", "prefetch"])
    document.head.append(Object.assign(document.createElement("link"), { rel, href: "http://203.0.113.42/" }));
  for (const tag of ["img", "iframe", "embed", "script", "video", "audio", "track", "source"])
    add(tag, { src: at(tag) });
  add("object", { data: at("object") });
  add("style", {}, `@import "${at("css-import")}"; body::after { content: url(${at("css-url")}); }`);
  const rules = {
    prefetch: [{ urls: [at("speculation-prefetch")] }],
    prerender: [{ urls: [at("speculation-prerender")] }],
  };
  add("script", { type: "speculationrules" }, JSON.stringify(rules));
  add("a", { href: "#/chat", ping: at("ping") }).click();
  add("a", { href: at("link") }).click();
  add("a", { href: at("download"), download: "x" }).click();
  const form = add("form", { action: at("form"), method: "post" }) as HTMLFormElement;
  form.submit();
  add("meta", { "http-equiv": "refresh", content: `0;url=${at("refresh")}` });
  window.open(at("window"));
  navigator.sendBeacon(at("beacon"), "x");

  const attempts: (() => unknown)[] = [
    () => fetch(at("fetch")),
    () => fetch(at("no-cors"), { mode: "no-cors", keepalive: true }),
    () => new WebSocket(at("websocket", "wss")),
    () => new EventSource(at("event-source")),
    () => new WebTransport(at("web-transport")).ready,
    () => new Worker(at("worker")),
    () => new SharedWorker(at("shared-worker")),
    () => navigator.serviceWorker.register(at("service-worker")),
    () => new FontFace("x", `url(${at("font")})`).load(),
    () => new Audio(at("audio-object")).play(),
    () => import(/* @vite-ignore */ at("import")),
    () => navigator.geolocation.getCurrentPosition(() => undefined),
    async () => {
      const servers = [
        "stun:stun.attempt.example",
        "stun:203.0.113.40",
        "turn:turn.attempt.example?transport=tcp",
        "turn:203.0.113.41?transport=tcp",
      ];
      const iceServers = servers.map((urls) => ({ urls, username: "x", credential: "x" }));
      const connection = new RTCPeerConnection({ iceServers });
      connection.createDataChannel("x");
      await connection.setLocalDescription(await connection.createOffer());
    },
    () => {
      location.href = at("location");
    },
  ];
  for (const attempt of attempts) {
    try {
      void Promise.resolve(attempt()).catch(() => undefined);
    } catch {
      // Refused at once.
    }
  }
}
