import { expect, test } from "vitest";
import { codeFileName } from "../../../renderer/features/chats/markdown/codeFileName.ts";

test.each([
  ["python", "code.py"],
  ["C++", "code.cpp"],
  ["TSX", "code.tsx"],
  ["bash", "code.sh"],
  ["dockerfile", "Dockerfile"],
  ["svg", "code.svg"],
  [null, "code.txt"],
  ["", "code.txt"],
  ["../../x", "code.txt"],
  ["constructor", "code.txt"],
  ["__proto__", "code.txt"],
])("code in %s is saved as %s", (language, name) => {
  expect(codeFileName("code", language)).toBe(name);
});
