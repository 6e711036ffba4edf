import type { ReactNode, Ref } from "react";

export interface SectionHeadProps {
  id?: string;
  /** To give its title the focus. */
  ref?: Ref<HTMLHeadingElement>;
  title: ReactNode;
  /** Quiet facts beside the title. */
  note?: ReactNode;
  /** Actions, at the end. */
  children?: ReactNode;
}

/** The title of a section. */
export function SectionHead({ id, ref, title, note, children }: SectionHeadProps) {
  return (
    <div className="section-head">
      <h2 ref={ref} id={id} tabIndex={ref === undefined ? undefined : -1}>
        {title}
      </h2>
      {note !== undefined && <span className="quiet small clip">{note}</span>}
      <span className="grow" />
      {children}
    </div>
  );
}
