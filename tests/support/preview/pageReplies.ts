const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;

/** A page as R1 writes one: one document with its styles and its script. */
export const sievePage = (title: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <title>${title}</title>
  <style>
    body { margin: 0; padding: 32px 40px; background: #fbf9f4; color: #22201c; font: 16px/1.5 Georgia, serif; }
    h1 { margin: 0 0 16px; font-size: 26px; }
    .grid { display: grid; grid-template-columns: repeat(10, 1fr); gap: 4px; }
    .grid b { display: grid; height: 40px; border-radius: 3px; background: #efeadf; font-weight: 400; place-items: center; }
    .grid .prime { background: #2f5d50; color: #ffffff; font-weight: 700; }
    .grid .out { background: none; color: #c9c2b4; text-decoration: line-through; }
  </style>
</head>
<body>
  <h1>${title}</h1>
  <div class="grid" id="grid"></div>
  <p id="status"></p>
  <button id="next">Next prime</button>
  <script>
    const grid = document.getElementById("grid");
    const isPrime = (n) => n > 1 && !Array.from({ length: n - 2 }, (_, i) => i + 2).some((d) => n % d === 0);
    for (let n = 1; n <= 100; n++) {
      const cell = document.createElement("b");
      cell.textContent = n;
      cell.className = isPrime(n) ? "prime" : "out";
      grid.append(cell);
    }
    document.getElementById("status").textContent = "25 primes below 100";
    console.log("drawn", 100);
  </script>
</body>
</html>`;

/** A reply with that page. */
export const sieveReply = (title: string): string =>
  `Here is the whole page, in one file.\n\n**index.html**\n\n${fenced("html", sievePage(title))}\n\nSave it and open it in a browser. It needs nothing else.`;

/** A page in three files, which its document loads. */
export const todoReply = [
  "The page has three files.\n\n**todo.html**",
  fenced(
    "html",
    `<!DOCTYPE html>
<html lang="en">
<head>
  <title>To do</title>
  <link rel="stylesheet" href="style.css">
</head>
<body>
  <h1>To do</h1>
  <ul id="list"></ul>
  <script src="script.js"></script>
</body>
</html>`,
  ),
  "**style.css**",
  fenced("css", `body {\n  background: rgb(250, 240, 220);\n}`),
  "**script.js**",
  fenced(
    "javascript",
    `for (const words of ["Buy milk", "Write letters"]) {
  const item = document.createElement("li");
  item.textContent = words;
  document.getElementById("list").append(item);
}
console.warn("two of them");
fetch("https://example.com/save");
undefinedFunction();`,
  ),
].join("\n\n");

/** A page that never ends. */
export const loopReply = fenced(
  "html",
  `<!DOCTYPE html>
<html>
<body>
  <h1>Counting</h1>
  <script>
    while (true) {}
  </script>
</body>
</html>`,
);
