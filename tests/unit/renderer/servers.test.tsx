// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { RemoteModel } from "../../../electron/contract/models.ts";
import type { ServerList } from "../../../electron/contract/servers.ts";
import { chat, message, nano, reply, settings, stats, whole } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";
import { composer, goTo, openChat } from "./openChat.tsx";
import { abilities, remoteModel, sampleServer } from "./sampleServer.ts";

const listOf = (...servers: ServerList["servers"]): ServerList => ({ servers, canKeepKey: true });
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const type = async (name: string, value: string): Promise<void> =>
  void fireEvent.change(await field(name), { target: { value } });
const press = async (name: string | RegExp): Promise<void> =>
  void fireEvent.click(await screen.findByRole("button", { name }));
const openPicker = async (): Promise<void> =>
  void fireEvent.click(await screen.findByRole("combobox", { name: "Model" }));

test("a server is added with a name from its address, and tested at once", async () => {
  const { named } = openApp("#/settings/servers", { "servers.add": () => sampleServer });
  await screen.findByText("No server yet.");
  await press("Add server…");
  await type("Address", "https://gpu.example.org/v1");
  await type("Key", "sk-canary");
  await press("Save and test");
  await waitFor(() => expect(named("servers.test")).toEqual([{ serverId: "s1", modelName: null }]));
  expect(named("servers.add")).toEqual([
    {
      name: "gpu.example.org",
      url: "https://gpu.example.org/v1",
      key: "sk-canary",
      certificate: null,
      allowsPlainHttp: false,
    },
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("plain http to a far machine is sent only after it was agreed to, once the app has said what it means", async () => {
  let isRefused = true;
  const { named } = openApp("#/settings/servers", {
    "servers.add": ({ url }) => {
      if (isRefused) throw new WorkbenchError("server-address-invalid", { case: "plainHttp", address: url });
      return sampleServer;
    },
  });
  await press("Add server…");
  await type("Address", "http://gpu.example.org");
  expect(screen.queryByRole("checkbox")).toBeNull();
  await press("Save and test");
  fireEvent.click(await screen.findByRole("checkbox", { name: /Send without encryption/ }));
  expect((await field("Address")).getAttribute("aria-invalid")).toBe("true");
  isRefused = false;
  await press("Save and test");
  await waitFor(() => expect(named("servers.test")).toHaveLength(1));
  expect(named("servers.add")).toMatchObject([{ allowsPlainHttp: false }, { allowsPlainHttp: true }]);
});

test("the key that is kept is never shown; it is left as it was, replaced, or removed", async () => {
  const { named } = openApp("#/settings/servers", {
    "servers.list": () => listOf(sampleServer),
    "servers.change": () => sampleServer,
  });
  const edit = async (): Promise<void> => {
    await press("More about Workstation");
    fireEvent.click(await screen.findByRole("menuitem", { name: "Edit…" }));
    expect((await field("Key")).value).toBe("");
  };
  await edit();
  await press("Save and test");
  await waitFor(() => expect(named("servers.change")).toHaveLength(1));
  await edit();
  await type("Key", "another");
  await press("Save and test");
  await waitFor(() => expect(named("servers.change")).toHaveLength(2));
  await edit();
  await press("Remove the key");
  await press("Save and test");
  await waitFor(() => expect(named("servers.change")).toHaveLength(3));
  expect(named("servers.change")).toEqual([
    { serverId: "s1", allowsPlainHttp: false },
    { serverId: "s1", key: "another", allowsPlainHttp: false },
    { serverId: "s1", key: null, allowsPlainHttp: false },
  ]);
});

test("without a keychain it is said how long a key is kept", async () => {
  openApp("#/settings/servers", { "servers.list": () => ({ servers: [], canKeepKey: false }) });
  await press("Add server…");
  expect((await field("Key")).getAttribute("aria-describedby")).not.toBeNull();
  await screen.findByText(/This system has no keychain, so the key is kept only until the app quits/);
});

test("a server says where it is, what its test found, and why a test failed; a test can be stopped", async () => {
  const { emit, named } = openApp("#/settings/servers", { "servers.list": () => listOf(sampleServer) });
  const item = within(await screen.findByRole("listitem", { name: "Workstation" }));
  item.getByText("Leaves this machine");
  item.getByText("https://gpu.example.org/v1");
  item.getByText("vLLM");
  expect(item.queryByText(/left out/)).toBeNull();
  item.getByText("Apart from the answer, as reasoning");
  item.getByText("31.2 tok/s, first token after 0.41 s, with the way there and back");
  const { test: last } = sampleServer;
  if (last.state !== "done") throw new Error("The sample was not tested.");
  const some = { ...last, findings: { ...last.findings, leftOut: 3 } };
  act(() => emit("servers.changed", listOf({ ...sampleServer, test: some })));
  item.getByText(/^3 models are left out/);
  act(() => emit("servers.changed", listOf({ ...sampleServer, test: { state: "running" } })));
  fireEvent.click(item.getByRole("button", { name: "Stop testing Workstation" }));
  await waitFor(() => expect(named("servers.cancelTest")).toEqual([{ serverId: "s1" }]));
  const problem = { code: "server-unpaid", facts: { server: "Workstation" } } as const;
  act(() => emit("servers.changed", listOf({ ...sampleServer, test: { state: "failed", at: 1, problem } })));
  expect(item.getByRole("alert").textContent).not.toBe("");
});

test("a server is removed only after a question that says what stays", async () => {
  const { named } = openApp("#/settings/servers", { "servers.list": () => listOf(sampleServer) });
  await press("More about Workstation");
  fireEvent.click(await screen.findByRole("menuitem", { name: "Remove…" }));
  const question = within(await screen.findByRole("alertdialog", { name: "Remove Workstation?" }));
  question.getByText(/What they have written stays in your chats/);
  expect(named("servers.remove")).toEqual([]);
  fireEvent.click(question.getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(named("servers.remove")).toEqual([{ serverId: "s1" }]));
});

test("the picker groups a server's models under where they are, and the composer says it before a message is sent", async () => {
  openChat({
    "models.list": () => [nano, { ...remoteModel, measuredTokensPerSecond: 12 }],
    "chats.open": () => ({ chat: chat("c1", { modelId: "s1-r1" }), messages: [message("u1")], ...whole }),
  });
  await screen.findByText("This chat leaves this machine: it is sent to Workstation (gpu.example.org).");
  const button = await screen.findByRole("combobox", { name: "Model" });
  await waitFor(() => expect(button.textContent).toContain("Leaves this machine"));
  await openPicker();
  const group = within(
    await screen.findByRole("group", { name: /Workstation \(gpu\.example\.org\).*Leaves this machine/ }),
  );
  group.getByRole("menuitem", { name: /deepseek-r1.*131,072 tokens of context.*12[.0]* tok\/s.*as received/ });
  expect(group.queryByRole("menuitem", { name: /R1 Nano/ })).toBeNull();
});

/** The same model on a server of this machine. */
const modelHere: RemoteModel = {
  ...remoteModel,
  id: "s2-r1",
  name: "local-r1",
  source: {
    ...remoteModel.source,
    serverId: "s2",
    serverName: "Ollama",
    host: "localhost:11434",
    isThisMachine: true,
  },
};

test("a model that leaves this machine is chosen in a chat for that chat alone; a new chat begins here again", async () => {
  const { named } = openChat(
    { "models.list": () => [nano, remoteModel, modelHere], "chats.create": () => chat("c2", { modelId: "s1-r1" }) },
    "#/",
  );
  const choose = async (name: RegExp): Promise<void> => {
    await openPicker();
    await screen.findByText(/A model on another machine serves only this chat/);
    fireEvent.click(await screen.findByRole("menuitem", { name }));
  };
  await choose(/deepseek-r1/);
  await screen.findByText("This chat leaves this machine: it is sent to Workstation (gpu.example.org).");
  const field = await composer();
  fireEvent.input(field, { target: { value: "Why?" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(named("chats.create")).toEqual([{ modelId: "s1-r1" }]));
  await goTo("#/");
  await waitFor(() => expect(screen.queryByText(/leaves this machine: it is sent/)).toBeNull());
  expect(named("models.use")).toEqual([]);
  // One on this machine is like a file on it.
  await choose(/local-r1/);
  await waitFor(() => expect(named("models.use")).toEqual([{ modelId: "s2-r1" }]));
});

test("what was chosen for the next chat stays while other settings change, and gives way to a new default", async () => {
  const { emit } = openChat({ "models.list": () => [nano, remoteModel] }, "#/");
  await openPicker();
  fireEvent.click(await screen.findByRole("menuitem", { name: /deepseek-r1/ }));
  await screen.findByText(/^This chat leaves this machine/);
  act(() => emit("settings.changed", { ...settings, theme: "dark" }));
  await screen.findByText(/^This chat leaves this machine/);
  act(() => emit("settings.changed", { ...settings, defaultModelId: nano.id }));
  await waitFor(() => expect(screen.queryByText(/leaves this machine/)).toBeNull());
  act(() => emit("settings.changed", { ...settings, defaultModelId: "s1-r1" }));
  await screen.findByText(
    "This chat and every new one leave this machine: they are sent to Workstation (gpu.example.org).",
  );
});

test("Offline keeps a model on another machine from being chosen, and one on this machine not", async () => {
  openChat({
    "models.list": () => [nano, remoteModel, modelHere],
    "network.state": () => ({ isOffline: true, isForced: false }),
    "chats.open": () => ({ chat: chat("c1", { modelId: "s1-r1" }), messages: [message("u1")], ...whole }),
  });
  await screen.findByText("Offline is on, so nothing is sent to Workstation (gpu.example.org).");
  await openPicker();
  const away = await screen.findByRole("menuitem", { name: /deepseek-r1.*Not available: Offline is on/ });
  expect(away.getAttribute("aria-disabled")).toBe("true");
  expect(screen.getByRole("menuitem", { name: /local-r1/ }).getAttribute("aria-disabled")).not.toBe("true");
});

test("a reply says which server wrote it, also when the server is gone", async () => {
  const server = { name: "Work\u202estation", host: "gpu.example.org", isThisMachine: false };
  const model = { id: "s1-r1", name: "deepseek-r1", server };
  openChat({
    "chats.open": () => ({
      chat: chat("c1", { modelId: "s1-r1" }),
      messages: [message("u1"), reply("a1", { parentId: "u1", stats, model })],
      ...whole,
    }),
  });
  const article = within(await screen.findByRole("article", { name: "deepseek-r1" }));
  article.getByText("Leaves this machine");
  article.getByText("gpu.example.org");
  // Nothing that was stored can reorder the words around it.
  article.getByTitle("Written outside this machine, on Work station (gpu.example.org)");
  await screen.findByText(/is on a server that is not in the list any more/);
});

test.each([
  ["its answer", "Half of", "Continue"],
  ["its thought", "", "Try again"],
])("a reply that ended within %s is continued only where the server can", async (_, text, offered) => {
  const model = { id: "s1-r1", name: "deepseek-r1", server: { name: "Workstation", host: "h", isThisMachine: false } };
  const source = { ...remoteModel.source, abilities: { ...abilities, continues: true } };
  openChat({
    "models.list": () => [nano, { ...remoteModel, source }],
    "chats.open": () => ({
      chat: chat("c1", { modelId: "s1-r1" }),
      messages: [message("u1"), reply("a1", { parentId: "u1", thought: "Let me", text, state: "interrupted", model })],
      ...whole,
    }),
  });
  const article = within(await screen.findByRole("article", { name: "deepseek-r1" }));
  await waitFor(() => expect(article.queryAllByRole("button", { name: /^(Continue|Try again)$/ })).toHaveLength(1));
  await article.findByRole("button", { name: offered });
});

test("what a server cannot do is not offered: a thought that is skipped, a reply that is continued", async () => {
  const model = { id: "s1-r1", name: "deepseek-r1", server: { name: "Workstation", host: "h", isThisMachine: false } };
  openChat({
    "models.list": () => [nano, remoteModel],
    "chats.open": () => ({
      chat: chat("c1", { modelId: "s1-r1" }),
      messages: [message("u1"), reply("a1", { parentId: "u1", text: "Half of", state: "interrupted", model })],
      ...whole,
    }),
  });
  const article = within(await screen.findByRole("article", { name: "deepseek-r1" }));
  article.getByRole("button", { name: "Try again" });
  expect(article.queryByRole("button", { name: "Continue" })).toBeNull();
  fireEvent.click(await screen.findByRole("button", { name: /^Thinking:|Think/ }));
  const off = await screen.findByRole("menuitemradio", { name: /This server cannot skip it/ });
  expect(off.getAttribute("aria-disabled")).toBe("true");
});
