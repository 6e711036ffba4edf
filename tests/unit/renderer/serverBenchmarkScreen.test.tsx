// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { RemoteModel } from "../../../electron/contract/models.ts";
import type { ServerBenchmarkState } from "../../../electron/contract/serverBenchmark.ts";
import Benchmark from "../../../renderer/features/benchmark/Benchmark.tsx";
import { serverPicture } from "../../../renderer/features/benchmark/serverPicture.ts";
import { abilitiesOf } from "../../../electron/workbench/servers/dialects.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { serverResult } from "../../support/serverBenchmark/serverResult.ts";
import { fakeBridge, nano } from "./fakeBridge.ts";

afterEach(cleanup);

const kept = serverResult();
const remote: RemoteModel = {
  ...nano,
  id: kept.model.id,
  name: "deepseek-r1",
  builtIn: false,
  owner: "server",
  source: {
    kind: "server",
    serverId: kept.server.id,
    serverName: "Workstation",
    host: "gpu.example.org",
    isThisMachine: false,
    modelName: "deepseek-r1",
    abilities: abilitiesOf.vllm,
  },
};
const run = {
  id: "s1",
  modelId: remote.id,
  modelName: remote.name,
  server: kept.server,
  plan: kept.plan,
  startedAt: 1000,
};
const measuring = (number: number): ServerBenchmarkState => ({
  state: "measuring",
  run,
  progress: { number, failed: 1, runs: [{ number: 1, ttftMs: 400, tokensPerSecond: 30 }] },
});

function open(answers: Parameters<typeof fakeBridge>[0] = {}) {
  const fake = fakeBridge({
    "models.list": () => [nano, remote],
    "serverBenchmark.start": () => measuring(0),
    "serverBenchmark.stop": () => ({ state: "none" }),
    ...answers,
  });
  render(
    <StoresContext value={createStores(openDoor(fake.bridge))}>
      <Benchmark />
    </StoresContext>,
  );
  const tell = (state: ServerBenchmarkState) => act(() => fake.emit("serverBenchmark.changed", state));
  return { ...fake, tell };
}
const choose = async (): Promise<void> => {
  fireEvent.change(await screen.findByLabelText("Model"), { target: { value: remote.id } });
};
const runButton = () => screen.findByRole("button", { name: "Run benchmark" });
const hint = () => document.querySelector(".setup-form > .fact-line")?.textContent ?? "";

test("a server's model is offered with its mark, is no default, and what is sent is said before it begins", async () => {
  const { named } = open({
    "settings.get": () => ({ defaultModelId: remote.id }) as never,
  });
  const select = await screen.findByLabelText<HTMLSelectElement>("Model");
  expect(select.value).toBe(nano.id);
  expect([...select.options].map(({ text }) => text)).toEqual([
    "R1 Nano · F16",
    "deepseek-r1 · Workstation (gpu.example.org) · Leaves this machine",
  ]);
  await choose();
  expect(hint()).toBe(
    "Leaves this machine Sends 6 prompts of random words to Workstation (gpu.example.org): about 2,688 tokens to read, and up to 656 tokens to write. They leave this machine, and the server may charge for them. Other requests to the server change the result.",
  );
  // What only a model of this machine can do is not there.
  for (const label of ["Plan", "Problems to solve", "Time at most"]) expect(screen.queryByLabelText(label)).toBeNull();
  fireEvent.change(screen.getByLabelText("Repeats"), { target: { value: "2" } });
  expect(hint()).toContain("Sends 3 prompts");
  expect(named("serverBenchmark.start")).toEqual([]);
  fireEvent.click(await runButton());
  await waitFor(() =>
    expect(named("serverBenchmark.start")).toEqual([
      { modelId: remote.id, plan: { promptTokens: 512, writtenTokens: 128, repeats: 2 } },
    ]),
  );
  expect(named("benchmark.start")).toEqual([]);
  expect(named("benchmark.recheck")).toEqual([]);
});

