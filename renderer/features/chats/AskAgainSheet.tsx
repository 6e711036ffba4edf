import { useVotes } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { secondsOfReply } from "./secondsOfReply.ts";
import { VoteSheet } from "./VoteSheet.tsx";

/** With the reply that is there, they are an odd number, which leaves fewer ties. */
const offered = [2, 4, 7, 15, 31];

/** Has the question of a reply answered more times. */
export function AskAgainSheet() {
  const { say, figures } = useTexts();
  const reply = useVotes((state) => state.asking);
  const ask = useVotes((state) => state.ask);
  const start = useVotes((state) => state.start);
  if (reply === null) return null;
  const each = secondsOfReply(reply.stats);
  return (
    <VoteSheet
      about={say("chats:votes.about")}
      label={say("chats:votes.more")}
      offered={offered}
      usual={4}
      takes={(answers) =>
        each === null
          ? say("chats:votes.takesUnknown")
          : say("chats:votes.takes", { each: figures.roughly(each), all: figures.roughly(each * answers) })
      }
      onAsk={(answers) => void start(reply.id, answers)}
      onClose={() => ask(null)}
    />
  );
}
