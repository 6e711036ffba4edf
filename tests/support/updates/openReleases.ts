import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { onTestFinished } from "vitest";
import type { ReleaseDocument } from "../../../electron/workbench/updates/releaseDocument.ts";
import { parseUpdateSource } from "../../../electron/workbench/updates/UpdateSource.ts";
import { listenOnLoopback } from "../listenOnLoopback.ts";

export const content = randomBytes(300_000);
export const fileName = "R1-Workbench-0.2.0-linux-x64.AppImage";
export const newer: ReleaseDocument = {
  product: "r1-workbench",
  version: "0.2.0",
  date: "2026-11-28",
  notes: "- Something new",
  files: [
    {
      name: fileName,
      kind: "appimage",
      arch: process.arch === "arm64" ? "arm64" : "x64",
      sizeBytes: content.length,
      sha512: createHash("sha512").update(content).digest("hex"),
    },
  ],
};
export const documentPath = "/releases/latest/download/update.json";
export const filePath = `/releases/download/v0.2.0/${fileName}`;

/** Starts a server with one release, which a test can make hostile. */
export async function openReleases() {
  const keys = generateKeyPairSync("ed25519");
  const requests: IncomingMessage[] = [];
  const answers = new Map<string, RequestListener>();
  const port = await listenOnLoopback(
    createServer((request, response) => {
      requests.push(request);
      const answer = answers.get(request.url ?? "");
      if (answer === undefined) response.writeHead(404).end();
      else answer(request, response);
    }),
  );
  const signed = (document: object, key: KeyObject = keys.privateKey): string => {
    const text = JSON.stringify(document);
    return JSON.stringify({ document: text, signature: sign(null, Buffer.from(text), key).toString("base64") });
  };
  const publish = (document: object): void => {
    answers.set(documentPath, (_, response) => response.end(signed(document)));
  };
  publish(newer);
  answers.set(filePath, (_, response) => response.end(content));
  const url = `http://127.0.0.1:${port}/releases`;
  const key = keys.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const source = parseUpdateSource({ url, key, publisher: null });
  if (source === null) throw new Error("The source is not usable.");
  onTestFinished(() => answers.clear());
  return { source, url, key, requests, answers, publish, signed, seen: () => requests.map(({ url: path }) => path) };
}
