import type { registrationsPayments as en } from '../en/registrations-payments.ts';

export const registrationsPayments = {
  'registrationsOffice.tab.payments': 'Pagamentos',
  'registrationsOffice.payments.lead': 'O que entrou, o que ainda falta e o que foi pago a mais.',
  'registrationsOffice.payments.fees': 'Taxas de quem está confirmado',
  'registrationsOffice.payments.refunded': '{money} devolvidos',
  'registrationsOffice.payments.owing':
    '{n, plural, =0 {ninguém deve} one {uma inscrição} many {# inscrições} other {# inscrições}}',
  'registrationsOffice.payments.over': 'Pago a mais',
  'registrationsOffice.payments.overpaid':
    '{n, plural, =0 {ninguém} one {uma inscrição} many {# inscrições} other {# inscrições}}',
  'registrationsOffice.payments.read': 'Ler um extrato bancário',
  'registrationsOffice.payments.search': 'Nome, cidade, referência ou nota',
  'registrationsOffice.payments.noneFound': 'Nenhum pagamento corresponde',
  'registrationsOffice.payments.by': 'Anotado por',
  'registrationsOffice.statement.title': 'Um extrato bancário',
  'registrationsOffice.statement.lead':
    'Escolha o extrato tal como o seu banco o exporta. Vê o que cada linha paga antes de algo ser anotado.',
  'registrationsOffice.statement.readLead':
    'Ainda nada foi anotado. O que paga exatamente o devido está assinalado; veja o resto.',
  'registrationsOffice.statement.file': 'Extrato',
  'registrationsOffice.statement.fileHint':
    'Um ficheiro CSV com uma coluna para a data e outra para o montante. As referências são procuradas em todas as outras.',
  'registrationsOffice.statement.read': 'Lê-lo',
  'registrationsOffice.statement.nothing': 'Este extrato não tem entradas',
  'registrationsOffice.statement.text': 'O que o banco diz',
  'registrationsOffice.statement.line': 'Linha {n, number}',
  'registrationsOffice.statement.for': 'Paga por',
  'registrationsOffice.statement.due': 'deve {money}',
  'registrationsOffice.statement.match.exact': 'exatamente o devido',
  'registrationsOffice.statement.match.less': 'menos do que o devido',
  'registrationsOffice.statement.match.more': 'mais do que o devido',
  'registrationsOffice.statement.match.several': 'indica várias referências',
  'registrationsOffice.statement.match.currency': 'outra moeda',
  'registrationsOffice.statement.match.noted': 'já anotado',
  'registrationsOffice.statement.match.none': 'sem referência',
  'registrationsOffice.statement.matched':
    '{n, plural, one {Uma linha indica uma referência} many {# linhas indicam uma referência} other {# linhas indicam uma referência}}',
  'registrationsOffice.statement.unmatched':
    '{n, plural, one {Uma linha fica consigo} many {# linhas ficam consigo} other {# linhas ficam consigo}}',
  'registrationsOffice.statement.note': 'Anotar o que está assinalado',
  'registrationsOffice.statement.other': 'Outro extrato',
  'registrationsOffice.list.paidOver': 'Pago a mais',
  'notice.statementNoted':
    '{n, plural, =0 {Nada foi anotado} one {Um pagamento foi anotado} many {# pagamentos foram anotados} other {# pagamentos foram anotados}}',
  'invalid.statementAmount': 'O montante da linha {line, number} não se consegue ler',
  'invalid.statementDate': 'A data da linha {line, number} não se consegue ler: escreva 2026-05-26 ou 26/05/2026',
} satisfies Record<keyof typeof en, string>;
