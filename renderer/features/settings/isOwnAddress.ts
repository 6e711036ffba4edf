/** Returns whether an address is this computer's own, as a connection names it. */
export const isOwnAddress = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);
