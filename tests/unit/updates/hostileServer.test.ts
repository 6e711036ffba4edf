import { generateKeyPairSync } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { content, documentPath, filePath, newer, type openReleases } from "../../support/updates/openReleases.ts";
import { openTestUpdates } from "../../support/updates/openTestUpdates.ts";

/** Writes to the response until its reader is gone. */
const endless: RequestListener = (_, response) => {
  const chunk = Buffer.alloc(65_536, "a");
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", more);
  more();
};
const isLate = (problem: object): boolean => JSON.stringify(problem).includes('"late"');
const changedFile = { ...newer.files[0], sha512: "0".repeat(128) };

describe("a hostile server", () => {
  const otherKeys = generateKeyPairSync("ed25519");
  type Server = Awaited<ReturnType<typeof openReleases>>;
  it.each<[string, (server: Server) => void, object]>([
    [
      "signs with another key",
      ({ answers, signed }) =>
        answers.set(documentPath, (_, response) => response.end(signed(newer, otherKeys.privateKey))),
      { code: "update-refused", facts: { case: "unsigned" } },
    ],
    [
      "changes what was signed",
      ({ answers, signed }) =>
        answers.set(documentPath, (_, response) => response.end(signed(newer).replace("0.2.0", "0.3.0"))),
      { code: "update-refused", facts: { case: "unsigned" } },
    ],
    [
      "has no signature",
      ({ answers }) => answers.set(documentPath, (_, response) => response.end(JSON.stringify(newer))),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "sends a page",
      ({ answers }) => answers.set(documentPath, (_, response) => response.end("<html>Sign in</html>")),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "sends a description without an end",
      ({ answers }) => answers.set(documentPath, endless),
      { code: "update-refused", facts: { case: "tooLarge" } },
    ],
    [
      "sends nothing",
      ({ answers }) => answers.set(documentPath, () => undefined),
      { code: "update-unreachable", facts: { case: "late" } },
    ],
    [
      "sends a head and no more",
      ({ answers }) => answers.set(documentPath, (_, response) => void response.writeHead(200).write("{")),
      { code: "update-unreachable", facts: { case: "late" } },
    ],
    [
      "fails",
      ({ answers }) => answers.set(documentPath, (_, response) => response.writeHead(500).end("x")),
      { code: "update-unreachable", facts: { case: "status", status: 500 } },
    ],
    [
      "closes the connection",
      ({ answers }) => answers.set(documentPath, (_, response) => response.destroy()),
      { code: "update-unreachable", facts: { case: "noAnswer" } },
    ],
    [
      "redirects without an end",
      ({ answers }) =>
        answers.set(documentPath, (_, response) => response.writeHead(302, { location: documentPath }).end()),
      { code: "update-refused", facts: { case: "redirected" } },
    ],
    [
      "redirects to a file",
      ({ answers }) =>
        answers.set(documentPath, (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end()),
      { code: "update-refused", facts: { case: "redirected" } },
    ],
    [
      "sends something packed",
      ({ answers, signed }) =>
        answers.set(documentPath, (_, response) =>
          response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(signed(newer))),
        ),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "describes another product",
      ({ publish }) => publish({ ...newer, product: "other" }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "names a file in another folder",
      ({ publish }) => publish({ ...newer, files: [{ ...newer.files[0], name: "../../.bashrc" }] }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "states no hash",
      ({ publish }) => publish({ ...newer, files: [{ ...newer.files[0], sha512: "" }] }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "has notes of megabytes",
      ({ publish }) => publish({ ...newer, notes: "x".repeat(250_000) }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "names a version that is none",
      ({ publish }) => publish({ ...newer, version: "99.0.0-beta" }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
  ])("that %s", async (_title, beHostile, problem) => {
    const isImpatient = isLate(problem);
    const opened = await openTestUpdates({ isImpatient });
    beHostile(opened);
    opened.updates.check();
    expect((await opened.until("failed")).problem).toMatchObject(problem);
    expect(await opened.kept()).toEqual([]);
    if (isImpatient) return;
    // It is usable again as soon as the server is.
    opened.publish(newer);
    opened.updates.check();
    await opened.until("available");
  });

  it.each<[string, (server: Server) => void, object]>([
    [
      "has another file than the signed one",
      ({ answers }) => answers.set(filePath, (_, response) => response.end(Buffer.alloc(content.length))),
      { code: "update-refused", facts: { case: "mismatch" } },
    ],
    [
      "has a shorter file",
      ({ answers }) => answers.set(filePath, (_, response) => response.end(content.subarray(1))),
      { code: "update-refused", facts: { case: "mismatch" } },
    ],
    [
      "has a file without an end",
      ({ answers }) => answers.set(filePath, endless),
      { code: "update-refused", facts: { case: "tooLarge" } },
    ],
    [
      "stops in the middle",
      ({ answers }) =>
        answers.set(filePath, (_, response) => void response.writeHead(200).write(content.subarray(0, 1000))),
      { code: "update-unreachable", facts: { case: "late" } },
    ],
    [
      "has lost it",
      ({ answers }) => answers.delete(filePath),
      { code: "update-unreachable", facts: { case: "status", status: 404 } },
    ],
  ])("that %s: nothing is installed, and nothing is left on the disk", async (_title, beHostile, problem) => {
    const opened = await openTestUpdates({ isImpatient: isLate(problem) });
    beHostile(opened);
    opened.updates.check();
    await opened.until("available");
    opened.updates.download();
    expect((await opened.until("failed")).problem).toMatchObject(problem);
    expect(await opened.kept()).toEqual([]);
    expect(await opened.updates.toInstall()).toBeNull();
  });

  it.each([
    ["redirects the question", documentPath],
    ["redirects the download", filePath],
  ])("that %s to another host, which is not contacted", async (_title, path) => {
    let contacts = 0;
    const port = await listenOnLoopback(createServer().on("connection", () => contacts++));
    const { updates, until, answers } = await openTestUpdates();
    answers.set(path, (_, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/x` }).end());
    updates.check();
    if (path === filePath) {
      await until("available");
      updates.download();
    }
    expect((await until("failed")).problem).toMatchObject({
      code: "update-refused",
      facts: { case: "redirected", host: `127.0.0.1:${port}` },
    });
    expect(contacts).toBe(0);
  });

  it.each(["0.1.0", "0.0.9"])("that offers %s to 0.1.0 has nothing new", async (version) => {
    const { updates, until, publish } = await openTestUpdates();
    publish({ ...newer, version });
    updates.check();
    await until("current");
    updates.download();
    expect(updates.state().status.state).toBe("current");
  });

  it("cannot have its file installed if the signed hash is another", async () => {
    const { updates, until, publish } = await openTestUpdates();
    publish({ ...newer, files: [changedFile] });
    updates.check();
    await until("available");
    updates.download();
    expect((await until("failed")).problem).toMatchObject({ facts: { case: "mismatch" } });
  });

  it("cannot turn the direction of the text around its notes, nor send control characters", async () => {
    const { updates, until, publish } = await openTestUpdates();
    publish({ ...newer, notes: "one\u202E\u0000\u001B[2J\r\n<b>two</b>" });
    updates.check();
    expect((await until("available")).release.notes).toBe("one[2J\n<b>two</b>");
  });
});
