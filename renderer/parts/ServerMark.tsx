import { ArrowUpRight } from "lucide-react";
import type { WrittenAt } from "../../electron/contract/servers.ts";
import { useSay } from "../texts.ts";

/** Says whether what is sent to a server leaves this machine; its tip names the server. */
export function ServerMark({ place: { name, host, isThisMachine } }: { place: WrittenAt }) {
  const say = useSay("servers");
  return (
    <span className="badge server-mark" title={say(isThisMachine ? "hereAt" : "leavesTo", { name, host })}>
      {!isThisMachine && <ArrowUpRight size={12} aria-hidden />}
      {say(isThisMachine ? "here" : "leaves")}
    </span>
  );
}
