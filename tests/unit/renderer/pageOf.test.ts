import { describe, expect, test } from "vitest";
import { growingText } from "../../../renderer/stores/growingText.ts";
import { CodeBlocks } from "../../../renderer/stores/pages/CodeBlocks.ts";
import { PageFinder } from "../../../renderer/stores/pages/PageFinder.ts";
import { type FoundPage, pageOf } from "../../../renderer/stores/pages/pageOf.ts";

const fenced = (language: string, ...lines: string[]): string => ["```" + language, ...lines, "```"].join("\n");

function find(text: string, isWriting = false): FoundPage | null {
  const blocks = new CodeBlocks();
  blocks.read(growingText(text), isWriting);
  return pageOf(blocks.blocks());
}

const names = (page: FoundPage | null): string[] | undefined => page?.files.map(({ name }) => name);

const documentLines = (inHead = "", inBody = "<h1>To do</h1>"): string[] => [
  "<!DOCTYPE html>",
  '<html lang="en">',
  `<head><title>To do</title>${inHead}</head>`,
  `<body>${inBody}</body>`,
  "</html>",
];
const css = ["body {", "  margin: 0;", "}"];
const js = ["const list = document.querySelector('ul');", "list.textContent = 'x';"];

describe("one document", () => {
  test("is a page without a name", () => {
    const page = find(`Here it is:\n\n${fenced("html", ...documentLines())}\n\nOpen it in a browser.`);
    expect(page).toMatchObject({ kind: "html", isNamed: false, isPartial: false });
    expect(names(page)).toEqual(["index.html"]);
    expect(page?.files[0]?.text).toBe(documentLines().join("\n"));
  });

  test.each([
    ["**todo.html**", "todo.html"],
    ["Save this as `todo.html`:", "todo.html"],
    ["### 1. todo.html", "todo.html"],
    ["1. Create `src/pages/todo.html`", "todo.html"],
    ["The page that loads style.css is todo.html:", "todo.html"],
  ])("is named by the line above it: %s", (above, name) => {
    const page = find(`${above}\n\n${fenced("html", ...documentLines())}`);
    expect(names(page)).toEqual([name]);
    expect(page?.isNamed).toBe(true);
  });

  test.each(["html:todo.html", 'html title="todo.html"', "html {todo.html}"])("is named by its fence: %s", (info) => {
    expect(names(find(fenced(info, ...documentLines())))).toEqual(["todo.html"]);
  });

  test("is named by its first comment", () => {
    expect(names(find(fenced("html", "<!-- todo.html -->", ...documentLines())))).toEqual(["todo.html"]);
  });

  test("needs no language, and its fence need not be closed", () => {
    expect(find(fenced("", ...documentLines()))?.kind).toBe("html");
    const page = find("```html\n" + documentLines().join("\n"));
    expect(page).toMatchObject({ kind: "html", isPartial: false });
  });

  test("in a list or with another fence is found, without its indent", () => {
    const indented = fenced("html", ...documentLines()).replaceAll(/^/gm, "   ");
    expect(find(`1. First:\n\n${indented}`)?.files[0]?.text).toBe(documentLines().join("\n"));
    expect(find(`~~~~html\n${documentLines("", "<p>~~~</p>").join("\n")}\n~~~~`)?.files[0]?.text).toContain("~~~");
  });

  test("that is written again in the same reply is the last one", () => {
    const second = documentLines("", "<h1>Better</h1>");
    const page = find(`${fenced("html", ...documentLines())}\n\nImproved:\n\n${fenced("html", ...second)}`);
    expect(page?.files[0]?.text).toContain("Better");
  });
});

describe("several blocks", () => {
  test("belong together by the names that the document loads", () => {
    const html = documentLines(
      '<link rel="stylesheet" href="./css/main.css?v=1">',
      '<ul></ul><script src="app.js"></script>',
    );
    const reply = `**index.html**\n${fenced("html", ...html)}\n**main.css**\n${fenced("css", ...css)}\n**app.js**\n${fenced("javascript", ...js)}`;
    expect(names(find(reply))).toEqual(["index.html", "main.css", "app.js"]);
  });

  test("get the names that the document asks for if they have none", () => {
    const html = documentLines('<link rel="stylesheet" href="styles.css">', '<ul></ul><script src="main.js"></script>');
    const reply = [fenced("html", ...html), fenced("css", ...css), fenced("js", ...js)].join("\n\nThen:\n\n");
    expect(names(find(reply))).toEqual(["index.html", "styles.css", "main.js"]);
  });

  test("are put together if nothing links them", () => {
    const reply = [fenced("html", ...documentLines()), fenced("css", ...css), fenced("js", ...js)].join("\n\n");
    expect(names(find(reply))).toEqual(["index.html", "style.css", "script.js"]);
  });

  test("are examples if the document has its own styles and scripts", () => {
    const html = documentLines("<style>p { color: red; }</style>", "<p>x</p><script>run()</script>");
    const reply = [fenced("html", ...html), "The loop is:", fenced("js", ...js), fenced("css", ...css)].join("\n\n");
    expect(names(find(reply))).toEqual(["index.html"]);
  });

  test("of a server, and what a page loads from the network, are left out", () => {
    const html = documentLines('<script src="https://cdn.example/chart.js"></script>');
    const server = ["const express = require('express');", "express().listen(3000);"];
    expect(names(find([fenced("html", ...html), fenced("js", ...server)].join("\n\n")))).toEqual(["index.html"]);
  });

  test("a second named document is a file of the page", () => {
    const reply = `**index.html**\n${fenced("html", ...documentLines("", '<a href="about.html">About</a>'))}\n**about.html**\n${fenced("html", ...documentLines())}`;
    expect(names(find(reply))).toEqual(["index.html", "about.html"]);
  });
});

