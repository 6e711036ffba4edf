import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { type HubServer, startHubServer } from "../support/hub/hubServer.mjs";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { inMain } from "../support/inMain.mjs";

let app: RunningApp;
let hub: HubServer;
test.beforeEach(async () => {
  hub = await startHubServer({ files: { "tiny-Q4_K_M.gguf": { sizeBytes: 1000 } } });
  app = await launchApp();
  await app.page.getByRole("link", { name: "Settings", exact: true }).click();
  await app.page.getByRole("tab", { name: "Privacy" }).click();
});
test.afterEach(async () => {
  await app.close();
  await hub.close();
});

/** From now on, answers every dialog of main with this button. Resolves with a function that returns the questions. */
async function answerDialogs(button: number): Promise<() => Promise<string[]>> {
  await inMain(
    app.electron,
    ({ dialog }, response) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
        asked.push(options.message);
        return Promise.resolve({ response, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    },
    button,
  );
  return () => inMain(app.electron, () => (globalThis as unknown as { asked: string[] }).asked);
}

const search = () =>
  app.page.evaluate(async () => {
    const outcome = await (window as unknown as { r1: Bridge }).r1.call("hub.search", { words: "r1" });
    return outcome.ok ? "ok" : outcome.error.code;
  });
const saveToken = async (token: string): Promise<void> => {
  await app.page.getByLabel("Hub token").fill(token);
  await app.page.getByRole("button", { name: "Save" }).click();
  await expect(app.page.getByLabel("Hub token")).toHaveValue("");
};
const authorizations = () => hub.state.requests.map(({ headers }) => headers.authorization ?? null);

test("a token is sent only to the hub it was set for, and main asks before the first request to another hub", async () => {
  await saveToken("for-the-public-hub");
  const address = app.page.getByLabel("Hub address");
  await address.fill(hub.endpoint);
  await address.press("Enter");
  await expect(app.page.getByText(`In use: ${hub.endpoint}`)).toBeVisible();

  const refused = await answerDialogs(1);
  expect(await search()).toBe("hub-not-agreed");
  expect(await refused()).toEqual([`Connect to ${hub.endpoint}?`]);
  expect(hub.state.requests).toEqual([]);

  const agreed = await answerDialogs(0);
  expect(await search()).toBe("ok");
  expect(await search()).toBe("ok");
  expect(await agreed()).toHaveLength(1);
  expect(authorizations()).toEqual([null, null]);

  await saveToken("for-this-one");
  expect(await search()).toBe("ok");
  expect(authorizations().at(-1)).toBe("Bearer for-this-one");
});
