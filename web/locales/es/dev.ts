import type { dev as en } from '../en/dev.ts';

export const dev = {
  'dev.mail.title': 'Correos',
  'dev.mail.lead': 'Lo que esta instalación habría enviado. Nada sale de esta máquina.',
  'dev.mail.none': 'Aún no hay correos.',
  'dev.mail.subject': 'Asunto',
  'dev.mail.to': 'Para',
  'dev.mail.from': 'De',
  'dev.mail.at': 'Cuándo',
  'dev.mail.html': 'Cómo se ve',
  'dev.mail.text': 'Como texto',
  'dev.mail.attachments': 'Adjuntos',
  'dev.mail.headers': 'Cabeceras',
  'dev.mail.raw': 'El mensaje tal como se envió',
  'dev.mail.all': 'Todos los correos',
  'dev.mail.noSubject': '(sin asunto)',
} satisfies Record<keyof typeof en, string>;
