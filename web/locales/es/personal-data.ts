import type { personalData as en } from '../en/personal-data.ts';

export const personalData = {
  'personalData.title': 'Sus datos',
  'personalData.see': 'Ver lo que se conserva sobre usted',
  'personalData.lead':
    'Todo lo que se conserva aquí sobre usted. Las respuestas anónimas no figuran: nadie puede saber de quién son.',
  'personalData.download': 'Descargarlo todo (JSON)',
  'personalData.group.profile': 'Perfil, organizaciones y cambios sobre usted',
  'personalData.group.signIns': 'Accesos, direcciones y claves de API',
  'personalData.group.registrations': 'Inscripciones, archivos y pagos',
  'personalData.group.mail': 'Correos e invitaciones',
  'personalData.group.calendars': 'Entradas de calendario y suscripciones',
  'personalData.group.answers': 'Respuestas con su nombre',
  'personalData.group.juries': 'Jurados y evaluaciones',
  'personalData.group.other': 'Documentos, contribuciones y otros',
  'personalData.erasure.heading': 'Supresión',
  'personalData.erasure.lead':
    'Su nombre, sus direcciones y lo que respondió desaparecen para siempre. Descargue antes sus datos si quiere conservarlos.',
  'personalData.erasure.ask': 'Suprimir mis datos…',
  'personalData.erasure.titleSelf': '¿Suprimir sus datos?',
  'personalData.erasure.title': '¿Suprimir a {name}?',
  'personalData.erasure.consequence':
    'El nombre, las direcciones, los accesos, las respuestas, los archivos, las entradas de calendario y el contenido de los correos se suprimen de inmediato. Nadie podrá recuperarlos ni entrar con ellos.',
  'personalData.erasure.keptPart': 'Que alguien participó, pagó, evaluó o decidió: se cuenta, sin nombre',
  'personalData.erasure.keptSaid': 'Lo publicado, o lo presentado por una ciudad, tal como estaba',
  'personalData.erasure.keptAddress': 'Las direcciones que pidieron no recibir más correos, para que no se les envíe ninguno',
  'personalData.erasure.go': 'Suprimir para siempre',
  'personalData.erasure.toRegistrations': 'A mis inscripciones',
  'refusal.erasure-registered':
    'No es posible mientras haya una inscripción en un evento que no ha terminado. Devuélvala primero.',
  'refusal.erasure-jury':
    'No es posible mientras un jurado con esta persona no haya decidido. Podrá hacerse cuando se publiquen los resultados o la persona haya dejado el jurado.',
  'notice.erased': 'Los datos se han suprimido',
  'personalData.forPerson':
    'Todo lo que se conserva sobre esta persona puede descargarse y entregarse, y la persona suprimirse si lo pide.',
  'personalData.erasure.askFor': 'Suprimir a esta persona…',
  'personalData.heading': 'Datos personales',
} satisfies Record<keyof typeof en, string>;
