import type { ReactNode } from "react";

/** A field with its label above, in the row with which something is started. */
export function SetupField({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="setup-field">
      <span>{label}</span>
      {children}
    </label>
  );
}
