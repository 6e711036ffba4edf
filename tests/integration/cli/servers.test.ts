import { expect, test } from "vitest";
import { filesWith } from "../../support/chats/filesWith.ts";
import { runR1 } from "../../support/cli/runR1.ts";
import { delta, json, scriptedServer, stream } from "../../support/servers/scriptedServer.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("r1 servers: a server is added, again with another variable, asked, and removed; its key is in no file", async () => {
  const { url, host, requests } = await scriptedServer({
    "/v1/models": json({ data: [{ id: "deepseek-r1", owned_by: "me" }] }),
    "/v1/chat/completions": stream(delta({ reasoning_content: "Hm." }), delta({ content: "42" }), delta({}, "stop")),
  });
  const home = await temporaryFolder();
  const env = { FIRST: "sk-first-0123456789", SECOND: "sk-second-0123456789" };
  const r1 = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await runR1([...args, "--json"], { home, env });
    return JSON.parse(stdout);
  };
  const add = (address: string, ...how: string[]) => r1("servers", "add", "GPU", address, ...how);
  expect(await add(url, "--key-env", "FIRST")).toMatchObject({
    keyVariable: "FIRST",
    models: [{ name: "deepseek-r1" }],
  });
  // The same address in other words, and another one.
  expect(await add(`${host}/`, "--key-env", "SECOND")).toMatchObject({ url, keyVariable: "SECOND" });
  expect(await add("localhost:1")).toMatchObject({ error: { code: "server-name-taken" } });
  expect(new Set(requests.map(({ key }) => key))).toEqual(new Set(Object.values(env)));

  const models = (await r1("models")) as { id: string; server?: unknown }[];
  const remote = models.find(({ server }) => server !== undefined);
  expect(remote).toMatchObject({ server: { name: "GPU", host, isThisMachine: true } });
  expect(await r1("chat", "--model", remote?.id ?? "", "Why?")).toMatchObject({ thought: "Hm.", answer: "42" });
  // Named, it is measured; what is said of this machine alone is refused.
  const bench = (...args: string[]) => r1("bench", "-m", remote?.id ?? "", ...args);
  expect(await bench("-p", "16", "-n", "16", "-r", "2")).toMatchObject({
    kind: "server",
    measured: "over-the-wire",
    clock: "app",
    server: { name: "GPU", host, isThisMachine: true },
    plan: { promptTokens: 16, writtenTokens: 16, repeats: 2 },
    runs: [{ counts: "pieces" }, { counts: "pieces" }],
    writing: null,
  });
  expect(await bench("-t", "2")).toMatchObject({ error: { code: "usage", facts: { case: "serverOptions" } } });
  expect(await r1("servers", "remove", "gpu")).toEqual({ name: "GPU", removed: true });
  expect(await r1("servers")).toEqual([]);
  for (const key of Object.values(env)) expect(filesWith(home, key)).toEqual([]);
});
