import { type BrowserWindow, clipboard, type ContextMenuParams, Menu, type MenuItemConstructorOptions } from "electron";
import type { Texts } from "../texts/texts.ts";

/** Protocols of links that may be opened, and so copied. Links inside the app have no meaning elsewhere. */
const copied = /^(?:https?|mailto):/i;
const mostSuggestions = 5;

/** What was clicked, as Chromium reports it. */
export type Clicked = Pick<
  ContextMenuParams,
  "dictionarySuggestions" | "editFlags" | "isEditable" | "linkURL" | "misspelledWord" | "selectionText"
>;

/** What the commands of a context menu do outside the page's own editing. */
export interface ContextMenuDeeds {
  copyText: (text: string) => void;
  replaceMisspelling: (word: string) => void;
  addToDictionary: (word: string) => void;
}

/** Shows the menu for what was clicked, if there is anything to do with it. */
export function showContextMenu(window: BrowserWindow, texts: Texts, params: ContextMenuParams): void {
  const { webContents: contents } = window;
  const template = contextMenu(texts, params, {
    copyText: (text) => void clipboard.writeText(text),
    replaceMisspelling: (word) => contents.replaceMisspelling(word),
    addToDictionary: (word) => contents.session.addWordToSpellCheckerDictionary(word),
  });
  if (template.length === 0) return;
  // From the keyboard, the menu belongs at the caret and not at the mouse.
  const place = params.menuSourceType === "keyboard" ? { x: params.x, y: params.y } : {};
  Menu.buildFromTemplate(template).popup({ window, ...place });
}

/**
 * Returns the commands for what was clicked. None of them asks the network: there is no look-up, no translation and no
 * search.
 */
export function contextMenu(
  { say }: Texts,
  { dictionarySuggestions, editFlags, isEditable, linkURL, misspelledWord, selectionText }: Clicked,
  { copyText, replaceMisspelling, addToDictionary }: ContextMenuDeeds,
): MenuItemConstructorOptions[] {
  const spelling: MenuItemConstructorOptions[] =
    misspelledWord === "" || !isEditable
      ? []
      : [
          ...dictionarySuggestions
            .slice(0, mostSuggestions)
            .map((word) => ({ label: inLabel(word), click: () => replaceMisspelling(word) })),
          { label: say("menu.addToDictionary"), click: () => addToDictionary(misspelledWord) },
        ];
  const link: MenuItemConstructorOptions[] = copied.test(linkURL)
    ? [{ label: say("menu.copyLink"), click: () => copyText(linkURL.replace(/^mailto:/i, "")) }]
    : [];
  const field: MenuItemConstructorOptions[] = isEditable
    ? [
        { role: "undo", label: say("menu.undo"), enabled: editFlags.canUndo },
        { role: "redo", label: say("menu.redo"), enabled: editFlags.canRedo },
        { type: "separator" },
        { role: "cut", label: say("menu.cut"), enabled: editFlags.canCut },
        { role: "copy", label: say("menu.copy"), enabled: editFlags.canCopy },
        { role: "paste", label: say("menu.paste"), enabled: editFlags.canPaste },
        { role: "selectAll", label: say("menu.selectAll"), enabled: editFlags.canSelectAll },
      ]
    : selectionText.trim() === ""
      ? []
      : [{ role: "copy", label: say("menu.copy") }];
  return [spelling, link, field]
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [{ type: "separator" } as const, ...part]));
}

/** An ampersand in a label would mark the next character as its access key. */
const inLabel = (word: string): string => word.replaceAll("&", "&&");