describe("drawings and components", () => {
  const svg = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">', '  <circle r="4"/>', "</svg>"];
  test.each(["svg", "xml", "html"])("a block of %s that is only an SVG is a drawing", (language) => {
    expect(find(fenced(language, ...svg))).toMatchObject({ kind: "svg", files: [{ name: "image.svg" }] });
  });

  test.each([
    ["jsx", "export default function App() {", "  return <main>Hello</main>;", "}"],
    ["tsx", "const Counter: React.FC = () => {", "  return (", "    <p>1</p>", "  );", "};"],
    ["javascript", "import React from 'react';", "function Board() {", "  return <div className='b'/>;", "}"],
  ])("a block of %s with a component is one", (...lines) => {
    const [language, ...code] = lines;
    expect(find(fenced(language ?? "", ...code))?.kind).toBe("component");
  });

  test("a component comes before the empty document that it is put into, with its other files", () => {
    const html = documentLines("", '<div id="root"></div><script type="module" src="/src/main.jsx"></script>');
    const app = ["import './App.css';", "export default function App() {", "  return <Item/>;", "}"];
    const main = ["import { createRoot } from 'react-dom/client';", "createRoot(root).render(<App />);"];
    const reply = `**index.html**\n${fenced("html", ...html)}\n**main.jsx**\n${fenced("jsx", ...main)}\n**App.jsx**\n${fenced("jsx", ...app)}\n**App.css**\n${fenced("css", ...css)}`;
    const page = find(reply);
    expect(page?.kind).toBe("component");
    expect(names(page)).toEqual(["App.jsx", "App.css"]);
  });
});

describe("no page", () => {
  test.each([
    ["words", "No code here."],
    ["an element or two", fenced("html", '<div class="box">', "</div>")],
    ["a command", fenced("bash", "npx serve index.html")],
    ["a diff", fenced("diff", "- <html>", "+ <html lang='en'>", "- <body>", "+ <main>")],
    ["styles alone", fenced("css", ...css)],
    ["a script alone", fenced("js", ...js)],
    ["TypeScript without JSX", fenced("ts", "const Value = (x: number) => x < 3;", "export default Value;")],
    ["an XML file", fenced("xml", '<?xml version="1.0"?>', "<project>", "  <a/>", "  <b/>", "</project>")],
    ["a program", fenced("python", "print('<html><body><h1>Hi</h1></body></html>')", "x = 1", "y = 2", "z = 3")],
  ])("%s", (_, text) => expect(find(text)).toBeNull());
});

describe("while it is written", () => {
  test("a page is partial until its blocks are closed", () => {
    const text = `Here:\n\n\`\`\`html\n${documentLines().slice(0, 4).join("\n")}\n`;
    expect(find(text, true)).toMatchObject({ kind: "html", isPartial: true });
    expect(find(`${text}</html>\n\`\`\`\n`, true)?.isPartial).toBe(false);
    expect(find(`${text}</html>\n\`\`\`\nNow some styles:\n\`\`\`css\nbody {\n`, true)?.isPartial).toBe(true);
  });
});

test("while it is written, a page is partial until the files that it loads are there", () => {
  const finder = new PageFinder();
  let text = "";
  const isPartialWith = (more: string): boolean | undefined => {
    text += more;
    return finder.look(growingText(text))?.isPartial;
  };
  const html = documentLines('<link rel="stylesheet" href="style.css"><link rel="icon" href="icon.png">');
  expect(isPartialWith(`**index.html**\n${fenced("html", ...html, '<script src="script.js"></script>')}\n`)).toBe(true);
  expect(isPartialWith(`**style.css**\n${fenced("css", ...css)}\n`)).toBe(true);
  expect(isPartialWith(`**script.js**\n${fenced("js", ...js)}\n`)).toBe(false);
  expect(find(fenced("html", ...html))?.isPartial).toBe(false);
});

test("every text is looked at in time that is linear", () => {
  const many = (part: string): string => part.repeat(Math.ceil(400_000 / part.length));
  const texts = [
    "<!-- ",
    "<!--a-->",
    "<link ",
    "<script ",
    "<script src",
    "<noscript>",
    "<body>",
    "</svg> ",
    "=> ",
    "return ",
    "const A: ",
    "<svg ",
    "function A",
    "   \n",
    "<",
    "`",
    "a.b.",
  ];
  for (const part of texts)
    for (const language of ["html", "jsx", "svg", "css", ""]) find(fenced(language, many(part)));
  for (const part of texts) find(many(part));
});
