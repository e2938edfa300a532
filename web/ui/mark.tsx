const SEATS = 9;

/** The sign of the house: seats around a table, one of them free. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" width="32" height="32" aria-hidden="true" focusable="false">
      {Array.from({ length: SEATS }, (_, seat) => {
        const angle = (seat / SEATS) * 2 * Math.PI - Math.PI / 2;
        const [x, y] = [20 + 14.5 * Math.cos(angle), 20 + 14.5 * Math.sin(angle)];
        return <circle key={seat} class={seat === 1 ? 'mark-free' : 'mark-seat'} cx={x.toFixed(2)} cy={y.toFixed(2)} r="3.6" />;
      })}
      <circle class="mark-table" cx="20" cy="20" r="6.5" />
    </svg>
  );
}
