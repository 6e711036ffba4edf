import { createServer } from "node:https";
import { expect, onTestFinished, test } from "vitest";
import { delta, eventText } from "../../support/servers/scriptedServer.ts";
import { createIdentity, type Identity } from "../../support/hub/createIdentity.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { streamFrom, testKey } from "../../support/servers/streamFrom.ts";

const hosts = ["127.0.0.1"];
const authority = createIdentity({ name: "Lab" });
const other = createIdentity({ name: "Other" });
const selfSigned = createIdentity({ name: "gpu", hosts });
const signed = createIdentity({ name: "gpu", hosts, authority });
const elsewhere = createIdentity({ name: "gpu", hosts: ["gpu.example.org"], authority });
const expired = createIdentity({ name: "gpu", hosts, authority, validFromDay: -9, validToDay: -2 });

/** A server with this certificate, and the keys that it was sent. */
async function serve({ key, cert }: Identity) {
  const keys: unknown[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    keys.push(request.headers.authorization);
    response.writeHead(200, { "content-type": "text/event-stream" }).end(eventText(delta({ content: "So." }, "stop")));
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => server.closeAllConnections());
  return { url: `https://127.0.0.1:${port}`, keys };
}

test.each([
  ["its own, which it signed itself", selfSigned, selfSigned],
  ["its own, which an authority signed", signed, signed],
  ["its authority's", signed, authority],
])("a server is trusted with %s", async (_, identity, { cert: certificate }) => {
  const { url, keys } = await serve(identity);
  expect(await streamFrom(url, { certificate })).toMatchObject({ answer: "So.", reply: { outcome: "done" } });
  expect(keys).toEqual([`Bearer ${testKey}`]);
});

test.each([
  ["nobody knows, and none was given", selfSigned, null, "unknownSigner"],
  ["is another one than was given", selfSigned, other, "unknownSigner"],
  ["another authority signed", signed, other, "unknownSigner"],
  ["is the given one, of another host", elsewhere, elsewhere, "otherHost"],
  ["the given authority signed for another host", elsewhere, authority, "otherHost"],
  ["has expired", expired, authority, "expired"],
])("no key is sent to a server whose certificate %s", async (_, identity, given, how) => {
  const { url, keys } = await serve(identity);
  const { problem } = await streamFrom(url, { certificate: given?.cert ?? null });
  expect(problem).toMatchObject({ code: "server-not-trusted", facts: { case: how } });
  expect(keys).toEqual([]);
});
