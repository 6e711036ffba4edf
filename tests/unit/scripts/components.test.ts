import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readComponentReleases } from "../../../electron/workbench/components/ComponentRelease.ts";
import { componentList } from "../../../scripts/components/componentList.mjs";
import { componentPackages } from "../../../scripts/components/componentPackages.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const manifest = JSON.parse(
  readFileSync(new URL("../../../node_modules/node-llama-cpp/package.json", import.meta.url), "utf8"),
) as { version: string };

test("the list of components has the packages that the lockfile has, with their version", async () => {
  const { base, components } = await componentList();
  expect(base).toBe("https://registry.npmjs.org");
  for (const [component, systems] of Object.entries(componentPackages)) {
    for (const [system, names] of Object.entries(systems)) {
      const pieces = components[component]?.[system] ?? [];
      expect(pieces.map((piece) => piece.package)).toEqual(names);
      for (const { version, path, files } of pieces) {
        expect(version).toBe(manifest.version);
        expect(path).toMatch(/^@node-llama-cpp\/[\w-]+\/-\/[\w-]+-\d+\.\d+\.\d+\.tgz$/);
        expect(files.map((file) => file.path)).toContain("dist/index.js");
      }
    }
  }
});

test("archives of one's own server are in one folder", async () => {
  vi.stubEnv("R1_COMPONENTS_URL", "https://files.test/r1/");
  const { base, components } = await componentList();
  vi.unstubAllEnvs();
  expect(base).toBe("https://files.test/r1");
  expect(components["cuda"]?.["linux-x64"]?.[0]?.path).toBe(`linux-x64-cuda-${manifest.version}.tgz`);
});

test("the app reads the list that the build writes, for each system that it names", async () => {
  const file = join(await temporaryFolder(), "components.json");
  writeFileSync(file, JSON.stringify(await componentList()));
  for (const system of ["linux-x64", "win32-x64"]) {
    expect(readComponentReleases(file, system)).toMatchObject([{ name: "cuda", version: manifest.version }]);
  }
  expect(readComponentReleases(file, "darwin-arm64")).toEqual([]);
});
