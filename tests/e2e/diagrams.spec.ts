import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { escapingDiagram, hostileDiagrams } from "../support/preview/hostileDiagrams.ts";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { shareApp } from "./support/shareApp.ts";
import { openSink } from "./support/Sink.ts";
import { receive } from "./support/writeReplies.ts";

const app = shareApp(() => launchApp({ writes: true }));

/** A diagram is drawn long before, but machines are busy. */
const patience = { timeout: 60_000 };
const answer = (): Locator => replies(app.page).last().getByTestId("answer");
const picture = (): Locator => answer().getByRole("img", { name: "Diagram" });
const asReply = (text: string): string => `Look:\n\n\`\`\`mermaid\n${text}\n\`\`\`\n\nThat is it.`;

interface Drawn {
  state: string;
  reason?: string;
  message?: string;
  width: number;
  height: number;
  /** The first bytes of the picture, in hexadecimal. */
  begin: string;
}

/** Has a diagram drawn as the page does. */
const draw = (text: string, theme: "light" | "dark" = "light"): Promise<Drawn> =>
  app.page.evaluate(
    async ([given, colours]) => {
      const { r1 } = globalThis as unknown as { r1: Bridge };
      const outcome = await r1.call("diagrams.draw", { text: given, theme: colours });
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      const { png, ...rest } = { png: new Uint8Array(), width: 0, height: 0, ...outcome.value };
      return { ...rest, begin: Array.from(png.slice(0, 4), (byte) => byte.toString(16)).join("") };
    },
    [text, theme] as const,
  );

/** As many edges as Mermaid takes, most of them long: laying it out takes minutes. */
const endlessGraph = `graph TD\n${Array.from({ length: 240 }, (_, index) => {
  const other = (index * 37 + 11) % 240;
  return `a${index}-->a${index + 1}\na${Math.min(index, other)}-->a${Math.max(index, other)}`;
}).join("\n")}`;

/** The pages in which diagrams and previews are. */
const views = (): Promise<number> =>
  inMain(
    app.electron,
    ({ webContents }) =>
      webContents.getAllWebContents().filter((each) => each.getURL().startsWith("workbench-preview:")).length,
  );

/** Returns the colour of a corner of the shown picture, and how many different ones there are in it. */
const coloursOf = (image: Locator): Promise<{ corner: string; count: number }> =>
  image.evaluate((element) => {
    const { naturalWidth, naturalHeight } = element as HTMLImageElement;
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: naturalWidth, height: naturalHeight });
    const context = canvas.getContext("2d");
    context?.drawImage(element as HTMLImageElement, 0, 0);
    const { data } = context?.getImageData(0, 0, naturalWidth, naturalHeight) ?? { data: new Uint8ClampedArray() };
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 3).join(" "));
    return { corner: data.slice(0, 3).join(" "), count: colours.size };
  });

test("a diagram in a reply is a picture of it, in the window's colours, with its code beside it", async () => {
  test.setTimeout(180_000);
  await receive(app, { answer: asReply("graph TD\nA[Question] --> B{Is it so?}\nB -->|yes| C[Answer]") });
  await expect(picture()).toBeVisible(patience);
  const { corner, count } = await coloursOf(picture());
  expect(corner).toBe("255 255 255");
  expect(count).toBeGreaterThan(5);
  await expect(answer().locator("pre")).toHaveCount(0);
  expect(await axeFaults(app.page)).toEqual([]);
  await expect.poll(views).toBe(0);

  await answer().getByRole("button", { name: "Show code" }).click();
  await expect(answer().locator("pre")).toContainText("B -->|yes| C[Answer]");
  await expect(answer().getByRole("button", { name: "Show diagram" })).toBeFocused();
  await app.page.keyboard.press("Enter");
  await expect(picture()).toBeVisible();
  await expect(answer().getByRole("button", { name: "Show code" })).toBeFocused();
  await inMain(app.electron, ({ clipboard }) => clipboard.clear());
  await answer().getByRole("button", { name: "Copy code" }).click();
  const copied = (): Promise<string> =>
    inMain(app.electron, ({ clipboard }) => clipboard.readText()) as Promise<string>;
  await expect.poll(copied).toBe("graph TD\nA[Question] --> B{Is it so?}\nB -->|yes| C[Answer]");

  const file = join(test.info().outputDir, "diagram.png");
  await mkdir(test.info().outputDir, { recursive: true });
  await inMain(
    app.electron,
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    file,
  );
  await answer().getByRole("button", { name: "Save as PNG" }).click();
  await expect.poll(() => readFile(file).then((bytes) => bytes.subarray(1, 4).toString(), String)).toBe("PNG");

  await app.page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(async () => (await coloursOf(picture())).corner, patience).toBe("26 28 29");
  await app.page.emulateMedia({ colorScheme: "light" });
});

