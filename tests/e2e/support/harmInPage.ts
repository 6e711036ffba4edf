/**
 * Returns what in a page shows that a hostile text did something: that a script ran, which sets `canary`, or elements and
 * addresses that no text may bring. Runs in the page; `violations` are those of its policy (`watchPolicy`).
 */
export function harmInPage(canary: string) {
  const { violations } = window as unknown as { violations: string[] };
  const alien = "script, style, link, base, meta, iframe, object, embed, form, video, audio, picture, dialog, template";
  const inBody = Array.from(document.body.querySelectorAll("*"));
  return {
    ran: canary in window,
    title: document.title,
    origin: location.origin,
    violations,
    polluted: "polluted" in {},
    alien: Array.from(document.body.querySelectorAll(alien), ({ outerHTML }) => outerHTML.slice(0, 200)).filter(
      (html) => !html.startsWith('<script type="module"'),
    ),
    handlers: inBody.flatMap((element) =>
      Array.from(element.attributes, ({ name }) => name).filter((name) => name.startsWith("on")),
    ),
    addresses: inBody
      .flatMap((element) => [element.getAttribute("href"), element.getAttribute("src")])
      .filter(
        (address) =>
          address !== null && !/^(?:#|https?:|mailto:|data:image\/|\.?\/|workbench:\/\/app\/assets)/.test(address),
      ),
  };
}

/** Starts recording what the page's policy blocks. Runs in the page. */
export function watchPolicy(): void {
  const violations: string[] = [];
  Object.assign(window, { violations });
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    violations.push(`${violatedDirective} ${blockedURI}`);
  });
}

/** What `harmInPage` returns if nothing happened. */
export const noHarm = {
  ran: false,
  violations: [],
  polluted: false,
  alien: [],
  handlers: [],
  addresses: [],
};
/** The window is named after the open chat, and a script that renames it is found. */
export const titlePattern = /(?:^| – )R1 Workbench$/;
