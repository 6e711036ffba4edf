import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { afterReload } from "./support/afterReload.ts";
import { filesWith } from "./support/filesWith.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { slow } from "./support/lockSteps.ts";
import { newWindow } from "./support/newWindow.ts";
import { htmlPage, previewOf } from "./support/previewOf.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  test.setTimeout(180_000);
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

/** A word that only the page has. */
const mark = "quokkaburra";
const marked = htmlPage(
  `<!doctype html><p>${mark}</p><script>
    localStorage.setItem("word", "${mark}");
    document.cookie = "word=${mark}";
    console.log("${mark} runs");
  </script>`,
);

/** Returns the process of the previewed page, or null. */
const pagePid = (): Promise<number | null> =>
  inMain(
    app.electron,
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((each) => each.getURL().startsWith("workbench-preview:"))
        ?.getOSProcessId() ?? null,
  );
/** Whether a process of the app has this id. */
const isThere = (pid: number | null): Promise<boolean> =>
  inMain(app.electron, ({ app: running }, id) => running.getAppMetrics().some((each) => each.pid === id), pid);

test("a page ends when the chats are locked, and has left nothing in the home", async () => {
  await app.page.evaluate(async () => {
    const { r1 } = globalThis as unknown as { r1: Bridge };
    await r1.call("chatLock.turnOn", { passphrase: "four random words", keychain: false });
  });
  const lock = app.page.getByRole("button", { name: "Lock chats" });
  await expect(lock).toBeVisible(slow);
  const preview = await previewOf(app);
  await preview.show(marked);
  await preview.expectLine(`log: ${mark} runs`);
  const pid = await pagePid();
  expect(await isThere(pid)).toBe(true);
  await afterReload([app.page], () => lock.click());
  await expect.poll(() => preview.views(), slow).toBe(0);
  await expect.poll(() => isThere(pid), slow).toBe(false);
  expect(filesWith(app.home, mark)).toEqual([]);
});

test("a page ends with its window, and the app goes on", async () => {
  await receive(app, { answer: "An answer." });
  const page = await newWindow(app.electron, () => app.page.keyboard.press("Control+Shift+N"));
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible(slow);
  const preview = await previewOf({ ...app, page });
  await preview.show(marked);
  await preview.expectLine(`log: ${mark} runs`);
  const pid = await pagePid();
  await page.close();
  await expect.poll(pagePid, slow).toBe(null);
  await expect.poll(() => isThere(pid), slow).toBe(false);
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

/** In a frame, which has none of our own scripts; the page around it answers all the while. */
const inFrame = (code: string): string => `<!doctype html><iframe srcdoc="<script>${code}</script>"></iframe>`;
const often = (line: string): string =>
  `setInterval(() => { for (let i = 0; i < 500; i++) console.log(${line}) }, 100)`;
const textures = `for (let n = 0; n < 16; n++) {
    const gl = document.createElement("canvas").getContext("webgl");
    for (let i = 0; gl !== null && i < 50; i++) {
      gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 4096, 4096, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
    }
    gl?.finish();
  }`;
const bombs: [name: string, html: string, ends: RegExp][] = [
  ["lines of a frame", inFrame(often("i")), /^tooMuchLogging$/],
  ["lines that begin as ours do", inFrame(often("'\\u0001' + i")), /^tooMuchLogging$/],
  ["lines as Electron's", inFrame(`${often("i")}\n//# sourceURL=node:electron/x\n`), /^tooMuchLogging$/],
  ["a loop in a frame", inFrame("setTimeout(() => { for (;;); }, 300)"), /^notResponding$/],
  [
    "arrays without end",
    "<script>setTimeout(() => { const all = []; for (;;) all.push({ a: [all.length, 1, 2] }) }, 300)</script>",
    /^(?:tooMuchMemory|notResponding|crashed)$/,
  ],
  // What that costs is up to the graphics of the machine; where it is little, the page may go on.
  [
    "textures without end",
    `<script>setTimeout(() => { ${textures} console.log("drawn") }, 300)</script>`,
    /^(?:tooMuchMemory|notResponding|crashed|running)$/,
  ],
];

for (const [name, html, ends] of bombs) {
  test(`the chat answers while a page is ended: ${name}`, async () => {
    const preview = await previewOf(app);
    await preview.show(html);
    await receive(app, { answer: "An answer meanwhile." });
    await expect(app.page.getByText("An answer meanwhile.")).toBeVisible(slow);
    await expect
      .poll(
        async () => ((await preview.lines()).includes("log: drawn") ? "running" : endOf(await preview.state())),
        slow,
      )
      .toMatch(ends);
    await preview.listen();
    await preview.show(htmlPage("<p>x</p><script>console.log('after')</script>"));
    await preview.expectLine("log: after", slow.timeout);
    expect(await preview.views()).toBe(1);
  });
}

/** Returns how a page has ended, or nothing if it has not. */
function endOf(state: string | undefined): string {
  return state === undefined || state === "running" || state === "loading" ? "" : state;
}
