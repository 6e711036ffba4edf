import { useSay } from "../../texts.ts";

/** The same columns for every table on the screen, so that the tables align. */
export function ModelColumns() {
  const say = useSay("models");
  return (
    <>
      <colgroup>
        <col className="column-name" />
        <col className="column-size" />
        <col className="column-memory" />
        <col className="column-speed" />
        <col className="column-action" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{say("columns.name")}</th>
          <th scope="col" className="is-figure">
            {say("columns.size")}
          </th>
          <th scope="col" className="cell-memory">
            {say("columns.memory")}
          </th>
          <th scope="col" className="is-figure cell-speed">
            {say("columns.speed")}
          </th>
          <th scope="col">
            <span className="visually-hidden">{say("columns.action")}</span>
          </th>
        </tr>
      </thead>
    </>
  );
}
