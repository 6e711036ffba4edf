import { requireLibrary } from "./requireLibrary.ts";

/* Runs a React component in the page that main makes for it (componentPage.ts). */

declare const Babel: {
  transform: (text: string, options: { filename: string; sourceType: string }) => { code: string };
};
declare const React: { createElement: (type: unknown) => unknown };
declare const ReactDOM: { createRoot: (at: Element) => { render: (element: unknown) => void } };

const names = (document.currentScript?.dataset["files"] ?? "").split(" ");
const modules = new Map<string, Record<string, unknown>>();
const endings = ["", ".tsx", ".ts", ".jsx", ".js", ".css", ".json"];

function requireFile(from: string): (name: string) => unknown {
  return (asked) => {
    if (!asked.startsWith(".")) return requireLibrary(asked);
    const plain = asked.split("/").at(-1) ?? "";
    const name = endings.map((ending) => plain + ending).find((each) => names.includes(each));
    if (name === undefined) throw new Error(`${from}: Cannot find module '${asked}'`);
    return load(name);
  };
}

function load(name: string): Record<string, unknown> {
  const known = modules.get(name);
  if (known !== undefined) return known;
  const exports: Record<string, unknown> = {};
  modules.set(name, exports);
  const text = textOf(name);
  if (name.endsWith(".css")) {
    const style = document.createElement("style");
    style.textContent = text;
    document.head.append(style);
  } else if (name.endsWith(".json")) exports["default"] = JSON.parse(text);
  else {
    const module = { exports };
    const code = `${Babel.transform(text, { filename: name, sourceType: "script" }).code}${name === names[0] ? lastComponent(text) : ""}`;
    const url = new URL(name, document.baseURI).href;
    // On the line of the code's first, so that its lines stay those of the file.
    const script = document.createElement("script");
    script.text = `(function (require, exports, module) {${code}\n})(running.require, running.exports, running.module)\n//# sourceURL=${url}`;
    Object.assign(globalThis, { running: { require: requireFile(name), exports, module } });
    document.head.append(script);
    script.remove();
    if (module.exports !== exports) Object.assign(exports, module.exports);
  }
  return exports;
}

/** Returns what exports the last component of a file that exports none. */
function lastComponent(text: string): string {
  if (/\bexport\s+default\b|\bas\s+default\b/.test(text)) return "";
  const found = [...text.matchAll(/(?:^|\n)\s*(?:export\s+)?(?:function|class|const|let|var)\s+([A-Z]\w*)/g)].at(
    -1,
  )?.[1];
  return found === undefined ? "" : `\n;exports.default = ${found};`;
}

function textOf(name: string): string {
  // oxlint-disable-next-line eslint/no-restricted-globals -- The page's own file; it reaches nothing else.
  const request = new XMLHttpRequest();
  request.open("GET", new URL(name, document.baseURI), false);
  request.send();
  return request.responseText;
}

document.addEventListener("DOMContentLoaded", () => {
  const root = document.getElementById("root");
  const component = load(names[0] ?? "")["default"];
  if (root === null || component === undefined) throw new Error("No component");
  // Pages that render themselves have no component to show.
  if (root.childElementCount === 0) ReactDOM.createRoot(root).render(React.createElement(component));
});
