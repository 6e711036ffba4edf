import type { ReactNode, Ref } from "react";

export interface HeadlineProps {
  figures: readonly { value: string; unit: string }[];
  /** To scroll to it and to give it the focus. */
  ref?: Ref<HTMLHeadingElement>;
  /** Actions, at the end. */
  children?: ReactNode;
}

/** The spaces and the sign in "1 055" and "+67 %", as French writes them. */
const signs = /([\s%]+)/;

/** What was measured, in large figures. It is the heading of its section. */
export function Headline({ figures, ref, children }: HeadlineProps) {
  return (
    <div className="headline">
      <h2 ref={ref} tabIndex={-1}>
        {figures.map(({ value, unit }, index) => (
          <span key={unit} className="headline-part">
            {index > 0 && <span className="visually-hidden">, </span>}
            <span className="headline-figure">
              {value.split(signs).map((part, at) =>
                // Odd parts are spaces and percent signs. Their order never changes.
                at % 2 === 0 ? (
                  part
                ) : (
                  <span key={at} className="headline-sign">
                    {part}
                  </span>
                ),
              )}
            </span>{" "}
            <span className="quiet">{unit}</span>
          </span>
        ))}
      </h2>
      <span className="grow" />
      {children}
    </div>
  );
}
