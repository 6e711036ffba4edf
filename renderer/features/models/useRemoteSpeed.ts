import type { RemoteModel } from "../../../electron/contract/models.ts";
import { useTexts } from "../../texts.ts";
import type { SpeedWords } from "./speedWords.ts";

/** Returns how fast the last replies of a server's model arrived, or null if none has. */
export function useRemoteSpeed({ measuredTokensPerSecond, lastUsedAt }: RemoteModel): SpeedWords | null {
  const { say, figures } = useTexts();
  if (measuredTokensPerSecond === null) return null;
  const note = say("servers:received");
  return {
    figure: figures.speed(measuredTokensPerSecond),
    note: lastUsedAt === null ? note : say("servers:receivedOn", { day: figures.dayShort(lastUsedAt) }),
    shortNote: note,
    tip: say("servers:speedHint"),
    fraction: null,
  };
}
