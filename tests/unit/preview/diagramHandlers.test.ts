import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { expect, test, vi } from "vitest";
import type { DrawnDiagram } from "../../../electron/contract/diagrams.ts";
import { diagramHandlers } from "../../../electron/main/preview/diagramHandlers.ts";

const drawing = vi.hoisted(() => ({ draw: vi.fn<() => Promise<unknown>>() }));
vi.mock("../../../electron/main/preview/drawDiagram.ts", () => ({ drawDiagram: drawing.draw }));

test("a diagram is drawn after one that could not even be begun", async () => {
  const drawn: DrawnDiagram = { state: "wrong", message: "" };
  drawing.draw.mockRejectedValueOnce(new Error("no page can be opened")).mockResolvedValueOnce(drawn);
  const window = Object.assign(new EventEmitter(), { webContents: new EventEmitter() }) as unknown as BrowserWindow;
  const draw = diagramHandlers("/nowhere")(window)["diagrams.draw"];
  const first = draw({ text: "graph TD", theme: "light" });
  const second = draw({ text: "graph LR", theme: "light" });
  await expect(first).rejects.toThrow("no page can be opened");
  expect(await second).toEqual(drawn);
});
