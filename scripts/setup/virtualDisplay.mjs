const xvfbRun = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24 -noreset"];
/** Without this, a window would open on the person's own display. */
const noWayland = ["env", "--unset=WAYLAND_DISPLAY"];

/** What to put in front of a command whose windows nobody is to see, on Linux; elsewhere they are seen. */
export const virtualDisplay = process.platform === "linux" ? [...xvfbRun, ...noWayland] : [];

/** The programs that it takes. */
export const displayPrograms = ["xvfb-run", "xauth"];
