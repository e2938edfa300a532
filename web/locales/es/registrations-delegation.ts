import type { registrationsDelegation as en } from '../en/registrations-delegation.ts';

export const registrationsDelegation = {
  'registrations.delegation.of': 'Delegación de {organisation}',
  'registrations.delegation.counts':
    '{confirmed, plural, =0 {Nadie confirmado} one {# confirmada} many {# confirmadas} other {# confirmadas}}{waiting, plural, =0 {} one {, # en espera} many {, # en espera} other {, # en espera}}{pending, plural, =0 {} one {, # por decidir} many {, # por decidir} other {, # por decidir}}',
  'registrations.delegation.offers':
    '{n, plural, one {Se ofrece plaza a # persona} many {Se ofrecen plazas a # personas} other {Se ofrecen plazas a # personas}}',
  'registrations.delegation.toDecide':
    '{n, plural, one {# persona espera su aprobación} many {# personas esperan su aprobación} other {# personas esperan su aprobación}}',
  'registrations.delegation.more': 'Inscribir a más personas',
  'registrations.delegation.begin': 'Inscribir a personas',
  'registrations.delegation.people': 'Personas de la delegación',
  'registrations.delegation.state': 'Estado',
  'registrations.delegation.actions': 'Qué se puede hacer',
  'registrations.delegation.replace': 'Sustituir',
  'registrations.delegation.change': 'Cambiar',
  'registrations.delegation.answers': 'Respuestas de la delegación',
  'registrations.delegation.until': 'Las personas, categorías y respuestas se pueden cambiar hasta el {when}.',
  'registrations.delegation.offer':
    '{n, plural, one {Se ofrece una plaza a {names}} many {Se ofrecen # plazas a {names}} other {Se ofrecen # plazas a {names}}}',
  'registrations.decide.title': '{name} quiere venir en su nombre',
  'registrations.decide.what':
    '{name} ha indicado {organisation} sin figurar en su lista de personas. Aprobar ocupa una de sus plazas; hasta entonces, la inscripción no cuenta.',
  'registrations.step.people': 'Quién',
  'registrations.step.details': 'Cómo',
  'registrations.step.review': 'Enviar',
  'registrations.step.next': 'Continuar',
  'registrations.step.back': 'Atrás',
  'registrations.step.toEvent': 'Al evento',
  'registrations.left.everybody': 'Plazas libres para todos',
  'registrations.left.yours': 'Plazas libres para su organización',
  'registrations.left.of': 'de {n, number}',
  'registrations.left.queue': 'hay lista de espera',
  'registrations.left.noLimit': 'sin límite',
  'registrations.left.used': '{n, number} de {of, number} usadas',
  'registrations.left.chosen': 'Ha elegido:',
  'registrations.people.title': '¿Quién viene?',
  'registrations.people.roster': 'Personas de su organización',
  'registrations.people.new': 'Una persona nueva ({n})',
  'registrations.people.more': 'Otra persona nueva más',
  'registrations.people.kept':
    'Lo que elige y escribe se guarda al continuar, también si vuelve otro día. No se inscribe a nadie hasta que lo envíe.',
  'registrations.people.overRoom':
    '{n, plural, =0 {Este evento no admite a nadie más de su organización.} one {Este evento solo admite a # persona más de su organización.} many {Este evento solo admite a # personas más de su organización.} other {Este evento solo admite a # personas más de su organización.}}',
  'registrations.people.overFree':
    'Ahora no hay plazas para todos. En el siguiente paso elige si esperan todos o si vienen algunos.',
  'registrations.people.overFreeNoList': 'No hay plazas para todos y este evento no tiene lista de espera.',
  'registrations.details.title':
    '{n, plural, one {¿Cómo participa # persona?} many {¿Cómo participan # personas?} other {¿Cómo participan # personas?}}',
  'registrations.details.category': '¿Cómo participa {name}?',
  'registrations.details.all': 'Todos',
  'registrations.details.head': 'Jefatura de la delegación',
  'registrations.details.headHint': 'A quien se dirige la organización sobre el terreno.',
  'registrations.details.nobody': 'Nadie en particular',
  'registrations.details.isHead': 'jefatura de la delegación',
  'registrations.mode.label': 'Si no hay plazas para todos',
  'registrations.mode.together': 'Esperamos juntos',
  'registrations.mode.together.hint':
    'O todos obtienen plaza a la vez, o entran en la lista de espera como un solo grupo y se les ofrecen plazas juntas.',
  'registrations.mode.together.noList': 'O todos obtienen plaza o no se inscribe a nadie.',
  'registrations.mode.as-many-as-fit': 'Tantos como quepan',
  'registrations.mode.as-many-as-fit.hint':
    'En el orden en que aparecen aquí: los primeros quedan confirmados y cada uno de los demás espera por separado.',
  'registrations.mode.as-many-as-fit.noList':
    'En el orden en que aparecen aquí: los primeros quedan confirmados y los demás no se inscriben.',
  'registrations.mode.all': 'Todos o nadie',
  'registrations.mode.all.hint': 'Si ahora no hay plazas para todos, no se inscribe a nadie y nadie espera.',
  'registrations.mode.all.noList': 'Si no hay plazas para todos, no se inscribe a nadie.',
  'registrations.review.title': 'Revíselo una vez más',
  'registrations.review.people': '{n, plural, one {# persona} many {# personas} other {# personas}}',
  'registrations.review.fees': 'Cuotas',
  'registrations.review.n': 'Personas',
  'registrations.review.total': 'En conjunto',
  'registrations.review.all': 'Total',
  'registrations.review.then': 'Qué pasa al enviar',
  'registrations.review.fits':
    'Hay plazas para todos. Salvo que alguien se adelante, todos quedan confirmados al momento y reciben un mensaje en su idioma.',
  'registrations.review.together':
    'Ahora no hay plazas para todos: entran en la lista de espera como un solo grupo. Nadie paga antes de tener plaza.',
  'registrations.review.some':
    'Ahora no hay plazas para todos: los primeros quedan confirmados mientras haya plazas y los demás entran en la lista de espera uno a uno.',
  'registrations.review.someNoList':
    'No hay plazas para todos: los primeros quedan confirmados mientras haya plazas y los demás no se inscriben.',
  'registrations.review.nobody': 'Ahora no hay plazas para todos. Según lo que ha elegido, no se inscribiría a nadie.',
  'registrations.review.approval':
    'La organización examina primero cada inscripción y después escribe a todos. Hasta entonces no hay nada que pagar.',
  'registrations.review.submit':
    '{n, plural, one {Inscribir a # persona} many {Inscribir a # personas} other {Inscribir a # personas}}',
  'registrations.result.title':
    '{n, plural, one {Ha inscrito a # persona} many {Ha inscrito a # personas} other {Ha inscrito a # personas}}',
  'registrations.result.confirmed':
    '{n, plural, one {# plaza confirmada} many {# plazas confirmadas} other {# plazas confirmadas}}',
  'registrations.result.confirmedNext': 'Todos reciben un mensaje con la entrada de calendario. Pague como se indica abajo.',
  'registrations.result.waiting':
    '{n, plural, one {# persona está en la lista de espera} many {# personas están en la lista de espera} other {# personas están en la lista de espera}}',
  'registrations.result.pending':
    '{n, plural, one {Se examina # inscripción} many {Se examinan # inscripciones} other {Se examinan # inscripciones}}',
  'registrations.result.refused':
    '{n, plural, one {# persona no está inscrita} many {# personas no están inscritas} other {# personas no están inscritas}}',
  'registrations.result.overview': 'Ver la delegación',
  'registrations.form.myself': 'Inscribirme solo a mí',
  'registrations.delegation.changeAll': 'Cambiar lo que concierne a todos',
} satisfies Record<keyof typeof en, string>;
