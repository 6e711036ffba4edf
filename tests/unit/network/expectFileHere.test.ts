import { expect, test } from "vitest";
import { expectFileHere } from "../../../electron/workbench/network/expectFileHere.ts";

const offline = { isOffline: true, isForced: false };

test.each([
  "\\\\nas\\models\\x.gguf",
  "//nas/models/x.gguf",
  "\\\\?\\UNC\\nas\\models\\x.gguf",
  "\\\\.\\unc\\nas\\x.gguf",
  "\\/nas\\x.gguf",
])("while Offline is on, Windows is not asked for %s", (path) => {
  const refused = { code: "offline", facts: { case: "share", host: "nas" } };
  expect(() => expectFileHere(path, offline, "win32")).toThrow(expect.objectContaining(refused));
  const forced = { ...offline, isForced: true };
  expect(() => expectFileHere(path, forced, "win32")).toThrow(
    expect.objectContaining({ code: "offline", facts: { case: "forced" } }),
  );
  expect(() => expectFileHere(path, { isOffline: false, isForced: false }, "win32")).not.toThrow();
  expect(() => expectFileHere(path, offline, "linux")).not.toThrow();
});

test("what reaches the network in another way is refused too", () => {
  expect(() => expectFileHere("\\\\nas@SSL\\davwwwroot\\x.gguf", offline, "win32")).toThrow(
    expect.objectContaining({ code: "offline" }),
  );
  expect(() => expectFileHere("\\\\?\\GLOBALROOT\\Device\\Mup\\nas\\x.gguf", offline, "win32")).toThrow(
    expect.objectContaining({ code: "offline" }),
  );
});

test.each(["C:\\models\\x.gguf", "c:/x.gguf", "\\\\?\\C:\\models\\x.gguf", "\\\\.\\d:\\x.gguf", "\\models\\x.gguf"])(
  "%s is read",
  (path) => {
    expect(() => expectFileHere(path, offline, "win32")).not.toThrow();
  },
);
