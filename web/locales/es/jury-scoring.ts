import type { juryScoring as en } from '../en/jury-scoring.ts';

export const juryScoring: Record<keyof typeof en, string> = {
  'judging.conflicts.withdraw': 'Retirar',
  'judging.conflicts.withdrawName': 'Retirar lo que declaró sobre {name}',
  'notice.declarationWithdrawn': 'Retirada. Queda constancia de que la había declarado.',
  'judging.scoring.title': 'Puntuación',
  'judging.scoring.closed': 'La puntuación se cerró el {when}: ninguna evaluación cambia ya.',
  'judging.scoring.closedDesk': 'La puntuación se cerró el {when}. Lo que entregó cuenta; ya no cambia nada.',
  'judging.scoring.allIn': 'Se han entregado todas las evaluaciones.',
  'judging.scoring.left':
    '{n, plural, one {A # miembro del jurado le quedan} many {A # miembros del jurado les quedan} other {A # miembros del jurado les quedan}} evaluaciones por entregar.',
  'judging.scoring.ends': 'Hasta cuándo se pide al jurado que puntúe',
  'judging.scoring.endsHint':
    'Lo ven en su mesa y en sus correos. Tres días antes se avisa a quien tenga evaluaciones pendientes. Nada se cierra solo.',
  'judging.scoring.endsGo': 'Guardar la fecha',
  'judging.scoring.remind': 'Avisar a quien tiene evaluaciones pendientes ({n})',
  'judging.scoring.close': 'Cerrar la puntuación',
  'judging.scoring.open': 'Volver a abrir la puntuación',
  'judging.scoring.until': 'Entregue sus evaluaciones antes del {when}, por favor.',
  'judging.wishes.title': 'Qué le gustaría leer',
  'judging.wishes.lead':
    'Marque las candidaturas que leería con gusto. Ayuda a repartirlas; no asegura que las reciba. Aquello con lo que tiene un conflicto no está en la lista.',
  'judging.wishes.none': 'Aún no hay ninguna candidatura que pueda leer.',
  'judging.wishes.go': 'Guardar mis preferencias',
  'judging.wishes.toIt': 'Decir qué candidaturas le gustaría leer',
  'judging.wishes.heading': 'Qué le gustaría leer al jurado',
  'judging.wishes.ask':
    'Antes de repartir, los miembros del jurado pueden decir qué candidaturas leerían con gusto. La asignación automática lo tiene en cuenta.',
  'judging.wishes.askGo': 'Preguntar al jurado por correo',
  'judging.wishes.asked': 'Se está preguntando al jurado qué candidaturas leería con gusto.',
  'judging.wishes.stop': 'Dejar de preguntar',
  'judging.asked.assignedSubject': 'Para leer en el jurado: {call}',
  'judging.asked.assignedHeading': 'Sus candidaturas están en su mesa',
  'judging.asked.assigned':
    '{n, plural, one {# candidatura de «{call}» está} many {# candidaturas de «{call}» están} other {# candidaturas de «{call}» están}} en su mesa para leer y puntuar.',
  'judging.asked.remindedSubject': 'Evaluaciones pendientes: {call}',
  'judging.asked.remindedHeading': 'El jurado espera sus evaluaciones',
  'judging.asked.reminded':
    '{n, plural, one {# evaluación de «{call}» no está entregada} many {# evaluaciones de «{call}» no están entregadas} other {# evaluaciones de «{call}» no están entregadas}} todavía. Lo que ha escrito hasta ahora está guardado.',
  'judging.asked.wishesSubject': '¿Qué le gustaría leer? {call}',
  'judging.asked.wishesHeading': '¿Qué candidaturas leería con gusto?',
  'judging.asked.wishes': 'Antes de repartir las candidaturas de «{call}», puede decir cuáles leería con gusto.',
  'notice.scoringEndSet': 'La fecha está guardada. Se avisa a quien tiene evaluaciones pendientes.',
  'notice.scoringClosed': 'La puntuación está cerrada.',
  'notice.scoringOpened': 'La puntuación está abierta de nuevo.',
  'notice.jurorsReminded': 'Quien tiene evaluaciones pendientes recibe un correo.',
  'notice.wishesOpened': 'Se pregunta al jurado por correo.',
  'notice.wishesClosed': 'Ya no se pregunta al jurado. Lo que pidió queda guardado.',
  'notice.wished': 'Sus preferencias están guardadas.',
  'refusal.scoring-closed':
    'La puntuación está cerrada: las evaluaciones ya no cambian. Pida a la presidencia que la vuelva a abrir.',
  'refusal.assigned-already': 'Ya se han repartido candidaturas.',
  'refusal.wishes-closed': 'En este momento no se le pregunta qué candidaturas le gustaría leer.',
};
