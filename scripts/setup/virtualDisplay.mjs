const xvfbRun = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24 -noreset"];
/** Without this, a window would open on the user's own display. */
const noWayland = ["env", "--unset=WAYLAND_DISPLAY"];

/** The prefix for a command whose windows are to stay invisible, on Linux only. */
export const virtualDisplay = process.platform === "linux" ? [...xvfbRun, ...noWayland] : [];

/** Appends its display and the key to it to R1_TEST_DISPLAYS, then runs the rest of the command. */
const note = ["sh", "-c", 'R1_TEST_DISPLAYS="$R1_TEST_DISPLAYS $DISPLAY=$XAUTHORITY" exec "$@"', "sh"];

/**
 * Like virtualDisplay, with two displays that are both listed in R1_TEST_DISPLAYS. On a single one, apps would take the
 * pointer and the focus from each other when they open a window.
 */
export const twoVirtualDisplays =
  process.platform === "linux" ? [...xvfbRun, ...note, ...xvfbRun, ...note, ...noWayland] : [];

/** The programs that virtualDisplay needs. */
export const displayPrograms = ["xvfb-run", "xauth"];
