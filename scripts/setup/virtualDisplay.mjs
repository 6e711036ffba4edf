const xvfbRun = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24 -noreset"];
/** Without this, a window would open on the person's own display. */
const noWayland = ["env", "--unset=WAYLAND_DISPLAY"];

/** What to put in front of a command whose windows nobody is to see, on Linux; elsewhere they are seen. */
export const virtualDisplay = process.platform === "linux" ? [...xvfbRun, ...noWayland] : [];

/** Notes the display that it runs under and the key to it, after those noted before, and runs the rest. */
const note = ["sh", "-c", 'R1_TEST_DISPLAYS="$R1_TEST_DISPLAYS $DISPLAY=$XAUTHORITY" exec "$@"', "sh"];

/**
 * As virtualDisplay, with two displays, both named in R1_TEST_DISPLAYS: on one, each app that opens a window would
 * take the pointer and the focus from the other app.
 */
export const twoVirtualDisplays =
  process.platform === "linux" ? [...xvfbRun, ...note, ...xvfbRun, ...note, ...noWayland] : [];

/** The programs that it takes. */
export const displayPrograms = ["xvfb-run", "xauth"];
