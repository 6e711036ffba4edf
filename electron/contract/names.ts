/** How long titles of chats and names of folders may be, in UTF-16 units. */
export const mostTitleChars = 200;
export const mostFolderNameChars = 100;

/** Returns whether a name has a character that can be seen: not only spaces, direction marks and the like. */
export const isVisibleName = (name: string): boolean => /[^\p{C}\p{Z}\p{M}]/u.test(name);
