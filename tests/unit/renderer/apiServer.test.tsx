// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { ApiRequest, ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { problemOf } from "../../../electron/contract/errors.ts";
import { runAction } from "../../../renderer/app/actions.ts";
import { installAnswerPage } from "./answerPage.ts";
import { apiServer } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";

// Loaded in advance, because on a busy machine that may take longer than a test waits.
beforeAll(async () => {
  await import("../../../renderer/features/settings/SettingsScreen.tsx");
});
beforeEach(() => {
  localStorage.removeItem("sidebar");
  installAnswerPage();
});

const key = "r1-0123456789abcdef";
const on: ApiServerInfo = {
  ...apiServer,
  state: { state: "on", addresses: ["http://127.0.0.1:8321/v1"] },
  keyMadeAt: Date.now(),
};
const request = (id: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
  id,
  startedAt: Date.now(),
  endpoint: "chat",
  model: "R1 Nano",
  program: "Zed/1.0",
  from: "127.0.0.1",
  outcome: "done",
  problem: null,
  told: null,
  waitedMs: 0,
  promptTokens: 12,
  writtenTokens: 340,
  ttftMs: 210,
  prefillTokensPerSecond: 300,
  tokensPerSecond: 23.4,
  hasContents: false,
  ...more,
});

async function open(info: ApiServerInfo, answers: Parameters<typeof openApp>[1] = {}) {
  const opened = openApp("#/settings/servers", { "apiServer.info": () => info, ...answers });
  const section = within(await screen.findByRole("region", { name: "This machine as a server" }));
  await section.findByRole("switch", { name: "Server" });
  return { ...opened, section };
}
const sidebar = () => within(screen.getByRole("complementary"));

test("the first start shows the key, once: it is gone after Done, and after another tab was shown", async () => {
  const { section, answers, named } = await open(apiServer, {
    "apiServer.start": () => ({ info: on, newKey: key }),
    "apiServer.renewKey": () => ({ info: on, newKey: `${key}2` }),
  });
  expect(section.getByText("Off. The port is closed.")).toBeTruthy();
  expect(sidebar().queryByRole("link", { name: "Server on" })).toBeNull();
  fireEvent.click(section.getByRole("switch", { name: "Server" }));
  const shown = await section.findByDisplayValue(key);
  expect(shown).toBe(section.getByRole("textbox", { name: "Server key" }));
  expect(section.getByText("On, for programs on this machine.")).toBeTruthy();
  expect(sidebar().getByRole("link", { name: "Server on" })).toBeTruthy();
  expect(named("apiServer.start")).toEqual([{}]);
  fireEvent.click(section.getByRole("button", { name: "Done" }));
  expect(document.body.innerHTML).not.toContain(key);

  answers["apiServer.info"] = () => on;
  section.getByRole("button", { name: "Renew key…" }).focus();
  fireEvent.click(section.getByRole("button", { name: "Renew key…" }));
  fireEvent.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Renew key" }));
  await section.findByDisplayValue(`${key}2`);
  // The button that asked is gone, and what took its place has the focus.
  await waitFor(() => expect(document.activeElement).toBe(section.getByRole("button", { name: "Copy key" })));
  fireEvent.click(screen.getByRole("tab", { name: "General" }));
  await screen.findByRole("tabpanel", { name: "General" });
  fireEvent.click(screen.getByRole("tab", { name: "Servers" }));
  await screen.findByRole("button", { name: "Renew key…" });
  expect(screen.queryByDisplayValue(`${key}2`)).toBeNull();
});

