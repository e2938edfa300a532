import type { juryScoring as en } from '../en/jury-scoring.ts';

export const juryScoring: Record<keyof typeof en, string> = {
  'judging.conflicts.withdraw': 'Retirar',
  'judging.conflicts.withdrawName': 'Retirar o que declarou sobre {name}',
  'notice.declarationWithdrawn': 'Retirada. Fica registado que a tinha declarado.',
  'judging.scoring.title': 'Pontuação',
  'judging.scoring.closed': 'A pontuação foi encerrada em {when}: nenhuma avaliação muda mais.',
  'judging.scoring.closedDesk': 'A pontuação foi encerrada em {when}. O que entregou conta; já nada muda.',
  'judging.scoring.allIn': 'Todas as avaliações foram entregues.',
  'judging.scoring.left':
    '{n, plural, one {# membro do júri tem} many {# membros do júri têm} other {# membros do júri têm}} ainda avaliações por entregar.',
  'judging.scoring.ends': 'Até quando se pede ao júri que pontue',
  'judging.scoring.endsHint':
    'Os membros do júri veem-no na sua mesa e nos seus e-mails. Três dias antes, quem tem avaliações por entregar recebe um lembrete. Nada se encerra sozinho.',
  'judging.scoring.endsGo': 'Guardar a data',
  'judging.scoring.remind': 'Lembrar quem tem avaliações por entregar ({n})',
  'judging.scoring.close': 'Encerrar a pontuação',
  'judging.scoring.open': 'Reabrir a pontuação',
  'judging.scoring.until': 'Por favor, entregue as suas avaliações até {when}.',
  'judging.wishes.title': 'O que gostaria de ler',
  'judging.wishes.lead':
    'Assinale as candidaturas que leria com gosto. Ajuda a distribuí-las; não é uma promessa de que as receba. Aquilo com que tem um conflito não está na lista.',
  'judging.wishes.none': 'Ainda não há nenhuma candidatura que possa ler.',
  'judging.wishes.go': 'Guardar as minhas preferências',
  'judging.wishes.toIt': 'Dizer que candidaturas gostaria de ler',
  'judging.wishes.heading': 'O que o júri gostaria de ler',
  'judging.wishes.ask':
    'Antes de qualquer distribuição, os membros do júri podem dizer que candidaturas leriam com gosto. A atribuição automática tem isso em conta.',
  'judging.wishes.askGo': 'Perguntar ao júri por e-mail',
  'judging.wishes.asked': 'Está a perguntar-se ao júri que candidaturas leria com gosto.',
  'judging.wishes.stop': 'Deixar de perguntar',
  'judging.asked.assignedSubject': 'Para ler no júri: {call}',
  'judging.asked.assignedHeading': 'As suas candidaturas estão na sua mesa',
  'judging.asked.assigned':
    '{n, plural, one {# candidatura de «{call}» está} many {# candidaturas de «{call}» estão} other {# candidaturas de «{call}» estão}} na sua mesa, para ler e pontuar.',
  'judging.asked.remindedSubject': 'Avaliações por entregar: {call}',
  'judging.asked.remindedHeading': 'O júri espera as suas avaliações',
  'judging.asked.reminded':
    '{n, plural, one {# avaliação de «{call}» ainda não foi entregue} many {# avaliações de «{call}» ainda não foram entregues} other {# avaliações de «{call}» ainda não foram entregues}}. O que escreveu até agora está guardado.',
  'judging.asked.wishesSubject': 'O que gostaria de ler? {call}',
  'judging.asked.wishesHeading': 'Que candidaturas leria com gosto?',
  'judging.asked.wishes': 'Antes de as candidaturas de «{call}» serem distribuídas, pode dizer quais leria com gosto.',
  'notice.scoringEndSet': 'A data está guardada. Quem tem avaliações por entregar é avisado.',
  'notice.scoringClosed': 'A pontuação está encerrada.',
  'notice.scoringOpened': 'A pontuação está aberta de novo.',
  'notice.jurorsReminded': 'Quem tem avaliações por entregar recebe um e-mail.',
  'notice.wishesOpened': 'Pergunta-se ao júri por e-mail.',
  'notice.wishesClosed': 'Já não se pergunta ao júri. O que pediu fica guardado.',
  'notice.wished': 'As suas preferências estão guardadas.',
  'refusal.scoring-closed': 'A pontuação está encerrada: as avaliações já não mudam. Peça à presidência do júri que a reabra.',
  'refusal.assigned-already': 'Já foram distribuídas candidaturas.',
  'refusal.wishes-closed': 'Neste momento não lhe é perguntado que candidaturas gostaria de ler.',
};
