/** A page that tries to do harm, and what shows that it has not. */
export interface HostilePage {
  name: string;
  /** The document. `SINK` stands for the address of a server that must receive nothing. */
  html: string;
  /** A line that its console then has. */
  line?: RegExp;
  /** An expression in the page that becomes `true`. */
  holds?: string;
}

const script = (code: string): string => `<!doctype html><body><p id="p">x</p><script>${code}</script>`;
const refused = (path: string): RegExp => new RegExp(`network: \\S+/${path}`);
/** Sets `done` to whether `code` was refused: by an exception or a promise that rejects. */
const rejects = (code: string): string =>
  script(`(async () => { try { await (${code}); window.done = false; } catch (e) { window.done = true; } })()`);
const done = "window.done === true";
/** A page with frames, one in another, that sets `done` to whether `code` was refused in both. */
const rejectsInFrames = (code: string): string => {
  const tell = (what: string): string => `top.postMessage('${what}', '*')`;
  const tries = `(async () => { try { await (${code}); ${tell("let")} } catch { ${tell("refused")} } })()`;
  const inner = `<script>${tries}</script>`.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const outer = `<script>${tries}</script><iframe srcdoc="${inner}"></iframe>`;
  return script(`const told = [];
    onmessage = ({ data }) => { told.push(data); window.done = told.join() === 'refused,refused'; };
    const frame = document.createElement('iframe');
    frame.srcdoc = ${JSON.stringify(outer).replaceAll("</", "<\\/")};
    document.body.append(frame);`);
};
const loop = "for (;;);";
const loopInBlob = `URL.createObjectURL(new Blob(['${loop}'], { type: 'text/javascript' }))`;
const worklets: Record<string, string> = {
  "a loop in an audio worklet": `new OfflineAudioContext(1, 9, 44100).audioWorklet.addModule('data:text/javascript,${loop}')`,
  "a loop in an audio worklet, by a blob": `new AudioContext().audioWorklet.addModule(${loopInBlob})`,
  "a loop in a paint worklet": `CSS.paintWorklet.addModule(${loopInBlob})`,
  "a shader without end by WebGPU": "navigator.gpu.requestAdapter()",
  "hashing for years beside the page":
    "crypto.subtle.importKey('raw', new Uint8Array(9), 'PBKDF2', false, ['deriveBits'])",
};

