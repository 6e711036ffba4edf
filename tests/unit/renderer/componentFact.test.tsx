// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Component } from "../../../electron/contract/components.ts";
import type { DownloadStatus } from "../../../electron/contract/downloads.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { ComponentFact } from "../../../renderer/features/hardware/ComponentFact.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext, useComponents } from "../../../renderer/stores/useStores.ts";
import { fakeBridge } from "./fakeBridge.ts";
import { sampleDownload } from "./sampleDownload.ts";

afterEach(cleanup);

const offered: Component = {
  name: "cuda",
  version: "3.21.1",
  downloadBytes: 320e6,
  installedBytes: 563e6,
  host: "registry.npmjs.org",
  state: "absent",
  isOffered: true,
  hasRuntime: true,
};
const installed: Component = { ...offered, state: "installed" };

function Rows() {
  const { list } = useComponents((state) => state);
  return list.map((component) => <ComponentFact key={component.name} component={component} />);
}

/** Shows the row as it is after the workbench has told this. */
async function open(component: Partial<Component>, answers: Parameters<typeof fakeBridge>[0] = {}) {
  const fake = fakeBridge(answers);
  render(
    <StoresContext value={createStores(openDoor(fake.bridge))}>
      <dl>
        <Rows />
      </dl>
    </StoresContext>,
  );
  const tell = (more: Partial<Component>): void =>
    act(() => fake.emit("components.changed", [{ ...offered, ...more }]));
  const tellDownload = (status: DownloadStatus | null): void => {
    const download = status && sampleDownload(status, { name: "CUDA", file: null, component: "cuda" });
    act(() => fake.emit("downloads.changed", download === null ? [] : [download]));
  };
  await act(async () => tell(component));
  return { ...fake, tell, tellDownload };
}

const row = (): string => screen.queryByRole("definition")?.textContent ?? "";

test("where there is a card, it is offered with its size, its place and its licence, and a click fetches it", async () => {
  const { named } = await open({}, { "components.install": () => ({}) as never });
  expect(row()).toContain("Models can run faster on your NVIDIA card with CUDA");
  expect(row()).toContain("320.0 MB to download from registry.npmjs.org; 563.0 MB on the disk.");
  expect(row()).toContain("under the MIT licence");
  expect(row()).not.toContain("cuBLAS");
  expect(named("components.install")).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Download CUDA" }));
  await waitFor(() => expect(named("components.install")).toEqual([{ name: "cuda" }]));
});

test("without a card, there is no row, unless it is installed or being fetched", async () => {
  const { tell, tellDownload } = await open({ isOffered: false });
  expect(row()).toBe("");
  tellDownload({ state: "running", quietSeconds: 0 });
  expect(row()).not.toBe("");
  tellDownload(null);
  expect(row()).toBe("");
  tell({ isOffered: false, state: "installed" });
  expect(row()).toContain("No NVIDIA card with a driver was found, so it is not used.");
  expect(row()).not.toContain("cuBLAS");
});

test("that NVIDIA's own libraries are missing is said before it is fetched, and afterwards", async () => {
  const { tell } = await open({ hasRuntime: false });
  expect(row()).toContain("CUDA also needs NVIDIA’s own libraries, cudart and cuBLAS");
  tell({ ...installed, hasRuntime: false });
  expect(row()).toContain("CUDA is installed, 563.0 MB.");
  expect(row()).toContain("CUDA also needs NVIDIA’s own libraries, cudart and cuBLAS");
});

test("while it is fetched, its progress is in its row, and it can be paused, resumed and discarded", async () => {
  const { tellDownload, named } = await open({});
  tellDownload({ state: "running", quietSeconds: 0 });
  expect(screen.getByRole("progressbar")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Download CUDA" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Pause" }));
  await waitFor(() => expect(named("downloads.pause")).toEqual([{ downloadId: "d1" }]));
  tellDownload({ state: "paused", reason: "user", problem: null });
  fireEvent.click(screen.getByRole("button", { name: "Resume" }));
  await waitFor(() => expect(named("downloads.resume")).toEqual([{ downloadId: "d1" }]));
  tellDownload({ state: "failed", problem: { code: "component-mismatch" } });
  expect(screen.getByRole("alert")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Delete what was downloaded" }));
  await waitFor(() => expect(named("downloads.cancel")).toEqual([{ downloadId: "d1" }]));
});

test("a damaged one says that it is not used, and can be fetched again or removed", async () => {
  const { named, tell } = await open({ state: "damaged" }, { "components.install": () => ({}) as never });
  expect(row()).toContain("CUDA’s files are damaged and are not used.");
  fireEvent.click(screen.getByRole("button", { name: "Download again" }));
  await waitFor(() => expect(named("components.install")).toEqual([{ name: "cuda" }]));
  // Without the card there is nothing to repair it for.
  tell({ state: "damaged", isOffered: false });
  expect(screen.queryByRole("button", { name: "Download again" })).toBeNull();
  expect(screen.getByRole("button", { name: "Remove" })).toBeTruthy();
});

test("removing asks first, says that it is being done, and says why it could not be", async () => {
  let refuse: () => void = () => undefined;
  const { named } = await open(installed, {
    "components.remove": () =>
      new Promise((_, reject) => {
        refuse = () => reject(new WorkbenchError("component-in-use"));
      }),
  });
  fireEvent.click(screen.getByRole("button", { name: "Remove" }));
  const question = await screen.findByRole("alertdialog");
  expect(question.textContent).toContain("This frees 563.0 MB. The loaded model is unloaded");
  expect(named("components.remove")).toEqual([]);
  fireEvent.click(screen.getAllByRole("button", { name: "Remove" }).at(-1) as HTMLElement);
  const removing = await screen.findByRole<HTMLButtonElement>("button", { name: "Removing…" });
  expect(removing.disabled).toBe(true);
  expect(named("components.remove")).toEqual([{ name: "cuda" }]);
  await act(async () => refuse());
  expect(screen.getByRole("alert").textContent).toContain("Another program uses these files");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Remove" }).disabled).toBe(false);
});
