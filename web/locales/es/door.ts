export const door = {
  'refusal.door-unknown': 'Nadie figura con este código',
  'refusal.door-session': 'El evento no tiene esta sesión',
  'refusal.door-pending': 'La inscripción aún no está confirmada',
  'refusal.door-waiting': 'En lista de espera',
  'refusal.door-ended': 'La inscripción fue cancelada',
  'refusal.door-replaced': 'Otra persona viene en su lugar',
  'refusal.door-cancelled': 'El evento está cancelado',
  'refusal.door-no-place': 'Sin plaza en esta sesión',
  'refusal.door-other-step': 'Esto ya se anotó para otra cosa',
  'refusal.door-crowded': 'Demasiados dispositivos han abierto esta puerta',
};
