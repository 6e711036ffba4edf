import type { ReactNode } from "react";

export interface SectionHeadProps {
  id?: string;
  title: ReactNode;
  /** Quiet facts beside the title. */
  note?: ReactNode;
  /** Actions, at the end. */
  children?: ReactNode;
}

/** The title of a section. */
export function SectionHead({ id, title, note, children }: SectionHeadProps) {
  return (
    <div className="section-head">
      <h2 id={id}>{title}</h2>
      {note !== undefined && <span className="quiet small clip">{note}</span>}
      <span className="grow" />
      {children}
    </div>
  );
}