test("renewing the key names the programs that used it, and can be cancelled", async () => {
  const requests = [request("1"), request("2", { program: "curl/8.5.0" }), request("3"), request("4", { program: "" })];
  const { section, named } = await open({ ...on, requests });
  fireEvent.click(section.getByRole("button", { name: "Renew key…" }));
  const dialog = within(screen.getByRole("alertdialog"));
  expect(dialog.getByText("It was last used by Zed/1.0 and curl/8.5.0.")).toBeTruthy();
  fireEvent.click(dialog.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(named("apiServer.renewKey")).toEqual([]);
});

test("the local network is opened once main has asked, and the sign says that it is open", async () => {
  const open_: ApiServerInfo = { ...on, settings: { ...on.settings, isOpenToNetwork: true } };
  const { section, named } = await open(on, {
    "apiServer.change": ({ isOpenToNetwork }) => (isOpenToNetwork ? open_ : on),
  });
  const toggle = section.getByRole("switch", { name: "Local network" });
  fireEvent.click(toggle);
  await waitFor(() => expect(named("apiServer.change")).toEqual([{ isOpenToNetwork: true }]));
  expect(await section.findByText(/Connections are not encrypted/)).toBeTruthy();
  expect(await sidebar().findByRole("link", { name: "Server open to network" })).toBeTruthy();
  fireEvent.click(toggle);
  await waitFor(() =>
    expect(named("apiServer.change")).toEqual([{ isOpenToNetwork: true }, { isOpenToNetwork: false }]),
  );
});

test("a port in use is told beside the switch, on every screen, and until it is dismissed", async () => {
  const failed: ApiServerInfo = {
    ...apiServer,
    state: { state: "failed", problem: problemOf("api-server-not-started", { case: "portInUse", port: 8321 }) },
  };
  const { section, emit, named } = await open(apiServer, { "apiServer.start": () => ({ info: failed, newKey: null }) });
  fireEvent.click(section.getByRole("switch", { name: "Server" }));
  expect((await section.findByRole("alert")).textContent).toContain("8321");
  expect(section.getByRole("switch", { name: "Server" }).getAttribute("aria-checked")).toBe("false");
  expect(sidebar().getByRole("link", { name: "Server not started" })).toBeTruthy();
  fireEvent.click(sidebar().getByRole("button", { name: "Dismiss" }));
  await waitFor(() => expect(named("apiServer.stop")).toEqual([{}]));
  act(() => emit("apiServer.changed", apiServer));
  expect(sidebar().queryByRole("link", { name: "Server not started" })).toBeNull();
});

test("requests are listed with their speeds, an open one can be stopped, and kept texts are shown as text", async () => {
  const requests = [
    request("1", { outcome: "running", program: "", writtenTokens: 3, tokensPerSecond: null }),
    request("2", { from: "192.168.1.7", hasContents: true, waitedMs: 2500 }),
    request("3", { outcome: "failed", problem: problemOf("engine-down"), model: null }),
  ];
  const { named } = await open(
    { ...on, requests, connections: 2 },
    { "apiServer.contents": () => ({ prompt: "<b>17 + 25</b>", thought: "", answer: "42" }) },
  );
  const table = within(screen.getByRole("region", { name: "Last requests" }));
  expect(table.getByText("2 connections, 1 running")).toBeTruthy();
  const row = within(table.getByText(/from 192\.168\.1\.7/).closest("tr") as HTMLElement);
  expect(row.getByText("23.4 tok/s")).toBeTruthy();
  expect(row.getByText("R1 Nano, from 192.168.1.7, waited 2.5 s")).toBeTruthy();
  fireEvent.click(table.getByRole("button", { name: "Stop the request of Unnamed program" }));
  await waitFor(() => expect(named("apiServer.stopRequest")).toEqual([{ id: "1" }]));
  fireEvent.click(row.getByRole("button", { name: "Show the texts of the request of Zed/1.0" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Texts of the request" }));
  expect(await dialog.findByText("<b>17 + 25</b>")).toBeTruthy();
  expect(dialog.queryByText("Thought")).toBeNull();
});

test("origins are added and removed; one that is refused stays in the field, with the reason", async () => {
  const allowed: ApiServerInfo = { ...on, settings: { ...on.settings, allowedOrigins: ["https://chat.example"] } };
  const { section, answers, named } = await open(allowed, {
    "apiServer.change": () => {
      throw Object.assign(new Error(), problemOf("api-origin-invalid", { case: "origin", origin: "chat" }));
    },
  });
  const field = section.getByRole("textbox", { name: "Web pages" }) as HTMLInputElement;
  fireEvent.change(field, { target: { value: " chat " } });
  fireEvent.click(section.getByRole("button", { name: "Allow" }));
  await section.findByRole("alert");
  expect(field.value).toBe(" chat ");
  answers["apiServer.change"] = () => on;
  fireEvent.click(section.getByRole("button", { name: "No longer allow https://chat.example" }));
  await waitFor(() => expect(section.queryByText("https://chat.example")).toBeNull());
  expect(named("apiServer.change")).toEqual([
    { allowedOrigins: ["https://chat.example", "chat"] },
    { allowedOrigins: [] },
  ]);
});

test("the command turns it on from any screen and shows where that is set", async () => {
  const { stores, named } = openApp("#/models", { "apiServer.start": () => ({ info: on, newKey: key }) });
  await waitFor(() => expect(stores.apiServer.getState().info).not.toBeNull());
  act(() => void runAction("toggleServer"));
  expect(await screen.findByDisplayValue(key)).toBeTruthy();
  expect(named("apiServer.start")).toEqual([{}]);
});
