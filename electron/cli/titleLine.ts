import type { Texts } from "../texts/texts.ts";

/** Returns the title of a chat on one line, or what stands for one that is empty. */
export const titleLine = ({ say }: Texts, title: string): string =>
  title === "" ? say("chats:untitled") : title.replaceAll(/\s+/g, " ");
