/** How long titles of chats and names of folders may be, in UTF-16 units. */
export const mostTitleChars = 200;
export const mostFolderNameChars = 100;

/** The same for a prompt preset: its name and its text. */
export const mostPresetNameChars = 80;
export const mostPresetTextChars = 20_000;

/** Returns whether a name has a character that can be seen: not only spaces, direction marks and the like. */
export const isVisibleName = (name: string): boolean => /[^\p{C}\p{Z}\p{M}]/u.test(name);

/** How long the name of a server may be. */
export const mostServerNameChars = 80;