test("a wide diagram fits the answer, and is scrolled at its own size", async () => {
  test.setTimeout(120_000);
  const nodes = Array.from({ length: 24 }, (_, index) => `n${index}[Step number ${index}]`).join(" --> ");
  await receive(app, { answer: asReply(`graph LR\n${nodes}`) });
  await expect(picture()).toBeVisible(patience);
  const box = answer().locator(".diagram-scroll");
  const overflow = (): Promise<number> => box.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(await overflow()).toBe(0);
  await answer().getByRole("button", { name: "Full size" }).click();
  expect(await overflow()).toBeGreaterThan(1000);
  await box.focus();
  await app.page.keyboard.press("ArrowRight");
  await expect.poll(() => box.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
});

test("code that Mermaid cannot read stays, with what is wrong in it", async () => {
  test.setTimeout(120_000);
  await receive(app, { answer: asReply("graph TD\nA --> --> B") });
  await expect(answer().locator(".diagram-trouble")).toContainText("Mermaid cannot read it", patience);
  await expect(answer().locator(".diagram-trouble")).toContainText("line 2");
  await expect(answer().locator("figure > pre")).toContainText("A --> --> B");
  expect(await axeFaults(app.page)).toEqual([]);
});

test("a diagram that is still being written is code", async () => {
  test.setTimeout(120_000);
  await receive(app, { answer: "```mermaid\ngraph TD\nA --> B\n", hold: true }).catch(() => undefined);
  await expect(answer().locator("pre")).toContainText("A --> B");
  await expect(picture()).toHaveCount(0);
  await app.page.getByRole("button", { name: "Stop", exact: true }).click();
});

test("of many diagrams in a reply, those near the window are drawn, and the others when they come near", async () => {
  test.setTimeout(240_000);
  const one = (_: unknown, index: number): string =>
    `\`\`\`mermaid\ngraph TD\nA[Number ${index}] --> B --> C --> D\n\`\`\``;
  await receive(app, { answer: Array.from({ length: 60 }, one).join("\n\n") });
  const first = answer().locator("figure").first();
  const last = answer().locator("figure").last();
  // Until all are there, the last one is another.
  await expect(answer().locator("figure")).toHaveCount(60, patience);
  await last.scrollIntoViewIfNeeded();
  await expect(last.getByRole("img")).toBeVisible(patience);
  await expect(answer().getByText("Drawing the diagram…")).toHaveCount(0, { timeout: 120_000 });
  expect(await picture().count()).toBeLessThan(30);
  await expect(first.locator("pre")).toContainText("Number 0");

  await first.scrollIntoViewIfNeeded();
  await expect(first.getByRole("img")).toBeVisible(patience);
});

test("a diagram is printed as its picture, dark on white, once it is drawn", async () => {
  test.setTimeout(180_000);
  const text = "graph TD\nA[Printed once] --> B";
  await receive(app, { answer: asReply(text) });
  await expect(picture()).toBeVisible(patience);
  await inMain(app.electron, ({ webContents }) => {
    const prototype = Object.getPrototypeOf(webContents.getAllWebContents()[0]) as Electron.WebContents;
    prototype.print = function (this: Electron.WebContents, _options, done) {
      const look = `({ text: document.body.innerText, widths: Array.from(document.images, (image) => image.naturalWidth) })`;
      void this.executeJavaScript(look).then((printed: unknown) => {
        Object.assign(globalThis, { printed });
        done?.(true, "");
      });
    };
  });
  await app.page.keyboard.press("Control+P");
  interface Printed {
    text: string;
    widths: number[];
  }
  const printed = (): Promise<Printed | undefined> =>
    inMain(app.electron, () => (globalThis as unknown as { printed?: Printed }).printed);
  await expect.poll(async () => (await printed())?.widths.length, patience).toBe(1);
  expect((await printed())?.widths[0]).toBeGreaterThan(100);
  expect((await printed())?.text).not.toContain("Printed once");
});

const kinds: Record<string, string> = {
  sequence: "sequenceDiagram\nAlice->>Bob: Hello 你好\nBob-->>Alice: Hi",
  class: "classDiagram\nAnimal <|-- Duck\nAnimal : +int age",
  state: "stateDiagram-v2\n[*] --> Still\nStill --> Moving",
  "entities and relations": "erDiagram\nCUSTOMER ||--o{ ORDER : places",
  gantt: "gantt\ntitle Plan\ndateFormat YYYY-MM-DD\nsection A\nTask one :a1, 2024-01-01, 30d",
  pie: 'pie title Pets\n"Dogs" : 386\n"Cats" : 85',
  mindmap: "mindmap\n  root((R1))\n    Thinks\n    Answers",
  "git graph": "gitGraph\ncommit\nbranch develop\ncommit\ncheckout main\nmerge develop",
  journey: "journey\ntitle My day\nsection Work\nMake tea: 5: Me",
  timeline: "timeline\ntitle History\n2023 : A\n2024 : B",
  quadrants: "quadrantChart\ntitle Reach\nx-axis Low --> High\ny-axis Low --> High\nA: [0.3, 0.6]",
  chart: 'xychart-beta\ntitle "Sales"\nx-axis [jan, feb]\ny-axis "Revenue" 0 --> 100\nbar [50, 60]',
  blocks: "block-beta\ncolumns 2\na b c d",
  "a layout that is not here": "---\nconfig:\n  layout: elk\n---\nflowchart TD\nA-->B",
  formula: 'graph LR\nA["$$x^2$$"] --> B',
};

test("all usual kinds of diagrams are drawn", async () => {
  test.setTimeout(600_000);
  const failed: string[] = [];
  for (const [kind, text] of Object.entries(kinds)) {
    const { width, height, begin, ...drawn } = await draw(text);
    const isWhole = begin === "89504e47" && width > 40 && height > 40;
    if (drawn.state !== "drawn" || !isWhole) failed.push(`${kind}: ${JSON.stringify({ ...drawn, width, height })}`);
  }
  expect(failed).toEqual([]);
});

test("no hostile diagram gets out, and none gets more than a picture", async () => {
  test.setTimeout(900_000);
  const sink = await openSink();
  const tried = await app.watch();
  const windows = (): Promise<number> =>
    inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const before = await windows();
  for (const [name, text] of Object.entries(hostileDiagrams)) {
    const { state, begin } = await draw(text.replaceAll("SINK", sink.address));
    expect(text === escapingDiagram ? ["drawn"] : ["drawn", "wrong"], name).toContain(state);
    if (state === "drawn") expect(begin, name).toBe("89504e47");
    expect(await views(), name).toBe(0);
  }
  expect(await tried()).toEqual([]);
  expect(sink.arrived).toEqual([]);
  expect(await windows()).toBe(before);
  sink.close();
});

test("a diagram that is too much is given up, the window goes on, and the next one is drawn", async () => {
  test.setTimeout(400_000);
  const large = draw(endlessGraph);
  await app.page.getByRole("textbox", { name: "Message" }).fill("still here");
  await expect(app.page.getByRole("textbox", { name: "Message" })).toHaveValue("still here");
  expect((await large).state).toBe("failed");
  const edges = Array.from({ length: 3000 }, (_, index) => `a${index}-->b${index}`).join("\n");
  expect((await draw(`graph TD\n${edges}`)).state).toBe("wrong");
  expect((await draw("graph TD\nA-->B")).state).toBe("drawn");
  await app.page.getByRole("textbox", { name: "Message" }).fill("");
});

test("a drawing ends with the page that wants it", async () => {
  test.setTimeout(240_000);
  // Without them nothing ends the drawing before its minute is over.
  await inMain(app.electron, ({ app: main }) => {
    const getAppMetrics = main.getAppMetrics.bind(main);
    Object.assign(main, { getAppMetrics: () => [], restoreMetrics: () => Object.assign(main, { getAppMetrics }) });
  });
  const drawing = draw(endlessGraph).catch(() => undefined);
  await expect.poll(views, patience).toBe(1);
  await app.page.reload();
  await expect.poll(views, { timeout: 30_000 }).toBe(0);
  await drawing;
  await inMain(app.electron, ({ app: main }) => {
    (main as unknown as { restoreMetrics: () => void }).restoreMetrics();
  });
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeVisible(patience);
  expect((await draw("graph TD\nA-->B")).state).toBe("drawn");
});
