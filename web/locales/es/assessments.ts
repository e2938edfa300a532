import type { assessments as en } from '../en/assessments.ts';

export const assessments = {
  'assessments.title': 'Autoevaluaciones',
  'assessments.lead': 'Cada año, cada ciudad se hace las mismas preguntas, con su nombre.',
  'assessments.none': 'Todavía no hay autoevaluación',
  'assessments.noneLead': 'Cree la primera: se pregunta por correo a un contacto de cada ciudad.',
  'assessments.of': 'Autoevaluación {year}',
  'assessments.year': 'Año',
  'assessments.new': 'Nueva autoevaluación',
  'assessments.newLead': 'Empieza con los indicadores de la red. Revíselos, cámbielos y después ábrala.',
  'assessments.network': 'La red a lo largo de los años',
  'assessments.mean': 'Media de todas las ciudades',
  'assessments.others': 'Media de las demás ciudades',
  'assessments.settings': 'Preguntas y ajustes',
  'assessments.nobody': 'Todavía no se ha preguntado a nadie',
  'assessments.city': 'Ciudad',
  'assessments.country': 'País',
  'assessments.yes': 'ha respondido',
  'assessments.no': 'aún no',
  'assessments.changed': 'Cambiada',
  'assessments.open.consequence':
    'Se pregunta a {n, plural, one {# ciudad} many {# de ciudades} other {# ciudades}}, a un contacto de cada una, de día. Lo que se pregunta queda fijado para siempre.',
  'assessments.city.title': 'La autoevaluación a lo largo de los años',
  'assessments.city.lead':
    'Sus propias respuestas, con nombre para ustedes y la secretaría. De las demás ciudades ven dónde están todas juntas, y nunca una de ellas.',
  'assessments.city.none': 'Todavía no se ha respondido ninguna autoevaluación',
  'assessments.city.noneLead': 'Cuando la secretaría abre una, se pregunta por correo a un contacto de la ciudad.',
  'assessments.city.answer': 'Responder para {year}',
  'assessments.city.change': 'Cambiar las respuestas de {year}',
  'assessments.city.go': 'Autoevaluación',
  'assessments.few':
    'El lugar entre las demás se muestra cuando el año está cerrado y han respondido al menos otras diez ciudades.',
  'assessments.among': 'En {year} respondieron otras {n, number} ciudades.',
  'assessments.amongSize': '{n, number} de ellas son de su tamaño.',
  'assessments.fewOfSize': 'Las ciudades de su tamaño son demasiado pocas para mostrarlas aparte.',
  'assessments.place.all': 'Entre todas las demás',
  'assessments.place.ofSize': 'Entre las ciudades de su tamaño',
  'assessments.place.below': 'más bajo que la mayoría',
  'assessments.place.middle': 'en la mitad central',
  'assessments.place.above': 'más alto que la mayoría',
  'assessments.changes':
    'Las respuestas de {year} se cambiaron {n, plural, one {# vez} many {# de veces} other {# veces}}; se conserva lo que eran antes.',
  'assessments.mail.subject': '{title}: {organisation}',
  'assessments.mail.heading': '¿Cómo se ve su ciudad este año?',
  'assessments.mail.lead':
    'Una vez al año, cada ciudad de la red se evalúa a sí misma. Usted responde por {organisation}; puede cambiar las respuestas hasta el cierre y ver cómo evoluciona su ciudad.',
  'assessments.mail.reminder': '{organisation} todavía no ha respondido. Lleva unos diez minutos, sin identificarse.',
  'assessments.mail.why': 'Recibe este mensaje porque es contacto de {organisation}.',
  'questionnaires.done.answered.change':
    'Sus respuestas han llegado. Puede cambiarlas hasta el cierre; se conserva lo que eran antes.',
  'questionnaires.done.change': 'Cambiar mis respuestas',
} satisfies Record<keyof typeof en, string>;
