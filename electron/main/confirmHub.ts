import { dialog, type BrowserWindow } from "electron";

/** Asks whether to connect to a hub for the first time. The page cannot answer or close this dialog. */
export async function confirmHub(window: BrowserWindow, origin: string): Promise<boolean> {
  const { protocol } = new URL(origin);
  const detail = [
    "This address is set as the hub in Settings, and the app has not connected to it before. The hub will see this machine’s network address, what you search for and what you download. A token saved for another hub is not sent to it.",
    ...(protocol === "https:" ? [] : ["The connection is not encrypted."]),
  ];
  const { response } = await dialog.showMessageBox(window, {
    type: "question",
    message: `Connect to ${origin}?`,
    detail: detail.join("\n\n"),
    buttons: ["Connect", "Cancel"],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
