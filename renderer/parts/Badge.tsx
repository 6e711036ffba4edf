import type { ReactNode } from "react";

/** A word or two about the name beside it. */
export function Badge({ accent = false, children }: { accent?: boolean; children: ReactNode }) {
  return <span className={accent ? "badge accent" : "badge"}>{children}</span>;
}
