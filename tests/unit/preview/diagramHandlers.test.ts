import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { expect, test, vi } from "vitest";
import type { DrawnDiagram } from "../../../electron/contract/diagrams.ts";
import { diagramHandlers } from "../../../electron/main/preview/diagramHandlers.ts";

const drawing = vi.hoisted(() => ({
  draw: vi.fn<(libraries: unknown, diagram: unknown, signal: AbortSignal) => Promise<unknown>>(),
}));
vi.mock("../../../electron/main/preview/drawDiagram.ts", () => ({ drawDiagram: drawing.draw }));

const openWindow = (): BrowserWindow =>
  Object.assign(new EventEmitter(), { webContents: new EventEmitter() }) as unknown as BrowserWindow;

test("a diagram is drawn after one that could not even be begun", async () => {
  const drawn: DrawnDiagram = { state: "wrong", message: "" };
  drawing.draw.mockRejectedValueOnce(new Error("no page can be opened")).mockResolvedValueOnce(drawn);
  const draw = diagramHandlers("/nowhere")(openWindow())["diagrams.draw"];
  const first = draw({ text: "graph TD", theme: "light" });
  const second = draw({ text: "graph LR", theme: "light" });
  await expect(first).rejects.toThrow("no page can be opened");
  expect(await second).toEqual(drawn);
});

test("a window stops its own drawing, and the next one does not wait for it", async () => {
  const drawn: DrawnDiagram = { state: "wrong", message: "" };
  const failed: DrawnDiagram = { state: "failed", reason: "crashed" };
  const signals: AbortSignal[] = [];
  drawing.draw.mockImplementation((_libraries, _diagram, signal) => {
    signals.push(signal);
    // The first one never ends by itself.
    if (signals.length > 1) return Promise.resolve(drawn);
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve(failed)));
  });
  const handlersOf = diagramHandlers("/nowhere");
  const [mine, others] = [handlersOf(openWindow()), handlersOf(openWindow())];
  const slow = mine["diagrams.draw"]({ text: "graph TD", theme: "light" });
  const elsewhere = others["diagrams.draw"]({ text: "graph TD", theme: "light" });
  await expect.poll(() => signals.length).toBe(1);
  await mine["diagrams.stop"]({});
  const next = mine["diagrams.draw"]({ text: "graph LR", theme: "light" });
  expect(await slow).toEqual(failed);
  expect(await elsewhere).toEqual(drawn);
  expect(await next).toEqual(drawn);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, false]);
});
