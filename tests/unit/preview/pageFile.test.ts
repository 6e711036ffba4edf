import { expect, test } from "vitest";
import type { PreviewPage } from "../../../electron/contract/preview.ts";
import { previewCalls } from "../../../electron/contract/preview.ts";
import { documentPath, pageFile } from "../../../electron/main/preview/pageFile.ts";

const own = '<script src="/.workbench/libraries/begin.js"></script>';
const html = (text: string): PreviewPage => ({ kind: "html", files: [{ name: "index.html", text }] });
const documentOf = (page: PreviewPage): string => pageFile(page, documentPath(page))?.text ?? "";

test("our script comes first, and neither moves a line nor ends the page's mode", () => {
  expect(documentOf(html("<!DOCTYPE html>\n<p>x</p>"))).toBe(`<!DOCTYPE html>${own}\n<p>x</p>`);
  expect(documentOf(html("\uFEFF <!-- a > b --><!doctype html><p>"))).toBe(
    `\uFEFF <!-- a > b --><!doctype html>${own}<p>`,
  );
  expect(documentOf(html("<p>x</p>"))).toBe(`${own}<p>x</p>`);
  expect(documentOf(html("<!-- never closed <!doctype html>"))).toBe(`${own}<!-- never closed <!doctype html>`);
  expect(documentOf(html("<!doctype"))).toBe(`${own}<!doctype`);
});

test("hashes of libraries are left out, and of what only looks like one not", () => {
  const text = `<script src="x" integrity="sha384-y" crossorigin></script><p>integrity="z"</p>`;
  expect(documentOf(html(text))).toBe(`${own}<script src="x" crossorigin></script><p>integrity="z"</p>`);
});

test("files are found by their names alone, with their types", () => {
  const page: PreviewPage = {
    kind: "html",
    files: [
      { name: "index.html", text: "<p>" },
      { name: "style.css", text: "p{}" },
      { name: "app.mjs", text: "1" },
    ],
  };
  expect(pageFile(page, "/style.css")).toEqual({ text: "p{}", type: "text/css; charset=utf-8" });
  expect(pageFile(page, "/app.mjs")?.type).toBe("text/javascript; charset=utf-8");
  for (const path of ["/other.css", "/../style.css", "//style.css", "/style.css/"])
    expect(pageFile(page, path)).toBeNull();
});

test("a component gets what it imports, and Tailwind only for its classes", () => {
  const page = (text: string): PreviewPage => ({ kind: "component", files: [{ name: "App.tsx", text }] });
  expect(documentOf(page(`import { Line } from "chart.js/auto";`))).toContain("libraries/chart.js");
  expect(documentOf(page("const a = 1"))).not.toContain("three");
  expect(documentOf(page("const a = 1"))).not.toContain("tailwind");
  expect(documentOf(page(`<div className="flex p-4">`))).toContain("tailwind.js");
  expect(pageFile(page("raw"), "/App.tsx")?.text).toBe("raw");
});

test("a component gets three.js as the module that is here, and its addons, each once", () => {
  const text = `import * as THREE from "three";
    import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
    import { OrbitControls as Same } from "three/examples/jsm/controls/OrbitControls";`;
  const found = documentOf({ kind: "component", files: [{ name: "App.tsx", text }] });
  expect(found.match(/libraries\/three[\w./-]*/g)).toEqual([
    "libraries/three.js",
    "libraries/three-addons/controls/OrbitControls.js",
  ]);
});

test("what a window asks to show is bounded", () => {
  const show = previewCalls["preview.show"].input;
  const file = { name: "index.html", text: "x" };
  const accepts = (files: object[]): boolean => show.safeParse({ kind: "html", files, isPartial: false }).success;
  expect(accepts([file])).toBe(true);
  expect(accepts([])).toBe(false);
  expect(accepts([file, file])).toBe(false);
  for (const name of ["", "../x", "a/b", ".hidden", "a b", "x".repeat(101), "a\n", '"><script>'])
    expect(accepts([{ name, text: "x" }]), name).toBe(false);
  expect(accepts([{ name: "a", text: "x".repeat(2_000_001) }])).toBe(false);
  const large = ["a", "b", "c"].map((name) => ({ name, text: "x".repeat(1_900_000) }));
  expect(accepts(large)).toBe(false);
  expect(accepts(Array.from({ length: 21 }, (_, index) => ({ name: `f${index}`, text: "" })))).toBe(false);
});

test("the document is also what a link to / leads to", () => {
  expect(pageFile(html("<p>x</p>"), "/")).toEqual(pageFile(html("<p>x</p>"), "/index.html"));
});
