const SEATS = Array.from({ length: 9 }, (_, seat) => {
  const angle = (seat / 9) * 2 * Math.PI - Math.PI / 2;
  return [20 + 14.5 * Math.cos(angle), 20 + 14.5 * Math.sin(angle)].map((at) => at.toFixed(2));
});

/** The sign of the house: seats around a table, one of them free. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" width="32" height="32" aria-hidden="true" focusable="false">
      {SEATS.map(([x, y], seat) => (
        <circle key={seat} class={seat === 1 ? 'mark-free' : 'mark-seat'} cx={x} cy={y} r="3.6" />
      ))}
      <circle class="mark-table" cx="20" cy="20" r="6.5" />
    </svg>
  );
}
