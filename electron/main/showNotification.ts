import { Notification } from "electron";

/** Without a reference, a notification may be collected as garbage, and a click on it does nothing. */
const shown = new Set<Notification>();
/** Systems that never say that a notification was closed would fill the memory. */
const mostShown = 20;

/** Shows a notification of the system, if it has any. `onClick` is called if the user clicks it. */
export function showNotification(words: { title: string; body: string }, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(words);
  const forget = (): void => void shown.delete(notification);
  notification.on("click", () => {
    forget();
    onClick();
  });
  notification.on("close", forget);
  shown.add(notification);
  const [oldest] = shown;
  if (oldest !== undefined && shown.size > mostShown) shown.delete(oldest);
  notification.show();
}
