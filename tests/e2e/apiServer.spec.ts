import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { afterReload } from "./support/afterReload.ts";
import { inMain } from "../support/inMain.mjs";
import { ask, replies } from "./support/chatSteps.ts";
import { filesWith } from "./support/filesWith.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

/* This app as a server, as a person sees it; tests/integration/server tries what a program may send. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
let app: RunningApp;
test.afterEach(() => app.close());

const section = (page: Page) => page.getByRole("region", { name: "This machine as a server" });
const power = (page: Page) => section(page).getByRole("switch", { name: "Server", exact: true });
const keyField = (page: Page) => section(page).getByRole("textbox", { name: "Server key" });

async function showServers(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Servers" }).click();
  await expect(power(page)).toBeVisible();
}

/** Resolves with a server that has a free port to itself, until it is closed. */
async function holdPort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { server, port: address.port };
}

async function freePort(): Promise<number> {
  const { server, port } = await holdPort();
  server.close();
  await once(server, "close");
  return port;
}

async function choosePort(page: Page, port: number): Promise<void> {
  const field = section(page).getByRole("textbox", { name: "Server port" });
  await field.fill(String(port));
  await field.press("Enter");
  const address = section(page).getByRole("textbox", { name: "Server address" });
  await expect(address).toHaveValue(`http://127.0.0.1:${port}/v1`);
}

/** Turns the server on for the first time. Resolves with its port and its key. */
async function turnOn(page: Page): Promise<{ port: number; key: string }> {
  await showServers(page);
  const port = await freePort();
  await choosePort(page, port);
  await power(page).click();
  await expect(section(page)).toContainText("On, for programs on this machine.");
  return { port, key: await keyField(page).inputValue() };
}

/** Resolves with the status and the answer of the model. */
async function question(port: number, key: string, host = "127.0.0.1"): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://${host}:${port}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "user-agent": "test-program/1.0" },
    body: JSON.stringify({ model: "r1-nano", messages: [{ role: "user", content: "What is 17 + 25?" }], seed: 7 }),
  });
  return { status: response.status, text: await response.text() };
}

/** From now on, questions outside the page are answered in this way. Resolves with a function that returns those asked. */
async function answerQuestions({ electron }: RunningApp, agrees: boolean): Promise<() => Promise<string[]>> {
  await inMain(
    electron,
    ({ dialog }, response) => {
      const asked: string[] = [];
      (globalThis as { asked?: string[] }).asked = asked;
      dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
        asked.push(message);
        return Promise.resolve({ response, checkboxChecked: false });
      }) as never;
    },
    agrees ? 0 : 1,
  );
  return () => inMain(electron, () => (globalThis as { asked?: string[] }).asked ?? []);
}

/** Resolves with why a connection failed, or null if there was one. */
const refusal = async (port: number, host = "127.0.0.1"): Promise<string | null> =>
  fetch(`http://${host}:${port}/health`).then(
    () => null,
    (error: unknown) => ((error as Error).cause as NodeJS.ErrnoException).code ?? "unknown",
  );

/** A connection that was kept open fails in another way until its end has arrived. */
const expectClosed = (port: number, host?: string): Promise<void> =>
  expect.poll(() => refusal(port, host), { timeout: 20_000 }).toBe("ECONNREFUSED");

