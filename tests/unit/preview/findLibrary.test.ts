import { expect, test } from "vitest";
import { findLibrary } from "../../../electron/main/preview/findLibrary.ts";

const found: [url: string, file: string, asked: string | null][] = [
  ["https://unpkg.com/react@18/umd/react.development.js", "react.js", "18"],
  ["https://unpkg.com/react-dom@18.2.0/umd/react-dom.production.min.js", "react-dom.js", "18.2.0"],
  ["https://unpkg.com/@babel/standalone/babel.min.js", "babel.js", null],
  ["https://cdnjs.cloudflare.com/ajax/libs/babel-standalone/7.23.2/babel.min.js", "babel.js", "7.23.2"],
  ["https://cdnjs.cloudflare.com/ajax/libs/react/18.2.0/umd/react.production.min.js", "react.js", "18.2.0"],
  ["https://esm.sh/react@18.2.0", "react.mjs", "18.2.0"],
  ["https://esm.sh/react-dom@^18/client", "react-dom.mjs", "18"],
  ["https://esm.sh/v135/react@18.2.0/jsx-runtime", "react-jsx-runtime.mjs", "18.2.0"],
  ["https://cdn.skypack.dev/react", "react.mjs", null],
  ["https://cdn.tailwindcss.com", "tailwind.js", "3"],
  ["https://cdn.tailwindcss.com/3.4.1?plugins=forms", "tailwind.js", "3.4.1"],
  ["https://cdn.jsdelivr.net/npm/@tailwindcss/browser@4", "tailwind.js", "4"],
  ["https://cdn.jsdelivr.net/npm/chart.js", "chart.js", null],
  ["https://cdn.jsdelivr.net/npm/chart.js@4.4.0/dist/chart.umd.min.js", "chart.js", "4.4.0"],
  ["https://cdn.jsdelivr.net/npm/chart.js@4/+esm", "chart.mjs", "4"],
  ["https://cdnjs.cloudflare.com/ajax/libs/Chart.js/3.9.1/chart.min.js", "chart.js", "3.9.1"],
  ["https://cdnjs.cloudflare.com/ajax/libs/three.js/r128/three.min.js", "three-r128.js", "0.128"],
  ["https://unpkg.com/three@0.160.0/build/three.module.js", "three.js", "0.160.0"],
  ["https://cdn.jsdelivr.net/npm/three@0.160/build/three.module.min.js", "three.js", "0.160"],
  [
    "https://unpkg.com/three@0.160.0/examples/jsm/controls/OrbitControls.js",
    "three-addons/controls/OrbitControls.js",
    "0.160.0",
  ],
  ["https://esm.sh/three/addons/controls/OrbitControls.js", "three-addons/controls/OrbitControls.js", null],
  [
    "https://cdn.jsdelivr.net/npm/three@0.128.0/examples/js/controls/OrbitControls.js",
    "three-r128-OrbitControls.js",
    "0.128.0",
  ],
  ["https://cdn.jsdelivr.net/npm/katex@0.16.9/dist/katex.min.css", "katex.css", "0.16.9"],
  ["https://cdn.jsdelivr.net/npm/katex@0.16.9/dist/katex.mjs", "katex.mjs", "0.16.9"],
  ["https://cdn.jsdelivr.net/npm/katex/dist/contrib/auto-render.min.js", "katex-auto-render.js", null],
  [
    "https://cdnjs.cloudflare.com/ajax/libs/KaTeX/0.16.9/fonts/KaTeX_Main-Regular.woff2",
    "fonts/KaTeX_Main-Regular.woff2",
    "0.16.9",
  ],
  ["https://d3js.org/d3.v7.min.js", "d3.js", "7"],
  ["https://cdn.jsdelivr.net/npm/d3@7/+esm", "d3.mjs", "7"],
];

test.each(found)("%s", (url, file, asked) => {
  expect(findLibrary(url)).toMatchObject({ file, asked });
});

test.each([
  "https://unpkg.com/vue@3",
  "https://unpkg.com/",
  "https://unpkg.com/..%2f..%2freact",
  "https://cdn.jsdelivr.net/gh/user/repo/react.js",
  "https://unpkg.com.evil.example/react@18",
  "https://evil.example/react@18",
  "https://user@evil.example/https://unpkg.com/react",
  "https://d3js.org/d3.v7.min.js/x",
  "https://cdnjs.cloudflare.com/ajax/libs/tailwindcss/2.2.19/tailwind.min.css",
  `https://unpkg.com/react@${"1".repeat(600)}`,
])("%s is none of the libraries", (url) => {
  expect(findLibrary(url)).toBeNull();
});

test("what an addon is called never leads out of its folder", () => {
  const addon = findLibrary("https://unpkg.com/three/examples/jsm/a/../../../../../begin.js");
  expect(addon?.file ?? "").not.toContain("..");
});
