import { expect, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { htmlPage, previewOf } from "./support/previewOf.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
});

const unpkg = "https://unpkg.com";
const jsdelivr = "https://cdn.jsdelivr.net/npm";
const cdnjs = "https://cdnjs.cloudflare.com/ajax/libs";
const script = (src: string): string => `<script src="${src}" integrity="sha384-x" crossorigin="anonymous"></script>`;
const module = (code: string): string => `<script type="module">${code}</script>`;

/** What pages load, and what is then true in them. */
const pages: [name: string, html: string, holds: string][] = [
  [
    "React by its scripts, with Babel",
    `<div id="root"></div>${script(`${unpkg}/react@18/umd/react.development.js`)}${script(`${unpkg}/react-dom@18/umd/react-dom.development.js`)}${script(`${unpkg}/@babel/standalone/babel.min.js`)}<script type="text/babel">const { useState } = React; const App = () => <b>{useState("shown")[0]}</b>; ReactDOM.createRoot(document.getElementById("root")).render(<App />);</script>`,
    "document.querySelector('#root b')?.textContent === 'shown'",
  ],
  [
    "React as a module",
    `<div id="root"></div>${module(`import React, { useState } from "https://esm.sh/react@18.2.0"; import { createRoot } from "https://esm.sh/react-dom@18.2.0/client"; const App = () => React.createElement("b", null, useState("shown")[0]); createRoot(document.getElementById("root")).render(React.createElement(App));`)}`,
    "document.querySelector('#root b')?.textContent === 'shown'",
  ],
  [
    "Tailwind",
    `${script("https://cdn.tailwindcss.com")}<p id="styled" class="flex p-4">x</p>`,
    "getComputedStyle(styled).display === 'flex'",
  ],
  [
    "Chart.js",
    `${script(`${jsdelivr}/chart.js`)}<canvas id="c"></canvas><script>new Chart(c, { type: "bar", data: { labels: ["a"], datasets: [{ data: [1] }] } }); window.done = true</script>`,
    "window.done === true && Chart.version.startsWith('4.')",
  ],
  [
    "Chart.js as a module",
    `<canvas id="c"></canvas>${module(`import Chart from "${jsdelivr}/chart.js@4/auto/+esm"; new Chart(c, { type: "line", data: { labels: ["a"], datasets: [{ data: [1] }] } }); window.done = true`)}`,
    "window.done === true",
  ],
  [
    "three.js with its map of imports and an addon",
    `<script type="importmap">{ "imports": { "three": "${unpkg}/three@0.160.0/build/three.module.js", "three/addons/": "${unpkg}/three@0.160.0/examples/jsm/" } }</script>${module(`import * as THREE from "three"; import { OrbitControls } from "three/addons/controls/OrbitControls.js"; const controls = new OrbitControls(new THREE.PerspectiveCamera(), document.body); window.done = controls.object instanceof THREE.PerspectiveCamera;`)}`,
    "window.done === true",
  ],
  ["three.js as a global", `${script(`${cdnjs}/three.js/r128/three.min.js`)}`, "window.THREE?.REVISION === '128'"],
  ["D3", script("https://d3js.org/d3.v7.min.js"), "window.d3?.version.startsWith('7.')"],
  [
    "KaTeX with its fonts",
    `<link rel="stylesheet" href="${jsdelivr}/katex@0.16.9/dist/katex.min.css">${script(`${jsdelivr}/katex@0.16.9/dist/katex.min.js`)}${script(`${jsdelivr}/katex@0.16.9/dist/contrib/auto-render.min.js`)}<p>$$x^2$$</p><script>renderMathInElement(document.body)</script>`,
    "document.querySelector('.katex') !== null && [...document.fonts].some((font) => font.status === 'loaded')",
  ],
];

/** What the console says of these pages. */
const otherVersions: Record<string, RegExp> = {
  Tailwind: /note: Tailwind 3 was asked for; 4\./,
  "three.js with its map of imports and an addon": /note: three 0\.160\.0 was asked for; 0\.\d+\.\d+ is here\./,
};

// A page may take half a minute until it is there on a busy machine, and the tests wait for several.
test.describe.configure({ timeout: 180_000 });

test("libraries that pages load from their usual addresses come from the app", async () => {
  test.setTimeout(600_000);
  const preview = await previewOf(app);
  const notes: string[] = [];
  for (const [index, [name, html, holds]] of pages.entries()) {
    await preview.listen();
    // The address shows that it is this page that answers, and not the one before it.
    await preview.show({ kind: "html", files: [{ name: `page${index}.html`, text: `<!doctype html><body>${html}` }] });
    const held = `location.pathname === "/page${index}.html" && (${holds})`;
    await expect.poll(() => preview.inPage(held).catch(String), { message: name, timeout: 60_000 }).toBe(true);
    const note = otherVersions[name];
    if (note !== undefined) await preview.expectLine(note, 60_000);
    notes.push(...(await preview.lines()));
  }
  expect(notes.filter((line) => line.startsWith("network"))).toEqual([]);
});

test("a library that is not here is said to be missing, and asked for nowhere", async () => {
  const preview = await previewOf(app);
  await preview.show(htmlPage(`<script src="${unpkg}/vue@3/dist/vue.global.js"></script>`));
  await preview.expectLine(`network: ${unpkg}/vue@3/dist/vue.global.js`);
  await preview.expectLine("note: This library is not here.");
});

test("a component gets the three.js that is here with its addons, and not the one of older pages", async () => {
  const preview = await previewOf(app);
  const text = `import * as THREE from "three";
    import { OrbitControls } from "three/addons/controls/OrbitControls.js";
    export default function Scene() {
      const controls = new OrbitControls(new THREE.PerspectiveCamera(), document.body);
      return <b>{Number(THREE.REVISION) > 150 && controls.object instanceof THREE.PerspectiveCamera ? "modern" : "old"}</b>;
    }`;
  await preview.show({ kind: "component", files: [{ name: "Scene.tsx", text }] });
  const shown = (): Promise<unknown> => preview.inPage("document.querySelector('#root b')?.textContent");
  await expect.poll(shown, { timeout: 60_000 }).toBe("modern");
});
