import type { dev as en } from '../en/dev.ts';

export const dev = {
  'dev.mail.title': 'Mensagens',
  'dev.mail.lead': 'O que esta instalação teria enviado. Nada sai desta máquina.',
  'dev.mail.none': 'Ainda não há mensagens.',
  'dev.mail.subject': 'Assunto',
  'dev.mail.to': 'Para',
  'dev.mail.from': 'De',
  'dev.mail.at': 'Quando',
  'dev.mail.html': 'Como se vê',
  'dev.mail.text': 'Como texto',
  'dev.mail.attachments': 'Anexos',
  'dev.mail.headers': 'Cabeçalhos',
  'dev.mail.raw': 'A mensagem tal como foi enviada',
  'dev.mail.all': 'Todas as mensagens',
  'dev.mail.noSubject': '(sem assunto)',
} satisfies Record<keyof typeof en, string>;
