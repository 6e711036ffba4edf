/** One set of columns for every table on the screen, so that they read as one. */
export function ModelColumns({ first }: { first: string }) {
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
          <th scope="col">{first}</th>
          <th scope="col" className="is-figure">
            Size
          </th>
          <th scope="col" className="cell-memory">
            Memory
          </th>
          <th scope="col" className="is-figure cell-speed">
            Speed
          </th>
          <th scope="col">
            <span className="visually-hidden">Action</span>
          </th>
        </tr>
      </thead>
    </>
  );
}
