// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { LlamaServerState, ServerPlan } from "../../../electron/contract/llamaServer.ts";
import type { Server } from "../../../electron/contract/servers.ts";
import { installAnswerPage } from "./answerPage.ts";
import { nano } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";
import { sampleServer } from "./sampleServer.ts";

// Loaded in advance, because on a busy machine that may take longer than a test waits.
beforeAll(async () => {
  await import("../../../renderer/features/settings/SettingsScreen.tsx");
});
beforeEach(installAnswerPage);

const gib = 1024 ** 3;
const device = { name: "CUDA0", description: "NVIDIA L4", totalBytes: 23 * gib, freeBytes: 22 * gib };
const plan: ServerPlan = {
  devices: [device],
  placement: { by: "experts", layersInMemory: 60, expertLayersInMemory: 57, expertLayers: 58 },
  deviceBytes: 18e9,
  memoryBytes: 388e9,
  usableBytes: 500e9,
  isReadFromDisk: false,
  speed: null,
  arguments: ["--model", "/r1.gguf", "--n-cpu-moe", "60"],
};
const chosen: LlamaServerState = {
  program: { path: "/opt/llama.cpp/llama-server", version: "7154 (80fb11a)" },
  setup: { modelId: nano.id, contextSize: 16_384, workers: [] },
  plan: null,
  server: { state: "off" },
};
const ready = {
  state: "ready",
  pid: 7,
  memoryBytes: 4e9,
  url: "http://127.0.0.1:1",
  isHealthy: true,
  since: 1,
} as const;
const problem = { code: "llama-server-failed", facts: { case: "outOfMemory" } } as const;

const section = async () => within(await screen.findByRole("region", { name: "llama-server" }));

test("a program is chosen in a dialog of the system, a model in the list, and then it can be started", async () => {
  let state: LlamaServerState = { ...chosen, program: null, setup: { ...chosen.setup, modelId: null } };
  const { named } = openApp("#/settings/servers", {
    "llamaServer.state": () => state,
    "shell.chooseLlamaServer": () => (state = { ...state, program: chosen.program }),
    "llamaServer.setUp": ({ modelId = null }) => (state = { ...state, setup: { ...state.setup, modelId } }),
    "llamaServer.start": () => ({ ...state, plan, server: ready }),
  });
  const its = await section();
  const start = its.getByRole<HTMLButtonElement>("button", { name: "Start llama-server" });
  expect(start.disabled).toBe(true);
  fireEvent.click(its.getByRole("button", { name: "Choose the program llama-server" }));
  await its.findByText("/opt/llama.cpp/llama-server");
  fireEvent.change(its.getByRole("combobox", { name: "Model" }), { target: { value: nano.id } });
  await waitFor(() => expect(start.disabled).toBe(false));
  expect(named("llamaServer.setUp")).toEqual([{ modelId: nano.id, contextSize: 16_384, workers: [] }]);
  fireEvent.click(start);
  await its.findByText("llama-server is ready.");
  its.getByText("It holds 4.00 GB of memory.");
  its.getByText("the experts of 57 of 58 layers in main memory, everything else on CUDA0");
  its.getByRole("button", { name: "Stop llama-server" });
});

test("its states are told, with what to do where it is not well", async () => {
  const { emit, named } = openApp("#/settings/servers", { "llamaServer.state": () => chosen });
  const its = await section();
  await its.findByText("llama-server is not running.");
  act(() => emit("llamaServer.changed", { ...ready, isHealthy: false }));
  its.getByText("llama-server does not respond.");
  its.getByText("If that lasts, stop it and start it again.");
  act(() => emit("llamaServer.changed", { state: "waiting", restart: 2, problem }));
  its.getByText("llama-server ended by itself and is being started again (2 of 3).");
  expect(its.getByRole("alert").textContent).toContain("llama-server ran out of memory.");
  fireEvent.click(its.getByRole("button", { name: "Stop llama-server" }));
  await waitFor(() => expect(named("llamaServer.stop")).toHaveLength(1));
  act(() => emit("llamaServer.changed", { state: "failed", problem }));
  expect(its.getByRole("alert").textContent).toContain("Choose a shorter context");
  its.getByRole("button", { name: "Start llama-server" });
});

test("why a start failed is told once, also if the news of it comes late", async () => {
  let state = chosen;
  const failed = { state: "failed", problem } as const;
  const { emit } = openApp("#/settings/servers", {
    "llamaServer.state": () => state,
    "llamaServer.start": () => {
      state = { ...chosen, server: failed };
      throw new WorkbenchError(problem.code, problem.facts);
    },
  });
  const its = await section();
  const start = await its.findByRole<HTMLButtonElement>("button", { name: "Start llama-server" });
  await waitFor(() => expect(start.disabled).toBe(false));
  fireEvent.click(start);
  await its.findByText(/llama-server ran out of memory/);
  act(() => emit("llamaServer.changed", failed));
  expect(its.getAllByRole("alert")).toHaveLength(1);
});

test("why a start could not begin is told", async () => {
  openApp("#/settings/servers", {
    "llamaServer.state": () => chosen,
    "llamaServer.start": () => {
      throw new WorkbenchError("llama-server-failed", { case: "workers" });
    },
  });
  const its = await section();
  const start = await its.findByRole<HTMLButtonElement>("button", { name: "Start llama-server" });
  await waitFor(() => expect(start.disabled).toBe(false));
  fireEvent.click(start);
  await its.findByText(/could not use all of its workers/);
});

