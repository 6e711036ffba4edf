import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileHosts, parseUpdateSource, readUpdateSource } from "../../../electron/workbench/updates/UpdateSource.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const publicKey = (type: "ed25519" | "x25519"): string =>
  (type === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("x25519")).publicKey
    .export({ format: "der", type: "spki" })
    .toString("base64");
const key = publicKey("ed25519");
const url = "https://github.com/owner/name/releases";

test("a source has an encrypted address and a key for signatures; anything less is no source", () => {
  expect(parseUpdateSource({ url: `${url}/`, key, publisher: null })?.releases).toBe(url);
  const wrong = [
    { url: "http://github.com/owner/name/releases", key },
    { url: "http://localhost/releases", key },
    { url: "ftp://github.com/x", key },
    { url: "https://user@github.com/x", key },
    { url: `${url}?x`, key },
    { url: "releases", key },
    { url, key: "" },
    { url, key: publicKey("x25519") },
    { url },
    null,
  ];
  for (const given of wrong) expect(parseUpdateSource({ publisher: null, ...given }), JSON.stringify(given)).toBeNull();
});

test("only GitHub has other hosts, and they are its own", () => {
  expect(fileHosts({ releases: url })).toEqual([
    "release-assets.githubusercontent.com",
    "objects.githubusercontent.com",
  ]);
  expect(fileHosts({ releases: "https://updates.example/releases" })).toEqual([]);
});

test("a packaged app has the source that was built in, whatever the environment says", async () => {
  const file = join(await temporaryFolder(), "updateSource.json");
  expect(readUpdateSource(file, null)).toBeNull();
  await writeFile(file, JSON.stringify({ url, key, publisher: "CN=R1" }));
  expect(readUpdateSource(file, null)).toMatchObject({ releases: url, publisher: "CN=R1" });
  const development = { R1_UPDATE_URL: "https://updates.example/releases", R1_UPDATE_KEY: key };
  expect(readUpdateSource(file, development)?.releases).toBe("https://updates.example/releases");
  expect(readUpdateSource(file, {})?.releases).toBe(url);
  await writeFile(file, "{");
  expect(readUpdateSource(file, null)).toBeNull();
});
