import { posix, win32 } from "node:path";
import { expect, it } from "vitest";
import { shownName } from "../../../electron/workbench/documents/shownName.ts";

it("is the last part of a path, in one line, or the root that the path is", () => {
  expect(shownName("/home/ada/papers", posix)).toBe("papers");
  expect(shownName("/home/two\nlines.md", posix)).toBe("two lines.md");
  expect(shownName("/", posix)).toBe("/");
  expect(shownName("D:\\", win32)).toBe("D:");
  expect(shownName("D:\\papers\\", win32)).toBe("papers");
  expect(shownName("\\\\server\\share\\", win32)).toBe("share");
  expect(shownName("", posix)).toBe("?");
});
