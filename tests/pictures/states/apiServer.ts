import { expect } from "@playwright/test";
import type { ApiRequest, ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const off: ApiServerInfo = {
  state: { state: "off" },
  settings: { startsWithApp: false, port: 8321, isOpenToNetwork: false, allowedOrigins: [], keepsContents: false },
  keyMadeAt: null,
  requests: [],
  refusals: [],
  connections: 0,
};
const at = new Date().setHours(10, 42, 0, 0);
const on: ApiServerInfo = {
  ...off,
  state: { state: "on", addresses: ["http://127.0.0.1:8321/v1"] },
  keyMadeAt: at,
};
const request = (id: string, more: Partial<ApiRequest>): ApiRequest => ({
  id,
  startedAt: at,
  endpoint: "chat",
  model: "R1-Distill-Qwen-1.5B",
  program: "Zed/1.2.3",
  from: "127.0.0.1",
  outcome: "done",
  problem: null,
  told: null,
  waitedMs: 3,
  promptTokens: 1204,
  writtenTokens: 644,
  ttftMs: 412,
  prefillTokensPerSecond: 291,
  tokensPerSecond: 23.4,
  hasContents: true,
  ...more,
});
const unknown = {
  promptTokens: null,
  writtenTokens: null,
  ttftMs: null,
  tokensPerSecond: null,
  prefillTokensPerSecond: null,
  hasContents: false,
};
const busy: ApiServerInfo = {
  ...on,
  state: { state: "on", addresses: ["http://127.0.0.1:8321/v1", "http://192.168.178.24:8321/v1"] },
  settings: {
    ...on.settings,
    isOpenToNetwork: true,
    startsWithApp: true,
    keepsContents: true,
    allowedOrigins: ["https://chat.example.org"],
  },
  connections: 3,
  requests: [
    request("7", { ...unknown, outcome: "waiting", model: null, waitedMs: null, program: "openai-python 2.1.0" }),
    request("6", { outcome: "running", program: "Continue/1.4.0", writtenTokens: 88, hasContents: false }),
    request("5", { from: "192.168.178.31", program: "Open WebUI/0.8.1 (aiohttp 3.12)", waitedMs: 4_200 }),
    request("4", {}),
    request("3", { outcome: "stopped", program: "", writtenTokens: 214 }),
    request("2", {
      ...unknown,
      outcome: "failed",
      model: null,
      program: "openai-node 6.49.0",
      told: "tools is not supported by this server.",
    }),
    request("1", { ...unknown, outcome: "refused", model: null, program: "curl/8.14.1" }),
  ],
  refusals: [
    { at, status: 401, program: "curl/8.14.1", from: "127.0.0.1", origin: null },
    { at, status: 403, program: "Mozilla/5.0 (X11; Linux x86_64)", from: "127.0.0.1", origin: "https://news.example" },
  ],
};

const region = (stage: Stage) => stage.page.getByRole("region", { name: "This machine as a server" });

/** As if main had told it. The screen asks main only when it is opened. */
async function show(stage: Stage, info: ApiServerInfo): Promise<() => Promise<void>> {
  await stage.goTo("Settings");
  await stage.page.getByRole("tab", { name: "Servers" }).click();
  await expect(region(stage).getByRole("switch", { name: "Server", exact: true })).toBeVisible();
  await stage.tell("apiServer.changed", info);
  return () => stage.tell("apiServer.changed", off);
}

const state = (
  name: string,
  info: ApiServerInfo,
  more: Partial<PictureState> & { enter?: (stage: Stage) => Promise<void | (() => Promise<void>)> } = {},
): PictureState => {
  const { enter, ...rest } = more;
  return {
    name: `settings/server-${name}`,
    home: "used",
    subject: (page) => page.locator("#api-server"),
    show: async (stage) => {
      const leave = await show(stage, info);
      const leaveEntered = await enter?.(stage);
      return async () => {
        await leaveEntered?.();
        await leave();
      };
    },
    ...rest,
  };
};

/** A key of main's own, which nothing listens for. */
const freshKey = state("key", on, {
  enter: async (stage) => {
    await region(stage).getByRole("button", { name: "Renew key…" }).click();
    await stage.page.getByRole("alertdialog").getByRole("button", { name: "Renew key" }).click();
    await expect(region(stage).getByRole("textbox", { name: "Server key" })).toBeVisible();
    await stage.tell("apiServer.changed", on);
    return () => region(stage).getByRole("button", { name: "Done" }).click();
  },
});

/** What every screen says beside the navigation. */
const sign = (name: string, info: ApiServerInfo): PictureState => ({
  name: `chat/server-sign-${name}`,
  home: "used",
  show: async (stage) => {
    await stage.newChat();
    await stage.tell("apiServer.changed", info);
    await expect(stage.page.locator(".server-row")).toBeVisible();
    return () => stage.tell("apiServer.changed", off);
  },
});

export const apiServerStates: PictureState[] = [
  state("off", off),
  freshKey,
  state("on", on),
  state("network", busy),
  state("requests", busy, { subject: (page) => page.locator(".api-requests") }),
  state("examples", on, { subject: (page) => page.locator(".api-examples") }),
  state("example-zed", on, {
    enter: async (stage) => {
      await region(stage).getByRole("combobox", { name: "Program" }).selectOption("zed");
    },
    subject: (page) => page.locator(".api-examples"),
  }),
  state("refusals", busy, {
    enter: (stage) => region(stage).getByText("2 refused connections").click(),
    subject: (page) => page.locator(".api-refusals"),
  }),
  state("port-in-use", {
    ...off,
    state: {
      state: "failed",
      problem: { code: "api-server-not-started", facts: { case: "portInUse", port: 8321 } },
    },
  }),
  {
    name: "lock/server-on",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.tell("apiServer.changed", busy);
      await stage.tell("chatLock.changed", {
        state: "locked",
        opensWith: { passphrase: true, keychain: false },
        hasKeychain: false,
      });
      await expect(stage.page.locator(".lock-screen h1")).toBeVisible();
      return async () => {
        await stage.tell("apiServer.changed", off);
        await stage.tell("chatLock.changed", { state: "off", hasKeychain: false });
        await expect(stage.page.getByRole("textbox", { name: "Message" })).toBeVisible();
      };
    },
  },
  sign("on", { ...on, requests: [request("7", { outcome: "running" })] }),
  sign("network", busy),
  sign("failed", {
    ...off,
    state: { state: "failed", problem: { code: "api-server-not-started", facts: { case: "portInUse", port: 8321 } } },
  }),
  {
    name: "settings/server-ask-renew",
    home: "used",
    show: async (stage) => {
      const leave = await show(stage, busy);
      await region(stage).getByRole("button", { name: "Renew key…" }).click();
      await expect(stage.page.getByRole("alertdialog")).toBeVisible();
      return async () => {
        await stage.page.getByRole("button", { name: "Cancel" }).click();
        await leave();
      };
    },
  },
];