export const hostilePages: HostilePage[] = [
  // The network
  { name: "fetch", html: script("fetch('SINK/fetch').catch(() => {})"), line: refused("fetch") },
  {
    name: "fetch without CORS, after the page",
    html: script("fetch('SINK/late', { mode: 'no-cors', keepalive: true }).catch(() => {})"),
    line: refused("late"),
  },
  {
    name: "XMLHttpRequest",
    html: script("try { const x = new XMLHttpRequest(); x.open('GET', 'SINK/xhr'); x.send(); } catch {}"),
    line: refused("xhr"),
  },
  {
    name: "WebSocket",
    html: script("try { new WebSocket('SINK/socket'.replace('http', 'ws')); } catch {}"),
    line: refused("socket"),
  },
  { name: "EventSource", html: script("new EventSource('SINK/events')"), line: refused("events") },
  { name: "beacon", html: script("navigator.sendBeacon('SINK/beacon', 'x')"), line: refused("beacon") },
  { name: "image", html: "<img src='SINK/image'>", line: refused("image") },
  { name: "style", html: "<link rel=stylesheet href='SINK/style'>", line: refused("style") },
  {
    name: "address in a style",
    html: "<style>body{background:url(SINK/background)}</style>x",
    line: refused("background"),
  },
  { name: "script", html: "<script src='SINK/script'></script>", line: refused("script") },
  {
    name: "font",
    html: "<style>@font-face{font-family:x;src:url(SINK/font)}p{font-family:x}</style><p>x</p>",
    line: refused("font"),
  },
  { name: "video", html: "<video src='SINK/video' autoplay></video>", line: refused("video") },
  // Of a frame that a policy refuses, Chromium tells only the host.
  { name: "frame", html: "<iframe src='SINK/frame'></iframe>", line: refused("") },
  { name: "frame in a frame", html: `<iframe srcdoc="<img src='SINK/inner'>"></iframe>`, line: refused("inner") },
  { name: "object", html: "<object data='SINK/object'></object>", line: refused("object") },
  { name: "import", html: script("import('SINK/import').catch(() => {})"), line: refused("import") },
  {
    name: "form",
    html: "<form id=f method=post action='SINK/form'><input name=a></form><script>f.submit()</script>",
    line: refused("form"),
  },
  { name: "refresh", html: "<meta http-equiv=refresh content='0;url=SINK/refresh'>", line: refused("refresh") },
  { name: "location", html: script("location.href = 'SINK/location'"), line: refused("location") },
  { name: "link", html: "<a id=a href='SINK/link'>x</a><script>a.click()</script>", line: refused("link") },
  {
    name: "WebRTC",
    html: script(`(async () => {
      const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:SINK'.replace('http://', '') }] });
      const found = [];
      c.onicecandidate = ({ candidate }) => { if (candidate) found.push(candidate); else window.done = found.length === 0; };
      c.createDataChannel('x');
      await c.setLocalDescription(await c.createOffer());
    })()`),
    holds: done,
  },
  {
    name: "a file",
    html: script("fetch('file:///etc/passwd').then(() => (window.done = false), () => (window.done = true))"),
    holds: done,
  },
  { name: "the app's own page", html: rejects("fetch('workbench://app/index.html')"), holds: done },
  {
    name: "the app's page in a frame",
    html: "<iframe src='workbench://app/index.html'></iframe>",
    holds: "frames.length === 1",
  },
  {
    name: "a library with a secret in its address",
    html: script("fetch('https://unpkg.com/react?secret=1').catch(() => {})"),
    holds: "document.readyState === 'complete'",
  },
  // Out of the page
  {
    name: "the window around it",
    html: script("window.done = top === window && parent === window && opener === null && window.r1 === undefined"),
    holds: done,
  },
  {
    name: "Node and Electron",
    html: script(
      "window.done = [typeof process, typeof require, typeof module, typeof global].every((t) => t === 'undefined')",
    ),
    holds: done,
  },
  { name: "its origin", html: script("window.done = self.origin === 'null'"), holds: done },
  {
    name: "a database",
    html: rejects("new Promise((y, n) => { const r = indexedDB.open('x'); r.onsuccess = y; r.onerror = n; })"),
    holds: done,
  },
  { name: "files of the page", html: rejects("navigator.storage.getDirectory()"), holds: done },
  { name: "a service worker", html: rejects("navigator.serviceWorker.register('/x.js')"), holds: done },
  {
    name: "a hundred workers",
    html: script(`const url = URL.createObjectURL(new Blob(['while (true) {}']));
      let failed = 0;
      for (let i = 0; i < 100; i++) {
        try { new Worker(url).onerror = () => { if (++failed === 100) window.done = true; }; } catch { if (++failed === 100) window.done = true; }
      }`),
    holds: done,
  },
  {
    name: "a shared worker",
    html: rejects("new Promise((y, n) => { new SharedWorker('data:text/javascript,1').onerror = n; })"),
    holds: done,
  },
  {
    name: "a worker in a frame",
    html: rejectsInFrames(`new Promise((y, n) => { new Worker(${loopInBlob}).onerror = n; })`),
    holds: done,
  },
  ...Object.entries(worklets).flatMap(([name, code]) => [
    { name, html: rejects(code), holds: done },
    { name: `${name}, in frames`, html: rejectsInFrames(code), holds: done },
  ]),
  // What would disturb the user
  {
    name: "dialogs without end",
    html: script("for (let i = 0; i < 1000; i++) { alert(i); confirm(i); prompt(i); } window.done = true;"),
    holds: done,
    line: /info: alert: 0/,
  },
  {
    name: "popups",
    html: script("window.done = Array.from({ length: 50 }, () => open('SINK/popup')).every((w) => w === null)"),
    holds: done,
  },
  { name: "printing", html: script("print(); window.done = true"), holds: done, line: /info: print/ },
  {
    name: "a download",
    html: "<a id=a download=x.exe href='data:application/octet-stream,x'>x</a><script>a.click(); window.done = true</script>",
    holds: done,
  },
  { name: "full screen", html: rejects("document.documentElement.requestFullscreen()"), holds: done },
  { name: "pointer lock", html: rejects("document.body.requestPointerLock()"), holds: done },
  { name: "camera", html: rejects("navigator.mediaDevices.getUserMedia({ video: true })"), holds: done },
  { name: "clipboard", html: rejects("navigator.clipboard.readText()"), holds: done },
  {
    name: "place",
    html: script("navigator.geolocation.getCurrentPosition(() => (window.done = false), () => (window.done = true))"),
    holds: done,
  },
  {
    name: "notifications",
    html: script("Notification.requestPermission().then((p) => (window.done = p === 'denied'))"),
    holds: done,
  },
  {
    name: "holding on when it is left",
    html: script("onbeforeunload = (e) => { e.preventDefault(); return 'x'; }; window.done = true"),
    holds: done,
  },
  { name: "loading itself for ever", html: script("if (performance.now() < 60000) location.reload()"), holds: "true" },
  {
    name: "a history of ten thousand pages",
    html: script(
      "for (let i = 0; i < 10000; i++) { try { history.pushState(i, '', '#' + i) } catch {} } window.done = true",
    ),
    holds: done,
  },
  {
    name: "an element for each of a million",
    html: script("document.body.innerHTML = '<b>x</b>'.repeat(100000); window.done = true"),
    holds: done,
  },
];
