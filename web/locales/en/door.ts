export const door = {
  'refusal.door-unknown': 'Nobody is known by this',
  'refusal.door-session': 'This event has no such session',
  'refusal.door-pending': 'The registration is not confirmed yet',
  'refusal.door-waiting': 'On the waiting list',
  'refusal.door-ended': 'The registration was cancelled',
  'refusal.door-replaced': 'Somebody else comes in their stead',
  'refusal.door-cancelled': 'The event is cancelled',
  'refusal.door-no-place': 'No place in this session',
  'refusal.door-other-step': 'This was noted for something else already',
  'refusal.door-crowded': 'Too many devices have opened this door',
};