test.each(["7", "40000", "x", ""])("%s tokens are no plan, and nothing can be started", async (value) => {
  open();
  await choose();
  fireEvent.change(screen.getByLabelText("Prompt, tokens"), { target: { value } });
  expect(screen.getByRole("alert").textContent).toContain("16 to 32,768 tokens to read");
  expect((await runButton()).hasAttribute("disabled")).toBe(true);
});

test("Offline keeps a server on another machine from being measured", async () => {
  open({ "network.state": () => ({ isOffline: true, isForced: false }) });
  await choose();
  await waitFor(() => expect(hint()).toContain("Not available: Offline is on"));
  expect((await runButton()).hasAttribute("disabled")).toBe(true);
});

test("while it runs, the figures so far are shown, and it can be stopped", async () => {
  const { tell, named } = open();
  await runButton();
  // It was begun in another window: the screen shows it all the same.
  tell(measuring(3));
  const section = within(await screen.findByRole("region", { name: "Running benchmark" }));
  expect(section.getByText("Timed run 3 of 5")).toBeTruthy();
  expect(section.getByText("1 run failed")).toBeTruthy();
  expect(section.getByRole("heading").textContent).toContain("0.40 s first token");
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(named("serverBenchmark.stop")).toHaveLength(1));
  await choose();
  tell({ state: "ended", run, outcome: "stopped", result: null, problem: null });
  expect(await screen.findByText("Stopped. Nothing was measured.")).toBeTruthy();
});

test("a failure says what is kept", async () => {
  const { tell } = open();
  await choose();
  const problem = { code: "server-cut" as const, facts: { server: "Workstation", case: "measuring" as const } };
  tell({ state: "ended", run, outcome: "failed", result: serverResult({ id: "s1", ending: "failed" }), problem });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The connection to Workstation ended before the reply was complete.");
  expect(alert.textContent).toContain("The results of 5 runs are kept.");
});

test("a result says that it is a server's, is in a history of its own, and is removed there", async () => {
  const older = serverResult({ id: "older", startedAt: kept.startedAt - 1000 });
  const { named } = open({
    "serverBenchmark.history": () => ({
      results: [kept, older],
      changes: [
        {
          resultId: kept.id,
          since: older.startedAt,
          writing: { change: "faster", ratio: 1.5 },
          firstToken: { change: "slower", ratio: 1.25 },
        },
      ],
    }),
    "serverBenchmark.remove": () => null,
  });
  // With a model of this machine, none is shown until it is opened.
  const table = within(await screen.findByRole("region", { name: "Servers" }));
  expect(screen.queryByRole("region", { name: "Result of a server" })).toBeNull();
  expect(screen.queryByRole("region", { name: "History" })).toBeNull();
  const [, first] = table.getAllByRole("row");
  expect(first?.textContent).toContain("+50 %");
  expect(first?.textContent).toContain("+25 %");
  expect(first?.textContent).toContain("Workstation (gpu.example.org)");
  fireEvent.click(within(first as HTMLElement).getByRole("button"));
  const shown = within(await screen.findByRole("region", { name: "Result of a server" }));
  expect(shown.getByText(/Not comparable with models on this machine\./)).toBeTruthy();
  expect(shown.getAllByText("Leaves this machine")[0]?.className).toContain("server-mark");
  expect(shown.getByText("Reading, server’s clock, tok/s")).toBeTruthy();
  fireEvent.click(shown.getByRole("button", { name: "More" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Remove…" }));
  fireEvent.click(await screen.findByRole("button", { name: "Remove" }));
  await waitFor(() => expect(named("serverBenchmark.remove")).toEqual([{ resultIds: [kept.id] }]));
  expect(named("benchmark.remove")).toEqual([]);
});

test("the picture names the server without its address, and says that it is not comparable", () => {
  const words = serverPicture(openTexts("en"), kept).items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
  expect(words).toContain("deepseek-r1 on Workstation, measured over the connection by this app’s clock.");
  expect(words).toContain("Not comparable with models on this machine.");
  expect(words).toContain("The server counted the tokens.");
  expect(words.join(" ")).not.toContain("gpu.example.org");
});
