import { expect } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { Server } from "../../../electron/contract/servers.ts";
import { replies } from "../../e2e/support/chatSteps.ts";
import { receive } from "../../e2e/support/writeReplies.ts";
import { picturedServers } from "../picturedServers.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const open = async (stage: Stage): Promise<void> => {
  await stage.goTo("Settings");
  await stage.page.getByRole("tab", { name: "Servers" }).click();
  await expect(stage.page.getByRole("tabpanel", { name: "Servers" })).toBeVisible();
};

/** As if these were the servers of somebody with a keychain. */
const tell = async (stage: Stage, change: (server: Server) => Server = (server) => server): Promise<void> => {
  const list = picturedServers();
  await stage.tell("servers.changed", { ...list, servers: list.servers.map(change) });
  await expect(stage.page.getByRole("listitem", { name: "Workstation" })).toBeVisible();
};

const chooseModel = async (stage: Stage, modelId: string): Promise<void> => {
  await stage.page.evaluate(async (id) => {
    const { r1 } = window as unknown as { r1: Bridge };
    await r1.call("models.use", { modelId: id });
  }, modelId);
};

/** A new chat with the model of a server, which nothing is sent to. Returns how to leave it. */
const withServer = async (stage: Stage): Promise<() => Promise<void>> => {
  const { id, before } = await stage.page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const [models, settings] = [await r1.call("models.list", {}), await r1.call("settings.get", {})];
    if (!models.ok || !settings.ok) throw new Error("The models are not known.");
    const model = models.value.find(({ source }) => source.kind === "server" && !source.isThisMachine);
    return { id: model?.id ?? "", before: settings.value.defaultModelId };
  });
  await chooseModel(stage, id);
  await stage.newChat();
  await expect(stage.page.locator(".server-line")).toBeVisible();
  return async () => {
    await stage.page.evaluate(async (defaultModelId) => {
      const { r1 } = window as unknown as { r1: Bridge };
      await r1.call("settings.change", { defaultModelId });
    }, before);
  };
};

const turnOffline = (stage: Stage, isOffline: boolean): Promise<void> =>
  stage.page.evaluate(async (offline) => {
    const { r1 } = window as unknown as { r1: Bridge };
    await r1.call("settings.change", { offline });
  }, isOffline);

const edit = async (stage: Stage): Promise<void> => {
  await stage.page.getByRole("button", { name: "More about Workstation" }).click();
  await stage.page.getByRole("menuitem", { name: "Edit…" }).click();
  await expect(stage.page.getByRole("dialog")).toBeVisible();
};

export const serversStates: PictureState[] = [
  { name: "servers/empty", home: "new", show: open },
  {
    name: "servers/list",
    home: "used",
    show: async (stage) => {
      await open(stage);
      await tell(stage);
    },
  },
  {
    name: "servers/failed",
    home: "used",
    show: async (stage) => {
      await open(stage);
      await tell(stage);
    },
    subject: (page) => page.locator(".server").last(),
  },
  {
    name: "servers/testing",
    home: "used",
    show: async (stage) => {
      await open(stage);
      await tell(stage, (server) => ({ ...server, test: { state: "running" } }));
    },
  },
  {
    name: "servers/add",
    home: "used",
    show: async (stage) => {
      await open(stage);
      await stage.page.locator("#setting-servers").click();
      await expect(stage.page.getByRole("dialog")).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "servers/add-refused",
    home: "used",
    show: async (stage) => {
      await open(stage);
      await stage.page.locator("#setting-servers").click();
      await stage.page.getByRole("dialog").getByLabel("Address").fill("http://gpu.example.org:8000/v1");
      await stage.page.getByRole("button", { name: "Save and test" }).click();
      await expect(stage.page.getByRole("checkbox")).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "servers/edit",
    home: "used",
    show: async (stage) => {
      await open(stage);
      await tell(stage);
      await edit(stage);
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "servers/remove",
    home: "used",
    show: async (stage) => {
      await open(stage);
      await tell(stage);
      await stage.page.getByRole("button", { name: "More about Workstation" }).click();
      await stage.page.getByRole("menuitem", { name: "Remove…" }).click();
      await expect(stage.page.getByRole("alertdialog")).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "servers/picker",
    home: "used",
    show: async (stage) => {
      const leave = await withServer(stage);
      await stage.page.getByRole("combobox", { name: "Model", exact: true }).click();
      await expect(stage.page.locator(".picker-group").first()).toBeVisible();
      return async () => {
        await stage.page.keyboard.press("Escape");
        await leave();
      };
    },
    subject: (page) => page.locator(".picker-group").last(),
  },
  {
    name: "servers/picker-offline",
    home: "used",
    show: async (stage) => {
      const leave = await withServer(stage);
      await turnOffline(stage, true);
      await stage.page.getByRole("combobox", { name: "Model", exact: true }).click();
      await expect(stage.page.locator(".picker-row[data-disabled]").first()).toBeVisible();
      return async () => {
        await stage.page.keyboard.press("Escape");
        await turnOffline(stage, false);
        await leave();
      };
    },
    subject: (page) => page.locator(".picker-group").last(),
  },
  { name: "servers/new-chat", home: "used", show: withServer },
  {
    name: "servers/message",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await receive(stage, {
        thought: "Let me think about the tides.",
        answer: "The moon pulls the water towards it.",
      });
      const message = await stage.page.evaluate(async () => {
        const { r1 } = window as unknown as { r1: Bridge };
        const chatId = window.location.hash.split("/").at(-1) ?? "";
        const outcome = await r1.call("chats.open", { chatId, at: null });
        return outcome.ok ? outcome.value.messages.at(-1) : undefined;
      });
      if (message === undefined) throw new Error("The chat has no reply.");
      const server = { name: "Workstation", host: "gpu.example.org", isThisMachine: false };
      const model = { id: "w1", name: "deepseek-ai/DeepSeek-R1", server };
      await stage.tell("runs.ended", { chatId: message.chatId, runId: "", message: { ...message, model } });
      await expect(replies(stage.page).last()).toContainText("gpu.example.org");
    },
  },
  {
    name: "servers/models",
    home: "used",
    show: async (stage) => {
      await stage.goTo("Models");
      await expect(stage.page.getByRole("row", { name: "deepseek-ai/DeepSeek-R1 (Workstation)" })).toBeVisible();
    },
    subject: (page) => page.getByRole("row", { name: "deepseek-ai/DeepSeek-R1 (Workstation)" }),
  },
];
