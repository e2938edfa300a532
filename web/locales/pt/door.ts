export const door = {
  'refusal.door-unknown': 'Ninguém consta com este código',
  'refusal.door-session': 'O evento não tem esta sessão',
  'refusal.door-pending': 'A inscrição ainda não está confirmada',
  'refusal.door-waiting': 'Na lista de espera',
  'refusal.door-ended': 'A inscrição foi cancelada',
  'refusal.door-replaced': 'Outra pessoa vem em seu lugar',
  'refusal.door-cancelled': 'O evento foi cancelado',
  'refusal.door-no-place': 'Sem lugar nesta sessão',
  'refusal.door-other-step': 'Isto já foi registado para outra coisa',
  'refusal.door-crowded': 'Demasiados dispositivos abriram esta porta',
};
