import type { registrationsDelegation as en } from '../en/registrations-delegation.ts';

export const registrationsDelegation = {
  'registrations.delegation.of': 'Delegação de {organisation}',
  'registrations.delegation.counts':
    '{confirmed, plural, =0 {Ninguém confirmado} one {# confirmada} many {# confirmadas} other {# confirmadas}}{waiting, plural, =0 {} one {, # em espera} many {, # em espera} other {, # em espera}}{pending, plural, =0 {} one {, # por decidir} many {, # por decidir} other {, # por decidir}}',
  'registrations.delegation.offers':
    '{n, plural, one {É oferecido lugar a # pessoa} many {São oferecidos lugares a # pessoas} other {São oferecidos lugares a # pessoas}}',
  'registrations.delegation.toDecide':
    '{n, plural, one {# pessoa aguarda a sua aprovação} many {# pessoas aguardam a sua aprovação} other {# pessoas aguardam a sua aprovação}}',
  'registrations.delegation.more': 'Inscrever mais pessoas',
  'registrations.delegation.begin': 'Inscrever pessoas',
  'registrations.delegation.people': 'Pessoas da delegação',
  'registrations.delegation.state': 'Estado',
  'registrations.delegation.actions': 'O que se pode fazer',
  'registrations.delegation.replace': 'Substituir',
  'registrations.delegation.change': 'Alterar',
  'registrations.delegation.answers': 'Respostas da delegação',
  'registrations.delegation.until': 'As pessoas, categorias e respostas podem ser alteradas até {when}.',
  'registrations.delegation.offer':
    '{n, plural, one {É oferecido um lugar a {names}} many {São oferecidos # lugares a {names}} other {São oferecidos # lugares a {names}}}',
  'registrations.decide.title': '{name} quer vir em vosso nome',
  'registrations.decide.what':
    '{name} indicou {organisation} sem constar da lista de pessoas. Aprovar ocupa um dos vossos lugares; até lá, a inscrição não conta.',
  'registrations.step.people': 'Quem',
  'registrations.step.details': 'Como',
  'registrations.step.review': 'Enviar',
  'registrations.step.next': 'Continuar',
  'registrations.step.back': 'Voltar',
  'registrations.step.toEvent': 'Para o evento',
  'registrations.left.everybody': 'Lugares livres para todos',
  'registrations.left.yours': 'Lugares livres para a sua organização',
  'registrations.left.of': 'de {n, number}',
  'registrations.left.queue': 'há lista de espera',
  'registrations.left.noLimit': 'sem limite',
  'registrations.left.used': '{n, number} de {of, number} usados',
  'registrations.left.chosen': 'Escolheu:',
  'registrations.people.title': 'Quem vem?',
  'registrations.people.roster': 'Pessoas da sua organização',
  'registrations.people.new': 'Uma pessoa nova ({n})',
  'registrations.people.more': 'Mais uma pessoa nova',
  'registrations.people.kept':
    'O que escolhe e escreve fica guardado quando continua, mesmo que volte noutro dia. Ninguém é inscrito antes de enviar.',
  'registrations.people.overRoom':
    '{n, plural, =0 {Este evento não aceita mais ninguém da sua organização.} one {Este evento só aceita mais # pessoa da sua organização.} many {Este evento só aceita mais # pessoas da sua organização.} other {Este evento só aceita mais # pessoas da sua organização.}}',
  'registrations.people.overFree':
    'Agora não há lugares para todos. No passo seguinte escolhe se esperam todos ou se vêm alguns.',
  'registrations.people.overFreeNoList': 'Não há lugares para todos e este evento não tem lista de espera.',
  'registrations.details.title':
    '{n, plural, one {Como participa # pessoa?} many {Como participam # pessoas?} other {Como participam # pessoas?}}',
  'registrations.details.category': 'Como participa {name}?',
  'registrations.details.all': 'Todos',
  'registrations.details.head': 'Chefe da delegação',
  'registrations.details.headHint': 'A quem a organização se dirige no local.',
  'registrations.details.nobody': 'Ninguém em particular',
  'registrations.details.isHead': 'chefe da delegação',
  'registrations.mode.label': 'Se não houver lugares para todos',
  'registrations.mode.together': 'Esperamos juntos',
  'registrations.mode.together.hint':
    'Ou todos obtêm lugar ao mesmo tempo, ou entram na lista de espera como um só grupo e recebem lugares em conjunto.',
  'registrations.mode.together.noList': 'Ou todos obtêm lugar, ou ninguém é inscrito.',
  'registrations.mode.as-many-as-fit': 'Tantos quantos couberem',
  'registrations.mode.as-many-as-fit.hint':
    'Pela ordem em que aqui estão: os primeiros ficam confirmados, cada um dos outros espera sozinho.',
  'registrations.mode.as-many-as-fit.noList':
    'Pela ordem em que aqui estão: os primeiros ficam confirmados, os outros não são inscritos.',
  'registrations.mode.all': 'Todos ou ninguém',
  'registrations.mode.all.hint': 'Se agora não houver lugares para todos, ninguém é inscrito e ninguém espera.',
  'registrations.mode.all.noList': 'Se não houver lugares para todos, ninguém é inscrito.',
  'registrations.review.title': 'Veja mais uma vez',
  'registrations.review.people': '{n, plural, one {# pessoa} many {# pessoas} other {# pessoas}}',
  'registrations.review.fees': 'Taxas',
  'registrations.review.n': 'Pessoas',
  'registrations.review.total': 'Em conjunto',
  'registrations.review.all': 'Total',
  'registrations.review.then': 'O que acontece ao enviar',
  'registrations.review.fits':
    'Há lugares para todos. A menos que alguém seja mais rápido, todos ficam logo confirmados e recebem uma mensagem na sua língua.',
  'registrations.review.together':
    'Agora não há lugares para todos: entram na lista de espera como um só grupo. Ninguém paga antes de ter lugar.',
  'registrations.review.some':
    'Agora não há lugares para todos: os primeiros ficam confirmados enquanto houver lugares, os outros entram na lista de espera um a um.',
  'registrations.review.someNoList':
    'Não há lugares para todos: os primeiros ficam confirmados enquanto houver lugares, os outros não são inscritos.',
  'registrations.review.nobody': 'Agora não há lugares para todos. Tal como escolheu, ninguém seria inscrito.',
  'registrations.review.approval':
    'A organização analisa primeiro cada inscrição e depois escreve a todos. Até lá, nada há a pagar.',
  'registrations.review.submit': '{n, plural, one {Inscrever # pessoa} many {Inscrever # pessoas} other {Inscrever # pessoas}}',
  'registrations.result.title': '{n, plural, one {Inscreveu # pessoa} many {Inscreveu # pessoas} other {Inscreveu # pessoas}}',
  'registrations.result.confirmed':
    '{n, plural, one {# lugar confirmado} many {# lugares confirmados} other {# lugares confirmados}}',
  'registrations.result.confirmedNext': 'Todos recebem uma mensagem com a entrada de calendário. Pague como indicado abaixo.',
  'registrations.result.waiting':
    '{n, plural, one {# pessoa está na lista de espera} many {# pessoas estão na lista de espera} other {# pessoas estão na lista de espera}}',
  'registrations.result.pending':
    '{n, plural, one {# inscrição em análise} many {# inscrições em análise} other {# inscrições em análise}}',
  'registrations.result.refused':
    '{n, plural, one {# pessoa não está inscrita} many {# pessoas não estão inscritas} other {# pessoas não estão inscritas}}',
  'registrations.result.overview': 'Ver a delegação',
  'registrations.form.myself': 'Inscrever só a mim',
  'registrations.delegation.changeAll': 'Alterar o que diz respeito a todos',
} satisfies Record<keyof typeof en, string>;
