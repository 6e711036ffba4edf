import type { ReactNode } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { FaultBoundary } from "../../parts/FaultBoundary.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import type { LiveRun } from "../../stores/runs.ts";
import { useShell } from "../../stores/useStores.ts";
import { PlainMessage } from "./PlainMessage.tsx";

export interface MessageBoundaryProps {
  message: Message;
  run: LiveRun | undefined;
  children: ReactNode;
}

/** Wraps a message. If it cannot be rendered, it is shown as plain text; other messages are not affected. */
export function MessageBoundary({ message, run, children }: MessageBoundaryProps) {
  const logFault = useShell((state) => state.logFault);
  return (
    <FaultBoundary
      logFault={logFault}
      triedWith={message.state}
      fallback={(faultId) => (
        <PlainMessage message={message} run={run}>
          <ProblemNotice problem={{ code: "message-not-drawn", facts: { faultId } }} />
        </PlainMessage>
      )}
    >
      {children}
    </FaultBoundary>
  );
}
