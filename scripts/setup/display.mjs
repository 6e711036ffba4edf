import { connect } from "node:net";
import { isAbsolute, join } from "node:path";

const answerLimitMs = 2_000;

/**
 * Why no window can be opened here; null if one can. Only Linux may be without a display.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string | null>}
 */
export async function whyNoDisplay(environment) {
  if (process.platform !== "linux") return null;
  const { DISPLAY: display, WAYLAND_DISPLAY: wayland } = environment;
  if (!display && !wayland) return "there is no display here";
  for (const address of [...waylandAddresses(environment), ...xAddresses(display ?? "")]) {
    if (await accepts(address)) return null;
  }
  return `the display ${display || wayland} cannot be opened`;
}

/** @param {NodeJS.ProcessEnv} environment */
function waylandAddresses({ WAYLAND_DISPLAY: name, XDG_RUNTIME_DIR: folder }) {
  if (!name) return [];
  if (isAbsolute(name)) return [{ path: name }];
  return folder ? [{ path: join(folder, name) }] : [];
}

/**
 * Where the X server of a DISPLAY such as ":0", "host:10.0" or "unix:1" listens.
 * @param {string} display
 * @returns {({ path: string } | { host: string, port: number })[]}
 */
export function xAddresses(display) {
  const parts = /^(.*):(\d+)(?:\.\d+)?$/.exec(display);
  if (parts === null) return [];
  const [, host = "", number = ""] = parts;
  if (host !== "" && host !== "unix") return [{ host, port: 6000 + Number(number) }];
  const path = `/tmp/.X11-unix/X${number}`;
  return [{ path }, { path: `\0${path}` }];
}

/** @param {{ path: string } | { host: string, port: number }} address */
function accepts(address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    /** @param {boolean} answer */
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(answerLimitMs, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
