/** Without letters and digits that are easily confused. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

export const faultIdPattern = /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/;

/** Returns a new id for an unexpected failure, such as "K7QF-2M9X". It is shown to the user and names the log entry. */
export function newFaultId(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[Math.floor(Math.random() * alphabet.length)]);
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}