test("a program gets replies with the key and is listed; a renewed key ends the old one; off closes the port", async () => {
  app = await launchApp();
  const { page } = app;
  const { port, key } = await turnOn(page);
  await expect(page.getByRole("complementary").getByRole("link", { name: "Server on" })).toBeVisible();
  const answered = await question(port, key);
  expect(answered.status, answered.text).toBe(200);
  expect(answered.text).toContain("reasoning_content");
  const row = section(page).getByRole("row").filter({ hasText: "test-program/1.0" });
  await expect(row).toContainText("R1 Nano");
  await expect(row).toContainText("tok/s");
  expect((await question(port, `${key}x`)).status).toBe(401);
  await section(page).getByText("1 refused connection").click();
  await expect(section(page)).toContainText("No key or a wrong one, test-program/1.0");

  await section(page).getByRole("button", { name: "Done" }).click();
  await section(page).getByRole("button", { name: "Renew key…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("It was last used by test-program/1.0.");
  await page.getByRole("alertdialog").getByRole("button", { name: "Renew key" }).click();
  await expect(keyField(page)).not.toHaveValue(key);
  const renewed = await keyField(page).inputValue();
  expect((await question(port, key)).status).toBe(401);
  expect((await question(port, renewed)).status).toBe(200);

  await power(page).click();
  await expect(section(page)).toContainText("Off. The port is closed.");
  await expectClosed(port);
  // The record of connections says who was here.
  await page.getByRole("tab", { name: "Privacy" }).click();
  const record = page.getByRole("region", { name: "Connections" });
  await expect(record.getByRole("row").filter({ hasText: "from 127.0.0.1" }).first()).toContainText(
    "A program used this app as a server",
  );

  await app.quit();
  for (const secret of [key, renewed]) expect(filesWith(app.home, secret)).toEqual([]);
});

test("a port in use is said, and no other one is taken", async () => {
  app = await launchApp();
  const { page } = app;
  const { server, port } = await holdPort();
  await showServers(page);
  await choosePort(page, port);
  await power(page).click();
  await expect(section(page).getByRole("alert")).toContainText(String(port));
  await expect(power(page)).not.toBeChecked();
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByRole("link", { name: "Server not started" }).click();
  await expect(power(page)).toBeFocused();
  server.close();
  await once(server, "close");
  await power(page).click();
  await expect(section(page)).toContainText("On, for programs on this machine.");
  expect(await refusal(port)).toBeNull();
});

test("it starts with the app only if that is chosen, with the same key, and not once the app has quit", async () => {
  app = await launchApp();
  const { port, key } = await turnOn(app.page);
  await app.quit();
  await expectClosed(port);

  app = await launchApp({ home: app.home });
  await showServers(app.page);
  await expect(power(app.page)).not.toBeChecked();
  await expectClosed(port);
  await section(app.page).getByRole("switch", { name: "Start with the app" }).click();
  await expect(section(app.page).getByRole("switch", { name: "Start with the app" })).toBeChecked();
  await app.quit();

  app = await launchApp({ home: app.home });
  await expect(app.page.getByRole("link", { name: "Server on" })).toBeVisible();
  expect((await question(port, key)).status).toBe(200);
  await showServers(app.page);
  await expect(keyField(app.page)).toHaveCount(0);
});

test("other machines can connect only while it is open to the network and Offline is off", async () => {
  const host = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  test.skip(host === undefined, "This machine is in no network.");
  app = await launchApp();
  const { page } = app;
  const { port, key } = await turnOn(page);
  await expectClosed(port, host);
  const network = section(page).getByRole("switch", { name: "Local network" });
  const refused = await answerQuestions(app, false);
  await network.click();
  await expect.poll(refused, { timeout: 20_000 }).toEqual(["Open the server to the local network?"]);
  await expect(network).not.toBeChecked();
  await expectClosed(port, host);
  await answerQuestions(app, true);
  await network.click();
  await expect(page.getByRole("link", { name: "Server open to network" })).toBeVisible();
  await expect(section(page).locator(`input[value="http://${host}:${port}/v1"]`)).toBeVisible();
  expect((await question(port, key, host)).status).toBe(200);
  expect((await question(port, `${key}x`, host)).status).toBe(401);

  await page.getByRole("button", { name: "Go offline" }).click();
  await expect(section(page)).toContainText("Other machines are refused while Offline is on.");
  expect(await refusal(port, host)).not.toBeNull();
  expect((await question(port, key)).status).toBe(200);
  await page.getByRole("button", { name: "Go online" }).click();
  await expect(section(page)).toContainText("in the local network.");
  await network.click();
  await expect(section(page)).toContainText("On, for programs on this machine.");
  await expectClosed(port, host);
});

test("a web page is let in only if that was agreed to outside the window’s page", async () => {
  app = await launchApp();
  const { page } = app;
  const { port, key } = await turnOn(page);
  const origin = "https://chat.example";
  const status = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, origin };
    return (await fetch(`http://127.0.0.1:${port}/v1/models`, { headers })).status;
  };
  const field = section(page).getByRole("textbox", { name: "Web pages" });
  await field.fill(origin);
  const refused = await answerQuestions(app, false);
  await field.press("Enter");
  await expect.poll(refused, { timeout: 20_000 }).toEqual([`Let web pages of ${origin} use the models?`]);
  await expect(field).toHaveValue(origin);
  expect(await status()).toBe(403);
  await answerQuestions(app, true);
  await field.press("Enter");
  await expect(field).toHaveValue("");
  expect(await status()).toBe(200);
  const asked = await answerQuestions(app, true);
  const remove = section(page).getByRole("button", { name: `No longer allow ${origin}` });
  await remove.click();
  await expect(remove).toHaveCount(0);
  expect(await status()).toBe(403);
  expect(await asked()).toEqual([]);
});

test("while the chats are locked, the server goes on, says so, and can be turned off", async () => {
  app = await launchApp();
  const { page } = app;
  await ask(page, "What is 6 * 7?");
  await expect(replies(page)).toHaveCount(1);
  const { port, key } = await turnOn(page);
  const call = (name: "turnOn" | "lock"): Promise<boolean> =>
    page.evaluate(async (wanted) => {
      const { r1 } = window as unknown as { r1: Bridge };
      if (wanted === "lock") return (await r1.call("chatLock.lock", {})).ok;
      return (await r1.call("chatLock.turnOn", { passphrase: "four random words", keychain: false })).ok;
    }, name);
  expect(await call("turnOn")).toBe(true);
  await afterReload([page], () => call("lock").catch(() => undefined));
  await expect(page.getByText("The server is on, for programs on this machine.")).toBeVisible();
  expect((await question(port, key)).status).toBe(200);
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByRole("button", { name: "Turn off" })).toHaveCount(0);
  await expectClosed(port);
});

test("the examples for curl and JavaScript run as they are, once they have the key", async () => {
  test.skip(process.platform === "win32", "The example for curl is for the shells of the other systems.");
  app = await launchApp();
  const { page } = app;
  const { key } = await turnOn(page);
  const examples = page.getByRole("region", { name: "Examples" });
  const example = async (program: string): Promise<string> => {
    await examples.getByRole("combobox", { name: "Program" }).selectOption(program);
    return (await examples.locator("pre").innerText()).replace("YOUR_KEY", key);
  };
  const curl = await run("bash", ["-c", await example("curl")]);
  expect(JSON.parse(curl.stdout)).toMatchObject({ object: "chat.completion", model: "r1-nano" });
  const script = await example("javascript");
  const node = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: root });
  expect(node.stdout).toMatch(/\S/);
});
