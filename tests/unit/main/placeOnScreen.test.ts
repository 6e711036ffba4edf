import { expect, test } from "vitest";
import { placeOnScreen } from "../../../electron/main/placeOnScreen.ts";

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 1920, height: 1080 };
const onTheLeft = { x: -1920, y: 0, width: 1920, height: 1080 };
const size = { width: 1280, height: 800 };

test("a window opens where it was, on whichever screen that is", () => {
  for (const at of [
    { x: 100, y: 60 },
    { x: 1600, y: 100 },
    { x: -1800, y: 40 },
    // Half outside: the title bar can be reached.
    { x: -1100, y: 60 },
    { x: 1300, y: 700 },
  ]) {
    expect(placeOnScreen({ ...at, ...size }, [laptop, beside, onTheLeft])).toEqual({ ...at, ...size });
  }
});

test("a window whose screen is gone keeps its size and is placed by the system", () => {
  expect(placeOnScreen({ x: 1600, y: 100, ...size }, [laptop])).toEqual(size);
  expect(placeOnScreen({ x: -1800, y: 40, ...size }, [laptop])).toEqual(size);
});

test("a window with its title bar out of reach is placed by the system", () => {
  for (const at of [
    { x: 1400, y: 60 },
    { x: -1250, y: 60 },
    { x: 100, y: -300 },
    { x: 100, y: 890 },
  ]) {
    expect(placeOnScreen({ ...at, ...size }, [laptop]), JSON.stringify(at)).toEqual(size);
  }
});

test("a window from a larger screen fits on the smaller one, and its title bar is not under the menu bar", () => {
  expect(placeOnScreen({ x: 1500, y: 0, width: 1900, height: 1050 }, [laptop])).toEqual({ width: 1440, height: 875 });
  expect(placeOnScreen({ x: 10, y: 10, ...size }, [laptop])).toEqual({ x: 10, y: 25, ...size });
});

test("without any screen, the size is kept", () => {
  expect(placeOnScreen({ x: 10, y: 10, ...size }, [])).toEqual(size);
});