test("workers are kept once they are addresses", async () => {
  const { named } = openApp("#/settings/servers", {
    "llamaServer.state": () => chosen,
    "llamaServer.setUp": () => chosen,
  });
  const field = (await section()).getByRole<HTMLInputElement>("textbox", { name: "Workers" });
  const type = (value: string): void => {
    fireEvent.change(field, { target: { value } });
    fireEvent.blur(field);
  };
  for (const wrong of ["192.168.1.20", "http://a:1", "a:0", "a:70000", "a:1 -m x"]) {
    type(wrong);
    expect(field.getAttribute("aria-invalid"), wrong).toBe("true");
  }
  expect(named("llamaServer.setUp")).toEqual([]);
  type("192.168.1.20:50052, [::1]:50053");
  await waitFor(() => expect(named("llamaServer.setUp")).toHaveLength(1));
  expect(named("llamaServer.setUp")).toMatchObject([{ workers: ["192.168.1.20:50052", "[::1]:50053"] }]);
});

test("workers that are declined are asked about once, and again on Enter", async () => {
  const { named } = openApp("#/settings/servers", {
    "llamaServer.state": () => chosen,
    "llamaServer.setUp": () => {
      throw new WorkbenchError("server-not-agreed", { case: "declined", origin: "a:1" });
    },
  });
  const its = await section();
  const field = its.getByRole<HTMLInputElement>("textbox", { name: "Workers" });
  fireEvent.change(field, { target: { value: "a:1" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await its.findByRole("alert");
  // The dialog takes the focus, and whoever has seen it leaves the field.
  fireEvent.blur(field);
  await act(async () => undefined);
  expect(named("llamaServer.setUp")).toHaveLength(1);
  expect(its.getByText("Not in use yet. Press Enter to confirm them.")).toBeTruthy();
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(named("llamaServer.setUp")).toHaveLength(2));
});

test.each([
  ["starts once the dialog about its workers is answered", true],
  ["does not start if they are declined", false],
])("it %s", async (_, isAgreed) => {
  let answer: (isAgreed: boolean) => void = () => undefined;
  const { named } = openApp("#/settings/servers", {
    "llamaServer.state": () => chosen,
    "llamaServer.setUp": async ({ workers = [] }) => {
      if (!(await new Promise<boolean>((resolve) => (answer = resolve)))) {
        throw new WorkbenchError("server-not-agreed", { case: "declined", origin: workers.join() });
      }
      return { ...chosen, setup: { ...chosen.setup, workers } };
    },
    "llamaServer.start": () => ({ ...chosen, server: ready }),
  });
  const its = await section();
  const field = its.getByRole<HTMLInputElement>("textbox", { name: "Workers" });
  fireEvent.change(field, { target: { value: "192.168.1.20:50052" } });
  fireEvent.blur(field);
  fireEvent.click(its.getByRole("button", { name: "Start llama-server" }));
  await waitFor(() => expect(named("llamaServer.setUp")).toHaveLength(1));
  expect(named("llamaServer.start")).toEqual([]);
  await act(async () => answer(isAgreed));
  if (isAgreed) await its.findByText("llama-server is ready.");
  else await its.findByRole("alert");
  expect(named("llamaServer.start")).toHaveLength(isAgreed ? 1 : 0);
});

test("its log is read only while it is open", async () => {
  const { named } = openApp("#/settings/servers", {
    "llamaServer.state": () => chosen,
    "llamaServer.log": () => ["loading model", "<b>done</b>"],
  });
  const its = await section();
  expect(named("llamaServer.log")).toEqual([]);
  const details = (await its.findByText("Log")).closest("details");
  if (details === null) throw new Error("It has no log.");
  details.open = true;
  fireEvent(details, new Event("toggle"));
  const log = await its.findByRole("region", { name: "The last lines that it wrote" });
  expect(log.textContent).toBe("loading model\n<b>done</b>");
});

test("among the servers, it can be tested, and neither changed nor removed", async () => {
  const own: Server = {
    ...sampleServer,
    id: "llama-server",
    name: "llama-server",
    keyFrom: "app",
    isThisMachine: true,
  };
  openApp("#/settings/servers", { "servers.list": () => ({ servers: [own], canKeepKey: true }) });
  const item = within(await screen.findByRole("listitem", { name: "llama-server" }));
  item.getByRole("button", { name: "Test llama-server" });
  item.getByText("Made for each start, and never stored");
  expect(item.queryByRole("button", { name: /More about/ })).toBeNull();
});

test("with workers on other machines, it leaves this machine, unencrypted", async () => {
  const own: Server = {
    ...sampleServer,
    id: "llama-server",
    name: "llama-server",
    host: "192.168.1.20:50052",
    keyFrom: "app",
    isThisMachine: false,
    isEncrypted: false,
  };
  openApp("#/settings/servers", { "servers.list": () => ({ servers: [own], canKeepKey: true }) });
  const item = within(await screen.findByRole("listitem", { name: "llama-server" }));
  expect(item.getByTitle(/192\.168\.1\.20:50052/).textContent).toBe("Leaves this machine");
  expect(item.getByText("Not encrypted").title).toContain("to its workers");
});
