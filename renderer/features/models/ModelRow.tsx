import { Fragment, type ReactNode } from "react";
import { useKeptFocus } from "../../parts/useKeptFocus.ts";

export interface ModelRowProps {
  name: string;
  /** What screen readers call the row. Left out: the name. */
  label?: string;
  /** Where the model is, for the tip of its name. */
  place?: string | undefined;
  badges?: ReactNode;
  /** The facts of the second line; those that are null or false are left out. */
  facts: readonly (ReactNode | null | false)[];
  /** The first of these facts in a narrow row, which has no bar. */
  memoryWords?: ReactNode;
  /** Columns 2 to 4. */
  size?: ReactNode;
  memory?: ReactNode;
  speed?: ReactNode;
  /** Takes the place of columns 2 to 4: a download, a load, a failure. */
  busy?: ReactNode;
  action: ReactNode;
  /** The menu at the end. */
  more?: ReactNode;
  /** Shown below the row. */
  detail?: ReactNode;
}

/** Stays at the end of a line where the facts need two. */
const separator = "\u00A0· ";

/** One model of the table. What happens to it does not change the row's height. */
export function ModelRow(props: ModelRowProps) {
  const { name, label = name, place, badges, facts, memoryWords, size, memory, speed, busy, action, more } = props;
  const keptFocus = useKeptFocus<HTMLTableCellElement>();
  const shown = facts.filter((fact) => fact !== null && fact !== false && fact !== "");
  return (
    <>
      <tr aria-label={label} className="model-row">
        <th scope="row" className="model-names">
          <div className="model-name-line">
            <bdi className="model-name" title={place ?? name}>
              {name}
            </bdi>
            {badges}
          </div>
          <div className="model-line">
            {memoryWords !== undefined && (
              <span className="only-narrow">
                {memoryWords}
                {shown.length > 0 && separator}
              </span>
            )}
            {shown.map((fact, index) => (
              // The facts of a row keep their order.
              <Fragment key={index}>
                {index > 0 && separator}
                {fact}
              </Fragment>
            ))}
          </div>
        </th>
        {busy === undefined ? (
          <>
            <td className="model-size">{size}</td>
            <td className="model-memory">{memory}</td>
            <td className="model-speed">{speed}</td>
          </>
        ) : (
          <td colSpan={3} className="model-busy">
            {busy}
          </td>
        )}
        <td className="model-action" {...keptFocus}>
          {action}
          {more}
        </td>
      </tr>
      {props.detail !== undefined && props.detail !== null && props.detail !== false && (
        <tr className="model-detail">
          <td colSpan={5}>{props.detail}</td>
        </tr>
      )}
    </>
  );
}
