import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const script = fileURLToPath(new URL("../../../scripts/provePrivacy.mjs", import.meta.url));

/**
 * Runs the proof of privacy and resolves with its JSON document. Skips the test if this machine allows no network
 * namespace, and fails it if the proof could not be made at all.
 */
export async function provePrivacy(option: "--short" | "--traced"): Promise<unknown> {
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    // It exits with 1 if it has found something; its output has the details.
    execFile(process.execPath, [script, option, "--json"], (_error, out, said) =>
      resolve({ stdout: out, stderr: said }),
    );
  });
  test.skip(stderr.includes("no-namespace:"), stderr);
  expect(stdout, `The proof itself failed: ${stderr}`).toMatch(/^\{/);
  return JSON.parse(stdout);
}
