import type { PreviewPage } from "../../../electron/contract/preview.ts";

/** A page in three files that keeps its list in localStorage, as R1 answers "write me a to-do app". */
export const toDoApp: PreviewPage = {
  kind: "html",
  files: [
    {
      name: "index.html",
      text: `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <title>To-Do</title>
  <link rel="stylesheet" href="style.css">
</head>
<body>
  <h1>To-Do</h1>
  <form id="form"><input id="input" required placeholder="What needs doing?"><button>Add</button></form>
  <ul id="list"></ul>
  <button id="clear">Clear all</button>
  <script src="script.js"></script>
</body>
</html>`,
    },
    { name: "style.css", text: ".done { text-decoration: line-through; }" },
    {
      name: "script.js",
      text: `const form = document.getElementById('form');
const input = document.getElementById('input');
const list = document.getElementById('list');
let todos = JSON.parse(localStorage.getItem('todos')) || [];

function save() { localStorage.setItem('todos', JSON.stringify(todos)); }
function render() {
  list.innerHTML = '';
  todos.forEach((todo, index) => {
    const li = document.createElement('li');
    li.textContent = todo.text;
    if (todo.done) li.classList.add('done');
    li.addEventListener('click', () => { todos[index].done = !todos[index].done; save(); render(); });
    list.appendChild(li);
  });
}
form.addEventListener('submit', (e) => {
  e.preventDefault();
  todos.push({ text: input.value.trim(), done: false });
  input.value = '';
  save();
  render();
});
document.getElementById('clear').addEventListener('click', () => {
  if (confirm('Delete everything?')) { todos = []; save(); render(); }
});
render();`,
    },
  ],
};

/** A drawing with its own animation. */
export const svgChart: PreviewPage = {
  kind: "svg",
  files: [
    {
      name: "chart.svg",
      text: `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 160" width="300" height="160">
  <title>Sales</title>
  <g fill="#4a90d9">
    <rect class="bar" x="20" y="80" width="40" height="60"/>
    <rect class="bar" x="80" y="50" width="40" height="90"/>
    <rect class="bar" x="140" y="20" width="40" height="120"/>
  </g>
  <text x="20" y="156" font-size="12">Jan</text>
</svg>`,
    },
  ],
};

/** A game in one file, which draws on a canvas as long as it runs. */
export const canvasGame: PreviewPage = {
  kind: "html",
  files: [
    {
      name: "index.html",
      text: `<!DOCTYPE html>
<html><body>
<canvas id="game" width="300" height="150"></canvas><p>Score: <span id="score">0</span></p>
<script>
const canvas = document.getElementById('game');
const ctx = canvas.getContext('2d');
let x = 10, dx = 2, score = 0;
document.addEventListener('keydown', (e) => { if (e.key === 'ArrowRight') { score++; document.getElementById('score').textContent = score; } });
function loop() {
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = 'green';
  ctx.fillRect(x, 60, 20, 20);
  x += dx;
  if (x > 280 || x < 0) dx = -dx;
  window.frames_drawn = (window.frames_drawn || 0) + 1;
  requestAnimationFrame(loop);
}
loop();
</script>
</body></html>`,
    },
  ],
};

/** A component in TypeScript, with a form that it checks. */
export const reactForm: PreviewPage = {
  kind: "component",
  files: [
    {
      name: "SignUp.tsx",
      text: `import React, { useState } from 'react';

interface Errors { email?: string }

export default function SignUp() {
  const [email, setEmail] = useState<string>('');
  const [errors, setErrors] = useState<Errors>({});
  const [sent, setSent] = useState(false);

  const submit = (e: React.FormEvent) => {
    e.preventDefault();
    if (!email.includes('@')) { setErrors({ email: 'Not an address' }); return; }
    setErrors({});
    setSent(true);
  };
  return (
    <form onSubmit={submit} className="flex flex-col p-4">
      <input id="email" value={email} onChange={(e) => setEmail(e.target.value)} />
      {errors.email && <p role="alert">{errors.email}</p>}
      <button id="send">Sign up</button>
      {sent && <p id="sent">Thanks, {email}!</p>}
    </form>
  );
}`,
    },
  ],
};

/** A page that loops for ever once its script starts. */
export const endlessLoop: PreviewPage = {
  kind: "html",
  files: [
    {
      name: "index.html",
      text: `<!DOCTYPE html><html><body><p>Primes:</p><script>
let n = 2; const primes = [];
while (true) { if (primes.every(p => n % p)) primes.push(n % 1000); n++; if (primes.length > 100) primes.length = 0; }
</script></body></html>`,
    },
  ],
};
