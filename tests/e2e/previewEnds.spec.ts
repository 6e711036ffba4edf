import { readdirSync, readFileSync } from "node:fs";
import { constants } from "node:os";
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

/** A page that draws by WebGL what a shader computes, and then says which colour that is. */
const drawnBy = (shader: string): string => `<!doctype html><canvas id="c"></canvas><script>
  const gl = c.getContext("webgl");
  const program = gl.createProgram();
  const add = (type, text) => {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, "precision highp float;" + text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  };
  add(gl.VERTEX_SHADER, "attribute vec2 at; void main() { gl_Position = vec4(at, 0, 1); }");
  add(gl.FRAGMENT_SHADER, "uniform float zero; void main() { ${shader} }");
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  const pixel = new Uint8Array(4);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  console.log("drawn", pixel.join());
</script>`;
const endless = `float x = zero;
    for (int i = 0; i < 2000000000; i++) { x += sin(x + 1.0); if (x > 1e9) break; }
    gl_FragColor = vec4(x);`.replace(/\s+/g, " ");

/** Returns the process that draws for the whole app. */
const graphicsPid = (): Promise<number | undefined> =>
  inMain(app.electron, ({ app: running }) => running.getAppMetrics().find(({ type }) => type === "GPU")?.pid);
const isSoftware = (): Promise<boolean> =>
  inMain(app.electron, ({ app: running }) => !running.getGPUFeatureStatus().gpu_compositing.startsWith("enabled"));
/** Longer than a page is waited for on a busy machine, and the graphics process after it. */
const patient = { timeout: 90_000 };

test("a shader without end ends with its page, and with what still computes it", async () => {
  test.skip(!(await isSoftware()), "On a graphics card, its driver ends such a shader.");
  const preview = await previewOf(app);
  const before = await graphicsPid();
  await preview.show(drawnBy(endless));
  await receive(app, { answer: "An answer meanwhile." });
  await preview.expectState("notResponding", patient.timeout);
  await expect.poll(graphicsPid, patient).not.toBe(before);
  await expect(app.page.getByText("An answer meanwhile.")).toBeVisible(slow);
  await preview.listen();
  await preview.show(drawnBy("gl_FragColor = vec4(0, 1, 0, 1);"));
  await preview.expectLine("log: drawn 0,255,0,255", slow.timeout);
});

test("a page ends when the graphics process crashes, and goes on when it is replaced", async () => {
  test.skip(process.platform === "win32", "Windows has no such signals.");
  const preview = await previewOf(app);
  const killGraphics = async (signal: "SIGKILL" | "SIGSEGV"): Promise<void> => {
    const before = await graphicsPid();
    expect(before).toBeGreaterThan(0);
    process.kill(before ?? Number.NaN, signal);
    await expect.poll(graphicsPid, slow).not.toBe(before);
  };
  await preview.show(htmlPage("<script>console.log('runs')</script>"));
  await preview.expectLine("log: runs");
  await killGraphics("SIGKILL");
  expect(await preview.inPage("1 + 1")).toBe(2);
  expect(await preview.state()).toBe("running");
  await killGraphics("SIGSEGV");
  await preview.expectState("crashed");
  await preview.show(htmlPage("<script>console.log('runs again')</script>"));
  await preview.expectLine("log: runs again");
});

test("a page whose drawing leaves the window no time for its own is ended", async () => {
  test.skip(!(await isSoftware()), "A graphics card draws this in time.");
  const preview = await previewOf(app);
  await preview.show(`<!doctype html><style>
    b { position: absolute; top: 0; left: 0; width: 300px; height: 300px; background: red;
      will-change: transform, filter; animation: a 1s infinite alternate; }
    @keyframes a { to { transform: rotate3d(1, 1, 1, 1turn) scale(3); filter: blur(90px); } }
    </style>${"<b></b>".repeat(60)}`);
  await preview.expectState("notResponding", patient.timeout);
  const frameMs = (): Promise<number> =>
    app.page.evaluate(async () => {
      const askedAtMs = performance.now();
      await new Promise(requestAnimationFrame);
      return performance.now() - askedAtMs;
    });
  await expect.poll(frameMs, slow).toBeLessThan(500);
});

test("whatever a page computes beside its own thread comes after everything else", async () => {
  test.skip(process.platform !== "linux", "Elsewhere, a process has one priority.");
  const preview = await previewOf(app);
  await preview.show(
    htmlPage(`<script>
      const audio = new OfflineAudioContext(2, 10_000_000, 44100);
      for (let i = 0; i < 2000; i++) {
        const sound = audio.createOscillator();
        sound.connect(audio.destination);
        sound.start();
      }
      audio.startRendering();
    </script>`),
  );
  const lowest = String(constants.priority.PRIORITY_BELOW_NORMAL);
  /** The threads of the page whose priority is another, and those that render sound. */
  const threads = async (): Promise<{ higher: string[]; render: number }> => {
    const pid = await pagePid();
    const all = readdirSync(`/proc/${pid}/task`).map((id) => {
      const stat = readFileSync(`/proc/${pid}/task/${id}/stat`, "utf8");
      const [, name = "", nice = ""] = /\((.*)\)(?: \S+){16} (\S+)/.exec(stat) ?? [];
      return { name, nice };
    });
    return {
      higher: all.filter(({ nice }) => nice !== lowest).map(({ name }) => name),
      render: all.filter(({ name }) => name.startsWith("OfflineAudio")).length,
    };
  };
  // A thread may end while it is read.
  const seen = (): Promise<unknown> => threads().catch(String);
  await expect.poll(seen, slow).toEqual({ higher: [], render: 1 });
});

/** Returns how a page has ended, or nothing if it has not. */
function endOf(state: string | undefined): string {
  return state === undefined || state === "running" || state === "loading" ? "" : state;
}
