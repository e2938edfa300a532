import type { registrationsPayments as en } from '../en/registrations-payments.ts';

export const registrationsPayments = {
  'registrationsOffice.tab.payments': 'Pagos',
  'registrationsOffice.payments.lead': 'Lo que ha entrado, lo que aún se debe y lo que se pagó de más.',
  'registrationsOffice.payments.fees': 'Cuotas de quienes están confirmados',
  'registrationsOffice.payments.refunded': '{money} devueltos',
  'registrationsOffice.payments.owing':
    '{n, plural, =0 {nadie debe} one {una inscripción} many {# inscripciones} other {# inscripciones}}',
  'registrationsOffice.payments.over': 'Pagado de más',
  'registrationsOffice.payments.overpaid':
    '{n, plural, =0 {nadie} one {una inscripción} many {# inscripciones} other {# inscripciones}}',
  'registrationsOffice.payments.read': 'Leer un extracto bancario',
  'registrationsOffice.payments.search': 'Nombre, ciudad, referencia o nota',
  'registrationsOffice.payments.noneFound': 'No se encuentra ningún pago así',
  'registrationsOffice.payments.by': 'Anotado por',
  'registrationsOffice.statement.title': 'Un extracto bancario',
  'registrationsOffice.statement.lead':
    'Elija el extracto tal como lo exporta su banco. Verá qué paga cada línea antes de que se anote nada.',
  'registrationsOffice.statement.readLead':
    'Aún no se ha anotado nada. Lo que paga exactamente lo debido está marcado; revise el resto.',
  'registrationsOffice.statement.file': 'Extracto',
  'registrationsOffice.statement.fileHint':
    'Un archivo CSV con una columna para la fecha y otra para el importe. Las referencias se buscan en todas las demás.',
  'registrationsOffice.statement.read': 'Leerlo',
  'registrationsOffice.statement.nothing': 'Este extracto no tiene ingresos',
  'registrationsOffice.statement.text': 'Lo que dice el banco',
  'registrationsOffice.statement.line': 'Línea {n, number}',
  'registrationsOffice.statement.for': 'Paga por',
  'registrationsOffice.statement.due': 'debe {money}',
  'registrationsOffice.statement.match.exact': 'exactamente lo debido',
  'registrationsOffice.statement.match.less': 'menos de lo debido',
  'registrationsOffice.statement.match.more': 'más de lo debido',
  'registrationsOffice.statement.match.several': 'nombra varias referencias',
  'registrationsOffice.statement.match.currency': 'otra moneda',
  'registrationsOffice.statement.match.noted': 'ya anotado',
  'registrationsOffice.statement.match.none': 'sin referencia',
  'registrationsOffice.statement.matched':
    '{n, plural, one {Una línea nombra una referencia} many {# líneas nombran una referencia} other {# líneas nombran una referencia}}',
  'registrationsOffice.statement.unmatched':
    '{n, plural, one {Una línea queda para usted} many {# líneas quedan para usted} other {# líneas quedan para usted}}',
  'registrationsOffice.statement.note': 'Anotar lo marcado',
  'registrationsOffice.statement.other': 'Otro extracto',
  'registrationsOffice.list.paidOver': 'Pagado de más',
  'notice.statementNoted':
    '{n, plural, =0 {No se ha anotado nada} one {Se ha anotado un pago} many {Se han anotado # pagos} other {Se han anotado # pagos}}',
  'invalid.statementAmount': 'El importe de la línea {line, number} no se puede leer',
  'invalid.statementDate': 'La fecha de la línea {line, number} no se puede leer: escriba 2026-05-26 o 26/05/2026',
} satisfies Record<keyof typeof en, string>;
