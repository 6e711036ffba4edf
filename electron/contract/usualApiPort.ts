/** The port that this app serves on if no other was chosen. */
export const usualApiPort = 8321;
