// A process that writes replies in two chats by turns, until it is killed: turningWorkbench.mjs HOME. Run it with the
// shipped Node, which reads TypeScript. Prints one line for each reply.
import { fileURLToPath } from "node:url";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { openWorkbench } from "../../../electron/workbench/workbench.ts";

const [home = ""] = process.argv.slice(2);
const outFolder = fileURLToPath(new URL("../../../out/cli", import.meta.url));
const workbench = await openWorkbench({ ...appPaths(outFolder), home });
const { chats } = await workbench.call("chats.list", {});
const ids = chats.slice(0, 2).map(({ id }) => id);
while (ids.length < 2) ids.push((await workbench.call("chats.create", {})).id);
for (let turn = 0; ; turn++) {
  // One chat gets two messages in a row, so that it is also read ahead and not only left.
  const chatId = ids[turn % 3 === 2 ? 1 : 0] ?? "";
  const { messages } = await workbench.call("chats.open", { chatId, atEnd: true });
  const text = `What is ${turn} + 25? Please tell me.`;
  const [first] = messages;
  // A long chat begins anew, so that the context is never full.
  const { runId } =
    first === undefined || messages.length < 5
      ? await workbench.call("chats.send", { chatId, text })
      : await workbench.call("chats.edit", { messageId: first.id, text });
  await new Promise((resolve) => {
    workbench.attachRun(runId, (frame) => frame.kind === "ended" && resolve(null));
  });
  process.stdout.write(`reply ${turn}\n`);
}
