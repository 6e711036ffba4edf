import type { ActionId } from "../contract/actions.ts";
import type { Texts } from "./texts.ts";

/** Returns the name of an action, as the menu, the command palette and the sheet of shortcuts show it. */
export const actionName = ({ say }: Pick<Texts, "say">, id: ActionId): string => say(`commands:names.${id}`);
