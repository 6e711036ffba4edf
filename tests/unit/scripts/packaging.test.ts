import { readFileSync } from "node:fs";
import { FuseV1Options } from "@electron/fuses";
import { expect, test } from "vitest";

test("every fuse that @electron/fuses knows is stated in electron-builder.yml", () => {
  const config = readFileSync(new URL("../../../electron-builder.yml", import.meta.url), "utf8");
  const [, section = ""] = /^electronFuses:\n((?:[ #].*\n)+)/m.exec(config) ?? [];
  const stated = [...section.matchAll(/^ {2}(\w+): (?:true|false)$/gm)].map(([, name = ""]) => name.toLowerCase());
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  expect(stated.sort()).toEqual(known.map((name) => name.toLowerCase()).sort());
});
