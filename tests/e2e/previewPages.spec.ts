import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import { canvasGame, endlessLoop, reactForm, svgChart, toDoApp } from "../support/preview/realPages.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { htmlPage, previewOf } from "./support/previewOf.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
});

// A page may take half a minute until it is there on a busy machine, and the tests wait for several.
test.describe.configure({ timeout: 180_000 });

test("a to-do app keeps its list while it runs, and no longer", async () => {
  const preview = await previewOf(app);
  await preview.show(toDoApp);
  await preview.expectState("running");
  const add = `document.getElementById("input").value = "Milk"; document.querySelector("form button").click();`;
  await preview.inPage(add);
  expect(await preview.inPage("document.querySelectorAll('li').length")).toBe(1);
  expect(await preview.inPage("localStorage.getItem('todos')")).toBe('[{"text":"Milk","done":false}]');
  await preview.inPage("document.querySelector('li').click()");
  expect(await preview.inPage("getComputedStyle(document.querySelector('li')).textDecorationLine")).toBe(
    "line-through",
  );
  await preview.inPage("document.getElementById('clear').click()");
  await preview.expectLine("info: confirm: Delete everything? → true");
  expect(await preview.inPage("document.querySelectorAll('li').length")).toBe(0);
  await preview.inPage(add);
  await preview.call("preview.reload");
  await expect.poll(() => preview.inPage("document.querySelectorAll('li').length")).toBe(0);
});

test("an SVG drawing is drawn, whole or not", async () => {
  const preview = await previewOf(app);
  await preview.show(svgChart);
  await preview.expectState("running");
  expect(await preview.inPage("document.querySelectorAll('rect.bar').length")).toBe(3);
  expect(await preview.inPage("document.querySelector('svg').getBoundingClientRect().width")).toBe(300);
  const [file] = svgChart.files;
  const cut = { ...svgChart, files: [{ name: "chart.svg", text: file?.text.slice(0, 330) ?? "" }] };
  await preview.show(cut, true);
  await expect.poll(() => preview.inPage("document.querySelectorAll('rect.bar').length")).toBe(2);
});

test("a game on a canvas draws, and takes keys", async () => {
  const preview = await previewOf(app);
  await preview.show(canvasGame);
  await preview.expectState("running");
  await expect.poll(() => preview.inPage("window.frames_drawn > 3")).toBe(true);
  await preview.inPage("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }))");
  expect(await preview.inPage("document.getElementById('score').textContent")).toBe("1");
});

test("a game makes sounds once it is clicked", async () => {
  const preview = await previewOf(app);
  await preview.show(
    htmlPage(`<!doctype html><body style="height:100vh"><script>
      onclick = async () => {
        const audio = new AudioContext();
        const sound = audio.createOscillator();
        const volume = audio.createGain();
        sound.connect(volume).connect(audio.destination);
        volume.gain.linearRampToValueAtTime(0, 0.2);
        sound.onended = () => console.log("it has sounded", audio.state);
        sound.start();
        sound.stop(0.2);
      };
      (async () => {
        const audio = new OfflineAudioContext(1, 100, 44100);
        const sound = audio.createOscillator();
        sound.connect(audio.destination);
        sound.start();
        const [first, ...rest] = (await audio.startRendering()).getChannelData(0);
        console.log("it is no silence", rest.some((each) => each !== first));
      })();
    </script>`),
  );
  await preview.expectLine("log: it is no silence true");
  await preview.click(50, 50);
  await preview.expectLine("log: it has sounded running");
});

test("a page that makes ids and hashes finds what secure pages have", async () => {
  const preview = await previewOf(app);
  await preview.show(
    htmlPage(`<script>
      (async () => {
        console.log("id", crypto.randomUUID(), crypto.randomUUID() === crypto.randomUUID());
        const text = new TextEncoder().encode("_abc_").subarray(1, 4);
        for (const name of ["SHA-1", "sha-256", { name: "SHA-384" }, "SHA-512"]) {
          const bytes = new Uint8Array(await crypto.subtle.digest(name, text));
          console.log("hash", Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
        }
        const refusal = (error) => error.name;
        console.log("refused", await crypto.subtle.digest("MD5", text).catch(refusal),
          await crypto.subtle.generateKey("Ed25519", false, ["sign"]).catch(refusal),
          await navigator.clipboard.writeText("x").catch(refusal),
          await navigator.mediaDevices.getUserMedia({ audio: true }).catch(refusal));
      })();
    </script>`),
  );
  await preview.expectLine(/log: id [\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12} false/);
  await preview.expectLine("log: refused NotSupportedError NotSupportedError NotAllowedError NotAllowedError");
  const bytes = Buffer.from("abc");
  for (const name of ["sha1", "sha256", "sha384", "sha512"]) {
    await preview.expectLine(`log: hash ${createHash(name).update(bytes).digest("hex")}`);
  }
});

test("a React component in TypeScript runs, with Tailwind where it has its classes", async () => {
  const preview = await previewOf(app);
  await preview.show(reactForm);
  await preview.expectState("running");
  await expect.poll(() => preview.inPage("document.querySelectorAll('#send').length")).toBe(1);
  await preview.inPage("document.getElementById('send').click()");
  await expect.poll(() => preview.inPage("document.querySelector('[role=alert]')?.textContent")).toBe("Not an address");
  await expect.poll(() => preview.inPage("getComputedStyle(document.querySelector('form')).display")).toBe("flex");
});

test("a component that is not compiled says where, and one that fails says why", async () => {
  const preview = await previewOf(app);
  await preview.show({
    kind: "component",
    files: [{ name: "App.tsx", text: "export default function App() {\n  return <p>\n}" }],
  });
  await preview.expectLine(/error: .*SyntaxError.*\(3:/);
  const fails = "function App() {\n  const x = null;\n  return <p>{x.y}</p>;\n}";
  await preview.show({ kind: "component", files: [{ name: "App.jsx", text: fails }] });
  await preview.expectLine(/error: .*Cannot read properties of null/);
  const { entries } = await preview.seen();
  expect(entries.find(({ text, file }) => text.includes("of null") && file === "App.jsx")?.line).toBe(3);
});

test("an endless loop is ended, and another page is shown", async () => {
  const preview = await previewOf(app);
  await preview.show(endlessLoop);
  await preview.expectState("notResponding", 60_000);
  expect(await preview.views()).toBe(0);
  await preview.show(htmlPage("<p>After</p>"));
  await preview.expectState("running");
});
