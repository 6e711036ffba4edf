import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp;
let server: Server;
let requests: string[];

test.beforeEach(async () => {
  requests = [];
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const document = JSON.stringify({
    product: "r1-workbench",
    version: "99.1.0",
    date: "2026-11-28",
    notes: "- Something new\n<img src=x onerror=alert(1)>",
    files: [],
  });
  const signature = sign(null, Buffer.from(document), privateKey).toString("base64");
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end(JSON.stringify({ document, signature }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env["R1_UPDATE_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases`;
  process.env["R1_UPDATE_KEY"] = publicKey.export({ format: "der", type: "spki" }).toString("base64");
});
test.afterEach(async () => {
  delete process.env["R1_UPDATE_URL"];
  delete process.env["R1_UPDATE_KEY"];
  await app.close();
  server.close();
});

test("updates are off at first; once turned on, one request finds the new version, and is in the record", async () => {
  app = await launchApp();
  const { page } = app;
  await page.getByRole("link", { name: "Settings" }).click();
  const updates = page.getByRole("switch", { name: "Updates" });
  await expect(updates).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Check now" })).toHaveCount(0);
  expect(requests).toEqual([]);

  await updates.click();
  await expect(page.getByText("Version 99.1.0 is available (28 Nov 2026).")).toBeVisible();
  await expect(page.getByText("from the tag v99.1.0")).toBeVisible();
  await page.getByText("What is new").click();
  await expect(page.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  await expect(page.getByRole("link", { name: "Settings Version 99.1.0 is available" })).toBeVisible();
  expect(requests).toEqual(["GET /releases/latest/download/update.json"]);

  await page.getByRole("tab", { name: "Privacy" }).click();
  await expect(page.getByRole("cell", { name: "The app looked for a new version of itself" })).toBeVisible();

  // Offline refuses it, in its own words.
  await page.getByRole("button", { name: "Go offline" }).click();
  await page.getByRole("tab", { name: "General" }).click();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByRole("alert")).toContainText("Offline is on, so no connection was made.");
  expect(requests).toHaveLength(1);
});
