import { expect, type Locator, type Page, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { createIdentity } from "../support/hub/createIdentity.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { type ModelServer, startModelServer } from "./support/modelServer.ts";

const key = "sk-canaryCanaryCanary0123456789";
const model = "deepseek-r1";
/** A host that only the proxy, which is the server itself, makes exist. */
const farHost = "gpu.example.org";

let app: RunningApp;
let server: ModelServer;
const environment = { ...process.env };
test.beforeEach(async () => {
  server = await startModelServer([model], "sglang");
  process.env["HTTP_PROXY"] = server.url;
});
test.afterEach(async () => {
  process.env = { ...environment };
  await app.close();
  await server.close();
});

async function openServers(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Servers" }).click();
}

/** The dialog that adds or changes a server: the tab behind it has fields of other servers. */
const sheet = (page: Page): Locator => page.getByRole("dialog");

interface Added {
  address: string;
  name: string;
  key?: string;
}

/** Fills in the dialog and saves; the server is then tested. */
async function add(page: Page, added: Added): Promise<Locator> {
  await openServers(page);
  await page.getByRole("button", { name: "Add server…" }).click();
  await sheet(page).getByLabel("Address").fill(added.address);
  await sheet(page).getByLabel("Name").fill(added.name);
  if (added.key !== undefined) await sheet(page).getByLabel("Key").fill(added.key);
  await page.getByRole("button", { name: "Save and test" }).click();
  return page.getByRole("listitem", { name: added.name });
}

async function choose(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await page.getByRole("combobox", { name: "Model", exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
}

/** Adds the server as one on another machine, which the proxy makes exist. */
async function addFar(page: Page): Promise<Locator> {
  await inMain(app.electron, ({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as never;
  });
  server.next = { answer: ["42"] };
  const item = await add(page, { address: `http://${farHost}`, name: "Workstation" });
  // What is sent there is not encrypted, which is agreed to as well.
  await page.getByRole("checkbox", { name: /Send without encryption/ }).check();
  await page.getByRole("button", { name: "Save and test" }).click();
  await expect(item).toContainText("Answered");
  return item;
}

/** How often a reply was asked for. */
const timesAsked = (): number => server.asked.filter(({ path }) => path === "/v1/chat/completions").length;

test("a server is added with its key, tested, chatted with and removed; its replies keep their mark", async () => {
  app = await launchApp();
  const { page } = app;
  await openServers(page);
  await expect(page.getByText("No server yet.")).toBeVisible();
  server.next = { thought: ["17 + 25", " is 42."], answer: ["42"] };
  const item = await add(page, { address: server.url, name: "Workstation", key });
  await expect(item).toContainText("Answered");
  for (const words of ["This machine", model, "SGLang", "reasoning_content"]) {
    await expect(item).toContainText(words);
  }
  expect(server.asked.map(({ authorization }) => authorization)).toEqual(server.asked.map(() => `Bearer ${key}`));

  // The key is not shown again.
  await page.getByRole("button", { name: "More about Workstation" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  await expect(sheet(page).getByLabel("Key")).toHaveValue("");
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain("canary");
  await page.keyboard.press("Escape");

  server.next = { thought: ["Seven and five", " are twelve."], answer: ["It is ", "42."] };
  await choose(page, /deepseek-r1/);
  await expect(page.getByText(`Workstation (${server.host}) answers here. It runs on this machine.`)).toBeVisible();
  await ask(page, "What is 17 + 25?");
  const reply = replies(page).last();
  await expect(reply).toHaveAccessibleName(model);
  await expect(reply.getByTestId("answer")).toHaveText("It is 42.");
  await expect(reply.getByRole("button", { name: /^Thought/ })).toBeVisible();
  await expect(reply).toContainText(`This machine ${server.host}`);
  // Nothing of loading a model here.
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  expect(server.asked.at(-1)?.body.messages).toEqual([{ role: "user", content: "What is 17 + 25?" }]);

  await openServers(page);
  await page.getByRole("button", { name: "More about Workstation" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No server yet.")).toBeVisible();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(replies(page).last()).toContainText(`This machine ${server.host}`);
  await expect(page.getByText(/is on a server that is not in the list any more/)).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Model", exact: true })).toContainText("R1 Nano");
});

test("a reply whose connection is lost keeps its text, goes on when asked, and is never sent again by itself", async () => {
  app = await launchApp();
  const { page } = app;
  server.next = { answer: ["42"] };
  await expect(await add(page, { address: server.url, name: "Workstation" })).toContainText("Answered");
  await choose(page, /deepseek-r1/);
  const before = timesAsked();
  server.next = { thought: ["Let me see."], answer: ["The first ", "half"], ending: "cut" };
  await ask(page, "Say something.");
  const reply = replies(page).last();
  await expect(reply.getByTestId("answer")).toHaveText("The first half");
  await expect(reply.getByRole("alert")).toBeVisible();
  expect(timesAsked()).toBe(before + 1);
  server.next = { answer: [" and the second."] };
  await reply.getByRole("button", { name: "Continue" }).click();
  await expect(reply.getByTestId("answer")).toHaveText("The first half and the second.");
  await expect(reply.getByRole("alert")).toHaveCount(0);
  expect(timesAsked()).toBe(before + 2);
});

test("a server elsewhere is agreed to, marked before and after a message, and refused while Offline is on", async () => {
  app = await launchApp();
  const { page } = app;
  const item = await addFar(page);
  for (const words of ["Leaves this machine", "Not encrypted", model]) await expect(item).toContainText(words);

  await page.getByRole("link", { name: "Models", exact: true }).click();
  const row = page.getByRole("row", { name: `${model} (Workstation)` });
  await row.getByRole("button", { name: "Use" }).click();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Model", exact: true })).toContainText("Leaves this machine");
  const sends = `This chat and every new one leave this machine: they are sent to Workstation (${farHost}).`;
  await expect(page.getByText(sends)).toBeVisible();
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last()).toContainText(`Leaves this machine ${farHost}`);
  expect(server.asked.at(-1)?.host).toBe(farHost);

  const before = timesAsked();
  await page.getByRole("button", { name: "Go offline" }).click();
  await expect(page.getByText(`Offline is on, so nothing is sent to Workstation (${farHost}).`)).toBeVisible();
  await page.getByRole("combobox", { name: "Model", exact: true }).click();
  await expect(page.getByRole("menuitem", { name: /Not available: Offline is on/ })).toBeDisabled();
  await page.keyboard.press("Escape");
  await ask(page, "And now?");
  await expect(replies(page).last().getByRole("alert")).toContainText("Offline is on");
  expect(timesAsked()).toBe(before);
});

test("a server elsewhere that is chosen in a chat gets that chat alone: the next one stays on this machine", async () => {
  app = await launchApp();
  const { page } = app;
  await addFar(page);
  await choose(page, /deepseek-r1/);
  await expect(page.getByText(`This chat leaves this machine: it is sent to Workstation (${farHost}).`)).toBeVisible();
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last()).toContainText(`Leaves this machine ${farHost}`);
  const asked = timesAsked();
  await page.getByRole("button", { name: "New chat" }).click();
  await expect(page.getByRole("combobox", { name: "Model", exact: true })).toContainText("R1 Nano");
  await ask(page, "What is 17 + 25?");
  await expect(replies(page)).toHaveCount(1);
  await expect(replies(page).last()).toHaveAccessibleName("R1 Nano");
  expect(timesAsked()).toBe(asked);
});

test("a server whose certificate an unknown authority signed is trusted with that certificate, and without it not", async () => {
  const authority = createIdentity({ name: "Lab" });
  const identity = createIdentity({ name: "gpu", hosts: ["127.0.0.1"], authority });
  const encrypted = await startModelServer([model], "vllm", identity);
  try {
    app = await launchApp();
    const { page } = app;
    encrypted.next = { answer: ["42"] };
    const item = await add(page, { address: encrypted.url, name: "Workstation", key });
    await expect(item.getByRole("alert")).toContainText("its certificate is signed by an unknown authority");
    expect(encrypted.asked).toEqual([]);
    await page.getByRole("button", { name: "More about Workstation" }).click();
    await page.getByRole("menuitem", { name: "Edit…" }).click();
    await sheet(page).getByText("Certificate of your own").click();
    await sheet(page).getByRole("textbox", { name: "Certificate of your own" }).fill(identity.cert);
    await page.getByRole("button", { name: "Save and test" }).click();
    await expect(item).toContainText("Answered");
    expect(encrypted.asked.map(({ authorization }) => authorization)).toContain(`Bearer ${key}`);
  } finally {
    await encrypted.close();
  }
});
