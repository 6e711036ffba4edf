import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test } from "@playwright/test";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test.skip(process.platform !== "linux" || process.arch !== "x64", "Packages are tried on Linux x64 only, so far.");

test("the folder and the deb are built", async () => {
  // `npm run package -- --check` has built them.
  test.skip(process.env["R1_TEST_PACKAGES"] === "built", "The packages are there already.");
  await promisify(execFile)(process.execPath, [join(root, "scripts", "package.mjs"), "--quick"]);
});
