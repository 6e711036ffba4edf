/** Whether something is in memory: a full dot, or a hollow one. The words are for screen readers and the tip. */
export function Dot({ isOn, label }: { isOn: boolean; label?: string }) {
  return (
    <span className={isOn ? "dot" : "dot is-off"} title={label}>
      {label !== undefined && <span className="visually-hidden">{label}</span>}
    </span>
  );
}
