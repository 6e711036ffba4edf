import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesWith } from "../../support/chats/filesWith.ts";
import { runR1 } from "../../support/cli/runR1.ts";
import { delta, eventText, json, scriptedServer, sent, stream } from "../../support/servers/scriptedServer.ts";
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

test("r1 chat: where a reply was written is said, and what arrived of one that is cut is kept", async () => {
  const { url, host } = await scriptedServer({
    "/v1/models": json({ data: [{ id: "deepseek-r1", owned_by: "me" }] }),
    "/v1/chat/completions": [
      stream(delta({ content: "42" }), delta({}, "stop")),
      stream(delta({ reasoning_content: "Hm." }), delta({ content: "42" }), delta({}, "stop")),
      sent(eventText(delta({ reasoning_content: "Hm." })) + eventText(delta({ content: "The first half" }))),
      sent(eventText(delta({ content: "The first half" }))),
      json({ error: "no" }, 500),
    ],
  });
  const home = await temporaryFolder();
  const r1 = (...args: string[]) => runR1(args, { home });
  await r1("servers", "add", "GPU", url);
  const models = JSON.parse((await r1("models", "--json")).stdout) as { id: string; server?: unknown }[];
  const model = models.find(({ server }) => server !== undefined)?.id ?? "";
  const words = `Written on this machine, by GPU (${host})`;
  const server = { name: "GPU", host, isThisMachine: true };

  const whole = await r1("chat", "--model", model, "Why?");
  expect(whole).toMatchObject({ stdout: "42\n", status: 0 });
  expect(whole.stderr).toContain(words);
  const cut = await r1("chat", "--model", model, "Why?", "--json");
  expect(cut.status).toBe(1);
  expect(JSON.parse(cut.stdout)).toMatchObject({
    model,
    server,
    thought: "Hm.",
    answer: "The first half",
    error: { code: "server-cut" },
  });
  const cutText = await r1("chat", "--model", model, "Why?");
  expect(cutText).toMatchObject({ stdout: "The first half\n", status: 1 });
  expect(cutText.stderr).toContain(words);
  // Nothing was written.
  const failed = JSON.parse((await r1("chat", "--model", model, "Why?", "--json")).stdout) as object;
  expect(failed).toMatchObject({ error: { code: "server-failed" } });
  expect(Object.keys(failed)).toEqual(["error"]);
});

test("r1 chat --search: passages for a model on a server are found without it, and only they are sent", async () => {
  const { url, requests } = await scriptedServer({
    "/v1/models": json({ data: [{ id: "deepseek-r1", owned_by: "me" }] }),
    "/v1/chat/completions": stream(delta({ content: "It is done." }), delta({}, "stop")),
  });
  const home = await temporaryFolder();
  const rules = join(home, "rules.txt");
  await writeFile(
    rules,
    Array.from({ length: 3_000 }, (_, at) => `Rule ${at} says what is done in case${at}.`).join("\n"),
  );
  const r1 = (...args: string[]) => runR1([...args, "--json"], { home });
  await r1("servers", "add", "GPU", url);
  const models = JSON.parse((await r1("models")).stdout) as { id: string; server?: unknown }[];
  const model = models.find(({ server }) => server !== undefined)?.id ?? "";
  const asked = ["--file", rules, "--search", "What is done in case1234?"];
  const { stdout } = await r1("chat", "--model", model, ...asked);
  expect(JSON.parse(stdout)).toMatchObject({ answer: "It is done.", passages: [{ name: "rules.txt" }] });
  const bodies = requests
    .filter(({ path }) => path.endsWith("/chat/completions"))
    .map(({ body }) => JSON.stringify(body));
  expect(bodies.at(-1)).toContain("case1234.");
  expect(bodies.at(-1)).not.toContain("Rule 2999 ");
});
