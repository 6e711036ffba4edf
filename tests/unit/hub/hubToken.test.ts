import { expect, test, vi } from "vitest";
import { settingsChangeSchema } from "../../../electron/contract/settings.ts";
import { Hub } from "../../../electron/workbench/hub/Hub.ts";
import { HubToken } from "../../../electron/workbench/hub/HubToken.ts";
import { keepingSecrets } from "../../support/keepingSecrets.ts";
import { testNetwork } from "../../support/testNetwork.ts";

const usual = "https://huggingface.co";
const mirror = "https://mirror.example";

/** Opens a hub whose address a page may set. `answers` are the user's, to main's question. */
function openHub({ answers = [] as boolean[], environment = {}, kept = new Map<string, string>() } = {}) {
  const page = { endpoint: null as string | null };
  const agreed: string[] = [];
  const confirm = vi.fn<(origin: string) => Promise<boolean>>(() => Promise.resolve(answers.shift() ?? false));
  const agreement = {
    agreed: () => agreed,
    agree: (origin: string) => Promise.resolve(void agreed.push(origin)),
    confirm: confirm as ((origin: string) => Promise<boolean>) | undefined,
  };
  const hub = new Hub({
    endpointSetting: () => page.endpoint,
    secrets: keepingSecrets(kept),
    network: testNetwork(),
    environment,
    agreement,
  });
  return { hub, page, confirm, agreement };
}

test("a token is stored where that is secure, else until the app quits", async () => {
  const kept = new Map<string, string>();
  const safe = new HubToken(keepingSecrets(kept), {});
  await safe.set(usual, " one ");
  expect(await safe.describe(usual)).toEqual({ tokenFrom: "keychain", canKeepToken: true });
  expect(await new HubToken(keepingSecrets(kept), {}).get(usual)).toBe("one");
  await safe.set(usual, null);
  expect(kept.size).toBe(0);
  const unsafe = new HubToken(keepingSecrets(kept, false), {});
  await unsafe.set(usual, "two");
  expect(kept.size).toBe(0);
  expect(await unsafe.describe(usual)).toEqual({ tokenFrom: "session", canKeepToken: false });
  expect(await unsafe.get(mirror)).toBeNull();
  await unsafe.set(usual, null);
  expect(await unsafe.get(usual)).toBeNull();
});

test("after a change of the address the token is not used, and is there again after it is changed back", async () => {
  const { hub, page } = openHub({ answers: [true] });
  await hub.token.set(usual, "secret");
  expect(await hub.access()).toEqual({ endpoint: usual, token: "secret" });
  page.endpoint = `${mirror}/models`;
  expect(await hub.access()).toEqual({ endpoint: `${mirror}/models`, token: null });
  expect(await hub.token.describe(hub.origin())).toMatchObject({ tokenFrom: "none" });
  await hub.token.set(hub.origin(), "for-the-mirror");
  expect((await hub.access()).token).toBe("for-the-mirror");
  page.endpoint = null;
  expect((await hub.access()).token).toBe("secret");
});

test.each(["http://huggingface.co", "https://huggingface.co:8443", "https://huggingface.co.evil.example"])(
  "%s is another origin: no token, and a question first",
  async (endpoint) => {
    const { hub, page, confirm } = openHub({ answers: [true], environment: { HF_TOKEN: "secret" } });
    await hub.token.set(usual, "kept");
    page.endpoint = endpoint;
    expect((await hub.access()).token).toBeNull();
    expect(confirm).toHaveBeenCalledExactlyOnceWith(endpoint);
  },
);

test("HF_TOKEN belongs to the hub in HF_ENDPOINT, or else to the public one", async () => {
  const publicOnly = new HubToken(null, { HF_TOKEN: "env" });
  expect(await publicOnly.get(usual)).toBe("env");
  expect(await publicOnly.get(mirror)).toBeNull();
  expect(await publicOnly.describe(mirror)).toMatchObject({ tokenFrom: "elsewhere" });
  const beside = new HubToken(null, { HF_TOKEN: "env", HF_ENDPOINT: `${mirror}/hf/` });
  expect(await beside.get(mirror)).toBe("env");
  expect(await beside.get(usual)).toBeNull();
  expect(await beside.describe(mirror)).toMatchObject({ tokenFrom: "environment" });
  const nowhere = new HubToken(null, { HF_TOKEN: "env", HF_ENDPOINT: "no address" });
  expect(await nowhere.get(usual)).toBeNull();
});

test("a token that an earlier release stored without an origin is not sent until it is set again", async () => {
  const kept = new Map([["hubToken", "old"]]);
  const token = new HubToken(keepingSecrets(kept), {});
  for (const origin of [usual, mirror]) {
    expect(await token.get(origin)).toBeNull();
    expect(await token.describe(origin)).toMatchObject({ tokenFrom: "unbound" });
  }
  await token.set(usual, "new");
  expect(kept).toEqual(new Map([[`hubToken ${usual}`, "new"]]));
  expect(await token.describe(mirror)).toMatchObject({ tokenFrom: "none" });
});

test("there is no question about the public hub and the one in HF_ENDPOINT, and only one about a new hub", async () => {
  const { hub, page, confirm } = openHub({ answers: [false, true], environment: { HF_ENDPOINT: "http://own:8080" } });
  page.endpoint = usual;
  await hub.access();
  page.endpoint = "http://own:8080/below";
  await hub.access();
  expect(confirm).not.toHaveBeenCalled();
  page.endpoint = mirror;
  const refused = await Promise.allSettled([
    hub.access(),
    hub.access(),
    hub.open({ code: "search", facts: { words: "r1" } }),
  ]);
  expect(confirm).toHaveBeenCalledTimes(1);
  for (const outcome of refused) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "hub-not-agreed" } });
  }
  await hub.access();
  await hub.access();
  expect(confirm).toHaveBeenCalledTimes(2);
});

test("if nobody can be asked, a hub that only the settings name is refused", async () => {
  const { hub, page, agreement } = openHub();
  agreement.confirm = undefined;
  const other = new Hub({
    endpointSetting: () => mirror,
    secrets: null,
    network: testNetwork(),
    environment: {},
    agreement,
  });
  await expect(other.access()).rejects.toMatchObject({
    code: "hub-not-agreed",
    facts: { case: "nobodyToAsk", origin: mirror },
  });
  page.endpoint = null;
  await expect(hub.access()).resolves.toMatchObject({ token: null });
});

test("a change of the settings by the page does not allow a hub", () => {
  expect(settingsChangeSchema.parse({ hubEndpoint: mirror, agreedHubOrigins: [mirror] })).toEqual({
    hubEndpoint: mirror,
  });
});

test.each(["two words", "hf_a\r\nx: y", "hf_a\u0000", "hf_\u2013", "hf_ä", "\ud800"])(
  "a token that cannot be sent in a header is refused, and the previous one stays: %j",
  async (text) => {
    const kept = new Map<string, string>();
    const token = new HubToken(keepingSecrets(kept), {});
    await token.set(usual, "hf_good");
    const error: unknown = await token.set(usual, text).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "hub-token-refused" });
    expect(String(error)).not.toContain(text);
    expect(await token.get(usual)).toBe("hf_good");
    await expect(new HubToken(null, { HF_TOKEN: text }).get(usual)).rejects.toMatchObject({
      code: "hub-token-refused",
      facts: { case: "environment" },
    });
  },
);
