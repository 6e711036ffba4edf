import { ArrowUpRight } from "lucide-react";
import type { WrittenAt } from "../../../electron/contract/servers.ts";
import { useSay } from "../../texts.ts";
import { plainName } from "./replyModelName.ts";

/** A mark of a reply that a server wrote: whether it left this machine, and where it was written. */
export function ReplyPlace({ place }: { place: WrittenAt }) {
  const say = useSay("servers");
  const written = useWrittenOn(place);
  return (
    <span className="reply-place" title={written}>
      {!place.isThisMachine && <ArrowUpRight size={12} aria-hidden />}
      <span className="reply-place-words">{say(place.isThisMachine ? "here" : "leaves")}</span>{" "}
      <bdi className="clip">{plainName(place.host)}</bdi>
    </span>
  );
}

/** The same in a sentence, where there is no tip. */
export function WrittenOn({ place }: { place: WrittenAt }) {
  return useWrittenOn(place);
}

function useWrittenOn({ name, host, isThisMachine }: WrittenAt): string {
  const say = useSay("servers");
  return say(isThisMachine ? "wroteHere" : "wroteAway", { name: plainName(name), host: plainName(host) });
}
