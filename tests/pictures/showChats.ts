import type { Stage } from "./PictureState.ts";

/** Shows the chats over the page, where the sidebar is a rail. */
export async function showChats({ page }: Stage): Promise<void> {
  const button = page.locator(".rail-top > button").first();
  if (await button.isVisible()) await button.click();
}
