import type { personalData as en } from '../en/personal-data.ts';

export const personalData = {
  'personalData.title': 'Os seus dados',
  'personalData.see': 'Ver o que se guarda a seu respeito',
  'personalData.lead':
    'Tudo o que aqui se guarda a seu respeito. As respostas anónimas não estão incluídas: ninguém pode saber de quem são.',
  'personalData.download': 'Transferir tudo (JSON)',
  'personalData.group.profile': 'Perfil, organizações e alterações a seu respeito',
  'personalData.group.signIns': 'Inícios de sessão, endereços e chaves de API',
  'personalData.group.registrations': 'Inscrições, ficheiros e pagamentos',
  'personalData.group.mail': 'Mensagens e convites',
  'personalData.group.calendars': 'Entradas de calendário e subscrições',
  'personalData.group.answers': 'Respostas com o seu nome',
  'personalData.group.juries': 'Júris e avaliações',
  'personalData.group.other': 'Documentos, contributos e outros',
  'personalData.erasure.heading': 'Eliminação',
  'personalData.erasure.lead':
    'O seu nome, os seus endereços e o que respondeu desaparecem para sempre. Transfira antes os seus dados, se os quiser guardar.',
  'personalData.erasure.ask': 'Eliminar os meus dados…',
  'personalData.erasure.titleSelf': 'Eliminar os seus dados?',
  'personalData.erasure.title': 'Eliminar {name}?',
  'personalData.erasure.consequence':
    'O nome, os endereços, os inícios de sessão, as respostas, os ficheiros, as entradas de calendário e o conteúdo das mensagens são eliminados de imediato. Ninguém os poderá recuperar nem iniciar sessão com eles.',
  'personalData.erasure.keptPart': 'Que alguém participou, pagou, avaliou ou decidiu: conta-se, sem nome',
  'personalData.erasure.keptSaid': 'O que foi publicado, ou apresentado por uma cidade, tal como estava',
  'personalData.erasure.keptAddress':
    'Os endereços que pediram para não receber mais mensagens, para que nenhuma lhes seja enviada',
  'personalData.erasure.go': 'Eliminar para sempre',
  'personalData.erasure.toRegistrations': 'Para as minhas inscrições',
  'refusal.erasure-registered': 'Não é possível enquanto houver uma inscrição num evento que não terminou. Devolva-a primeiro.',
  'refusal.erasure-jury':
    'Não é possível enquanto um júri com esta pessoa não tiver decidido. Será possível quando os resultados forem publicados ou a pessoa tiver deixado o júri.',
  'notice.erased': 'Os dados foram eliminados',
  'personalData.forPerson':
    'Tudo o que se guarda sobre esta pessoa pode ser transferido e entregue, e a pessoa eliminada se o pedir.',
  'personalData.erasure.askFor': 'Eliminar esta pessoa…',
  'personalData.heading': 'Dados pessoais',
} satisfies Record<keyof typeof en, string>;
