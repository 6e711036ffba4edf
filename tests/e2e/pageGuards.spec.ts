import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { canary, hostileTexts } from "../support/hostileTexts.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { openSink, type Sink } from "./support/Sink.ts";
import { receive } from "./support/writeReplies.ts";
import { inMain } from "../support/inMain.mjs";

let app: RunningApp;
let sink: Sink;
test.beforeEach(async () => {
  sink = await openSink();
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
  sink.close();
});

const page = (): Page => app.page;

/** Records what would leave the app, and agrees to every question. */
async function stubTheDoorOut(): Promise<void> {
  await inMain(app.electron, ({ dialog, shell }) => {
    const opened: string[] = [];
    const asked: string[] = [];
    Object.assign(globalThis, { opened, asked });
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      asked.push(message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as never;
  });
}

const noted = (name: "opened" | "asked"): Promise<string[]> =>
  inMain(app.electron, (_, list) => (globalThis as unknown as Record<string, string[]>)[list] ?? [], name);

const windows = (): Promise<string[]> =>
  inMain(app.electron, ({ webContents }) =>
    webContents
      .getAllWebContents()
      .filter((contents) => contents.getType() === "window")
      .map((contents) => contents.getURL().replace(/#.*/, "")),
  );

async function expectStillHere(after: string): Promise<void> {
  expect(await windows(), after).toEqual(["workbench://app/index.html"]);
  expect(await page().evaluate(() => location.origin), after).toBe("workbench://app");
  expect(sink.arrived, after).toEqual([]);
}

test("S1: each page is sandboxed, isolated and under our policy, and has access only to the bridge", async () => {
  const pages = await inMain(app.electron, ({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const preferences = (
        contents as unknown as { getLastWebPreferences(): Record<string, unknown> | null }
      ).getLastWebPreferences();
      const names = [
        "sandbox",
        "contextIsolation",
        "nodeIntegration",
        "nodeIntegrationInWorker",
        "nodeIntegrationInSubFrames",
        "webSecurity",
        "webviewTag",
        "allowRunningInsecureContent",
        "experimentalFeatures",
        "navigateOnDragDrop",
        "spellcheck",
      ];
      return {
        type: contents.getType(),
        scheme: contents.getURL().split(":")[0],
        on: names.filter((name) => preferences?.[name] === true),
        blink: preferences?.["enableBlinkFeatures"] ?? "",
      };
    }),
  );
  const guarded = ["sandbox", "contextIsolation", "webSecurity"];
  expect(pages).toEqual([{ type: "window", scheme: "workbench", on: guarded, blink: "" }]);
  const reach = await page().evaluate(async () => {
    const { headers } = await fetch(location.href.replace(/#.*/, ""));
    return {
      node: ["require", "process", "Buffer", "module", "global", "__dirname", "setImmediate"].filter(
        (name) => name in window,
      ),
      bridge: Object.keys((window as unknown as { r1: object }).r1).sort(),
      frozen: Object.isFrozen((window as unknown as { r1: object }).r1),
      policy: headers.get("Content-Security-Policy"),
      sniff: headers.get("X-Content-Type-Options"),
      opener: window.opener === null,
      frames: window.frames.length,
    };
  });
  expect(reach.node).toEqual([]);
  expect(reach.bridge).toEqual(["attachRun", "call", "importFile", "onEvent"]);
  expect(reach.frozen).toBe(true);
  expect(reach.policy).toContain("default-src 'none'");
  expect(reach.policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
  expect(reach).toMatchObject({ sniff: "nosniff", opener: true, frames: 0 });
  const protocols = await inMain(app.electron, ({ app: electron }) =>
    ["workbench", "r1", "http", "https"].filter((scheme) => electron.isDefaultProtocolClient(scheme)),
  );
  expect(protocols).toEqual([]);
});

const links = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  " javascript:alert(1)",
  "vbscript:x",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "file://host/share",
  "smb://host/share",
  "ftp://host/x",
  "ms-msdt:/id PCWDiagnostic",
  "ms-officecmd:{}",
  "search-ms:query=x",
  "vscode://file/x",
  "ssh://host",
  "tel:112",
  "sms:112",
  "blob:https://x/1",
  "about:blank",
  "chrome://settings",
  "devtools://devtools/bundled/x",
  "workbench://app/index.html",
  "view-source:https://example.com",
  "filesystem:https://x/y",
  "jar:https://x!/y",
  "\\\\host\\share",
  "C:\\Windows\\x.exe",
  "/etc/passwd",
  "//example.com/x",
  "example.com",
  "",
  "#",
  "https:",
  "http://",
  "https://\u0000",
  "ms-word:ofe|u|https://example.com/x.docx",
  "ms-settings:privacy",
  "ms-appinstaller:?source=https://example.com/x",
  "ms-cxh-full://0",
  "shell:startup",
  "res://ieframe.dll/x.htm",
  "mhtml:file://host/x.mht",
  "ldap://host/x",
  "nfs://host/x",
  "afp://host/x",
  "dav://host/x",
  "telnet://host",
  "rlogin://host",
  "gopher://host/x",
  "ws://host/x",
  "wss://host/x",
  "git+ssh://host/x",
  "steam://run/1",
  "zoommtg://join?x",
  "slack://open",
  "x-apple.systempreferences:x",
  "itms-apps://x",
  "intent://x#Intent;scheme=http;end",
  "android-app://x",
  "app://x",
  "r1://x",
  "chrome-extension://x/y.html",
  "about:srcdoc",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "&#106;avascript:alert(1)",
  "javascript&colon;alert(1)",
  "javascript:https://example.com/%0aalert(1)",
  "\u0001javascript:alert(1)",
  "https://[::1",
  "https://exa mple.com/",
];
const openable = [
  ["https://a@b.example/", "b.example"],
  ["https://аррӏе.com/", "xn--80ak6aa92e.com"],
  ["http://127.0.0.1:9/x", "127.0.0.1:9"],
  ["https://example.com/?q=%0d%0aSet-Cookie:x", "example.com"],
  ["mailto:someone@example.com", "someone@example.com"],
  ["HTTPS://EXAMPLE.COM/", "example.com"],
  ["https://example.com:8443/x?y#z", "example.com:8443"],
  ["https://bank.example@evil.example/", "evil.example"],
  ["https://bank.example%2f@evil.example/", "evil.example"],
  ["http://0x7f.1/", "127.0.0.1"],
  ["http://[::1]:9/", "[::1]:9"],
  ["https://example.com\\@evil.example/", "example.com"],
] as const;

test("S5: only web and mail addresses are opened, each after a question that names the host", async () => {
  await stubTheDoorOut();
  const open = (url: string) =>
    page().evaluate(
      async (address) => (await (window as unknown as { r1: Bridge }).r1.call("shell.openLink", { url: address })).ok,
      url,
    );
  for (const link of links) expect(await open(link), JSON.stringify(link)).toBe(false);
  expect(await open(`https://example.com/${"a".repeat(9000)}`)).toBe(false);
  expect(await noted("asked")).toEqual([]);
  for (const [link, host] of openable) {
    expect(await open(link), link).toBe(true);
    expect((await noted("asked")).at(-1), link).toBe(`Open ${host}?`);
  }
  const endless = `https://${"bank.example.".repeat(300)}evil.example/`;
  expect(await open(endless)).toBe(true);
  expect((await noted("asked")).at(-1)).toMatch(/^Open ….{170,190}\.evil\.example\?$/);
  expect(await noted("opened")).toHaveLength(openable.length + 1);
  expect(links.length + openable.length + 1).toBeGreaterThanOrEqual(80);

  // The same links in a reply: by click, by middle click, by keyboard, and dragged.
  const before = (await noted("opened")).length;
  await receive(app, { answer: links.map((link, index) => `[link ${index}](<${link}>)`).join("\n\n") });
  const anchors = replies(page()).last().getByTestId("answer").locator("a");
  for (const anchor of await anchors.all()) {
    await anchor.click();
    await anchor.click({ button: "middle" });
    await anchor.click({ modifiers: ["ControlOrMeta"] });
    await anchor.press("Enter");
  }
  const answered = (await noted("opened")).slice(before);
  expect(answered.filter((url) => !/^(?:https?|mailto):/.test(url))).toEqual([]);
  await expectStillHere("links of a reply");

  // Dragged by the user onto the conversation and the field: at most text is dropped.
  const field = page().getByRole("textbox", { name: "Message" });
  for (const link of ["https://example.com/dragged", "mailto:someone@example.com"]) {
    await receive(app, { answer: `[drag me](<${link}>)` });
    const anchor = replies(page()).last().getByRole("link", { name: "drag me" });
    const asked = (await noted("asked")).length;
    await anchor.dragTo(page().getByRole("article", { name: "You" }).first());
    await expectStillHere(`${link} dragged onto the conversation`);
    await anchor.dragTo(field);
    await expectStillHere(`${link} dragged onto the field`);
    await field.fill("");
    expect(await noted("asked"), link).toHaveLength(asked);
    // By keyboard alone: one question, with a modifier key too.
    await anchor.focus();
    for (const keys of ["Enter", "Control+Enter", "Shift+Enter", "Alt+Enter"]) await page().keyboard.press(keys);
    await expectStillHere(`${link} by the keyboard`);
    expect(
      (await noted("opened")).slice(before).every((url) => /^(?:https?|mailto):/.test(url)),
      link,
    ).toBe(true);
  }

  // Ways that the page itself creates.
  for (const link of [...links, ...openable.map(([url]) => url)]) {
    const asked = (await noted("asked")).length;
    const isNull = await page().evaluate((url) => {
      try {
        return window.open(url) === null;
      } catch {
        return true;
      }
    }, link);
    expect(isNull, link).toBe(true);
    await expectStillHere(`window.open ${link}`);
    const next = (await noted("asked")).slice(asked);
    expect(next.length, link).toBeLessThanOrEqual(1);
  }
  expect((await noted("opened")).filter((url) => !/^(?:https?|mailto):/.test(url))).toEqual([]);
});

test("S5: openExternal is called in one place", async () => {
  const root = fileURLToPath(new URL("../../electron", import.meta.url));
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const sources = await Promise.all(
    names.map(async (name) => [name, await readFile(join(root, name), "utf8")] as const),
  );
  const callers = sources.filter(([, text]) => /openExternal\(/.test(text)).map(([name]) => name);
  expect(callers).toEqual([join("main", "openLink.ts")]);
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
  await stubTheDoorOut();
  const places = [sink.address, "file:///etc/passwd", "data:text/html,x", "https://example.com/"];
  let attempts = 0;
  for (const [way, leave] of Object.entries(departures)) {
    for (const place of places) {
      await page()
        .evaluate(`(${leave.toString()})(${JSON.stringify(place)})`)
        .catch(() => undefined);
      // A navigation would have begun before the next frame is painted.
      await page().evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      await expectStillHere(`${way} to ${place}`);
      attempts++;
    }
  }
  expect(attempts).toBeGreaterThanOrEqual(30);
  // Chromium navigates to an empty page without asking; the app is back at once.
  await page()
    .evaluate(() => (location.href = "about:blank"))
    .catch(() => undefined);
  await expect.poll(windows).toEqual(["workbench://app/index.html"]);
  await expect(page().getByRole("textbox", { name: "Message" })).toBeVisible();
  // A page and a file dropped on the window are not opened.
  for (const [type, data] of [
    ["text/uri-list", sink.address],
    ["text/html", `<img src="${sink.address}/dropped">`],
    ["text/plain", "file:///etc/passwd"],
  ]) {
    await page().evaluate(
      ([kind = "", words = ""]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData(kind, words);
        for (const name of ["dragenter", "dragover", "drop"]) {
          document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
        }
      },
      [type, data],
    );
    await expectStillHere(`dropped ${type}`);
  }
  await expect(page().getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("S7: even raw in the page, with its own scripts, nothing in the corpus reaches the outside", async () => {
  await stubTheDoorOut();
  const { address, port } = sink;
  await page().evaluate(
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
  await page().evaluate(
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
  expect(await windows()).toEqual(["workbench://app/index.html"]);
  expect(await noted("opened")).toEqual([]);
  expect(await page().evaluate((name) => name in window, canary)).toBe(false);
});

test("S12: workbench:// serves the bundle's own files and nothing else", async () => {
  const spellings = [
    "..",
    "../..",
    "../../package.json",
    "..%2f..%2fpackage.json",
    "%2e%2e/%2e%2e/package.json",
    "%2e%2e%2fpackage.json",
    "..\\..\\package.json",
    "..%5c..%5cpackage.json",
    "%252e%252e%252fpackage.json",
    "....//....//package.json",
    "./../../package.json",
    "assets/../../main/main.js",
    "assets/%2e%2e/%2e%2e/main/main.js",
    "assets/..%2f..%2fmain%2fmain.js",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "file:///etc/passwd",
    "C:/Windows/win.ini",
    "C:%5cWindows%5cwin.ini",
    "index.html%00.js",
    "index.html%00",
    "%00",
    "index.html/",
    "index.html/x",
    "INDEX.HTML",
    "index.htm",
    "index.html.",
    "index.html::$DATA",
    "index.html%20",
    "index.html;x",
    "~/.ssh/id_rsa",
    ".git/config",
    ".env",
    "main.js",
    "../main/main.js",
    "../preload/preload.cjs",
    "../../store/chats.db",
    "preload.cjs",
    "assets",
    "assets/",
    "",
    "?x",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "\u202E",
    "ｉndex.html",
    `${"a/".repeat(2000)}x`,
    `x?${"q".repeat(3000)}`,
  ];
  expect(spellings.length).toBeGreaterThanOrEqual(50);
  const answers = await inMain(
    app.electron,
    async ({ net }, paths) => {
      const get = async (url: string, init?: RequestInit): Promise<number> => {
        try {
          return (await net.fetch(url, init as never)).status;
        } catch {
          return 0;
        }
      };
      const odd: Record<string, number> = {};
      for (const path of paths) odd[path] = await get(`workbench://app/${path}`);
      for (const host of ["other", "app.evil", "user@app", ""]) odd[host] = await get(`workbench://${host}/index.html`);
      for (const method of ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]) {
        odd[method] = await get("workbench://app/index.html", { method });
      }
      return { odd, own: await get("workbench://app/index.html") };
    },
    spellings,
  );
  expect(answers.own).toBe(200);
  const served = Object.entries(answers.odd).filter(([, status]) => ![0, 400, 404].includes(status));
  // A ".." above the root of an address is resolved to the root before any host is asked.
  expect(served).toEqual([]);
});

test("S13: no permission is granted, requested or queried", async () => {
  const granted = await page().evaluate(async () => {
    const names = [
      "camera",
      "microphone",
      "geolocation",
      "notifications",
      "clipboard-read",
      "midi",
      "background-sync",
      "accelerometer",
      "gyroscope",
      "magnetometer",
      "persistent-storage",
      "screen-wake-lock",
      "local-fonts",
      "display-capture",
      "storage-access",
      "window-management",
      "idle-detection",
      "payment-handler",
    ];
    const states: [string, string][] = [];
    for (const name of names) {
      try {
        states.push([name, (await navigator.permissions.query({ name: name as PermissionName })).state]);
      } catch {
        // This Chromium does not have the permission.
      }
    }
    const within = async (name: string, work: () => Promise<unknown>): Promise<[string, string]> => {
      const late = new Promise((resolve) => setTimeout(() => resolve("late"), 1000));
      try {
        const outcome = await Promise.race([work(), late]);
        return [name, outcome === "late" ? "denied" : "granted"];
      } catch {
        return [name, "denied"];
      }
    };
    const nav = navigator as unknown as Record<string, Record<string, (options?: unknown) => Promise<unknown>>>;
    const choose = async (api: string, method: string, options?: unknown): Promise<unknown> => {
      const ask = nav[api]?.[method];
      if (ask === undefined) throw new Error("This Chromium has no such thing.");
      return ask.call(nav[api], options);
    };
    const uses = await Promise.all([
      within("getUserMedia", () => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      within("getDisplayMedia", () => navigator.mediaDevices.getDisplayMedia({ video: true })),
      within(
        "position",
        () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      within("readText", () => navigator.clipboard.readText()),
      within("hid", async () => {
        const devices = (await nav["hid"]?.["requestDevice"]?.({ filters: [] })) as unknown[];
        if (devices.length === 0) throw new Error("none");
      }),
      within("usb", () => choose("usb", "requestDevice", { filters: [] })),
      within("serial", () => choose("serial", "requestPort")),
      within("bluetooth", () => choose("bluetooth", "requestDevice", { acceptAllDevices: true })),
      within("notification", async () => {
        if ((await Notification.requestPermission()) !== "granted") throw new Error("denied");
      }),
      within("fonts", async () => {
        const fonts = await (window as unknown as { queryLocalFonts(): Promise<unknown[]> }).queryLocalFonts();
        if (fonts.length === 0) throw new Error("none");
      }),
    ]);
    return [...states, ...uses].filter(([, state]) => state === "granted" || state === "prompt");
  });
  expect(granted).toEqual([]);
  const handlers = await inMain(app.electron, ({ session }) => {
    const { defaultSession } = session;
    return typeof defaultSession.setPermissionRequestHandler;
  });
  expect(handlers).toBe("function");
});
