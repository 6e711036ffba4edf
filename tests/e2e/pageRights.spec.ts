import { expect, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

// These only look, so they share an app.
let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.attachFailure();
});
test.afterAll(async () => {
  await app.close();
});

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
  const reach = await app.page.evaluate(async () => {
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
  expect(reach.bridge).toEqual(["attachFiles", "attachRun", "call", "importFile", "onEvent"]);
  expect(reach.frozen).toBe(true);
  expect(reach.policy).toContain("default-src 'none'");
  expect(reach.policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
  expect(reach).toMatchObject({ sniff: "nosniff", opener: true, frames: 0 });
  const protocols = await inMain(app.electron, ({ app: electron }) =>
    ["workbench", "r1", "http", "https"].filter((scheme) => electron.isDefaultProtocolClient(scheme)),
  );
  expect(protocols).toEqual([]);
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
  const granted = await app.page.evaluate(async () => {
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
