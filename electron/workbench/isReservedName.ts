/** Windows device names, with any extension, and with spaces before it. */
const reservedName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?$/i;

/** Returns whether Windows would take a file of this name for a device. */
export const isReservedName = (name: string): boolean => reservedName.test(name);
