import type { MailingKind, MailingText } from '../../db/tables/mailings.ts';

const BREAK = '\n\n';
const YOURS = {
  organisation: { en: 'your organisation', fr: 'votre organisation', es: 'su organización', pt: 'a sua organização' },
};

/** What the library begins with: a text of each sort in the four languages of the interface. Their names are in the catalogues. */
export const FIRST_TEMPLATES: readonly {
  id: string;
  kind: MailingKind;
  texts: Record<string, MailingText>;
  fallbacks: Record<string, Record<string, string>>;
}[] = [
  {
    id: 'invitation',
    kind: 'invitation',
    texts: {
      en: {
        subject: 'Invitation: {{event}}',
        body: [
          'Dear {{name}},',
          'We have the pleasure of inviting {{organisation}} to **{{event}}**, {{event.dates}}, {{event.place}}.',
          'Please tell us with one click whether you will take part. If you cannot come, you can name somebody who comes in your place.',
          'With kind regards,\n{{sender}}',
        ].join(BREAK),
      },
      fr: {
        subject: 'Invitation : {{event}}',
        body: [
          'Bonjour {{name}},',
          'Nous avons le plaisir d’inviter {{organisation}} à **{{event}}**, {{event.dates}}, {{event.place}}.',
          'Dites-nous d’un clic si vous participerez. Si vous ne pouvez pas venir, vous pouvez proposer quelqu’un à votre place.',
          'Cordialement,\n{{sender}}',
        ].join(BREAK),
      },
      es: {
        subject: 'Invitación: {{event}}',
        body: [
          'Hola, {{name}}:',
          'Tenemos el placer de invitar a {{organisation}} a **{{event}}**, {{event.dates}}, {{event.place}}.',
          'Díganos con un clic si va a participar. Si no puede venir, puede proponer a alguien en su lugar.',
          'Un saludo cordial,\n{{sender}}',
        ].join(BREAK),
      },
      pt: {
        subject: 'Convite: {{event}}',
        body: [
          'Olá, {{name}},',
          'Temos o prazer de convidar {{organisation}} para **{{event}}**, {{event.dates}}, {{event.place}}.',
          'Diga-nos com um clique se vai participar. Se não puder vir, pode propor alguém em seu lugar.',
          'Com os melhores cumprimentos,\n{{sender}}',
        ].join(BREAK),
      },
    },
    fallbacks: YOURS,
  },
  {
    id: 'invitation-reminder',
    kind: 'reminder',
    texts: {
      en: {
        subject: 'We are waiting for your answer: {{event}}',
        body: [
          'Dear {{name}},',
          'We invited {{organisation}} to **{{event}}**, {{event.dates}}, and have not heard from you yet.',
          'One click is enough to tell us whether you will come.',
          'With kind regards,\n{{sender}}',
        ].join(BREAK),
      },
      fr: {
        subject: 'Nous attendons votre réponse : {{event}}',
        body: [
          'Bonjour {{name}},',
          'Nous avons invité {{organisation}} à **{{event}}**, {{event.dates}}, et n’avons pas encore reçu votre réponse.',
          'Un clic suffit pour nous dire si vous viendrez.',
          'Cordialement,\n{{sender}}',
        ].join(BREAK),
      },
      es: {
        subject: 'Esperamos su respuesta: {{event}}',
        body: [
          'Hola, {{name}}:',
          'Invitamos a {{organisation}} a **{{event}}**, {{event.dates}}, y aún no hemos recibido su respuesta.',
          'Basta un clic para decirnos si vendrá.',
          'Un saludo cordial,\n{{sender}}',
        ].join(BREAK),
      },
      pt: {
        subject: 'Aguardamos a sua resposta: {{event}}',
        body: [
          'Olá, {{name}},',
          'Convidámos {{organisation}} para **{{event}}**, {{event.dates}}, e ainda não recebemos a sua resposta.',
          'Basta um clique para nos dizer se vem.',
          'Com os melhores cumprimentos,\n{{sender}}',
        ].join(BREAK),
      },
    },
    fallbacks: YOURS,
  },
  {
    id: 'before-event',
    kind: 'reminder',
    texts: {
      en: {
        subject: 'Soon: {{event}}',
        body: [
          'Dear {{name}},',
          '**{{event}}** takes place {{event.dates}}, {{event.place}}. We look forward to seeing you.',
          '[Programme and practical information]({{event.link}})',
          '{{sender}}',
        ].join(BREAK),
      },
      fr: {
        subject: 'Bientôt : {{event}}',
        body: [
          'Bonjour {{name}},',
          '**{{event}}** a lieu {{event.dates}}, {{event.place}}. Nous nous réjouissons de vous voir.',
          '[Programme et informations pratiques]({{event.link}})',
          '{{sender}}',
        ].join(BREAK),
      },
      es: {
        subject: 'Muy pronto: {{event}}',
        body: [
          'Hola, {{name}}:',
          '**{{event}}** se celebra {{event.dates}}, {{event.place}}. Será un placer verle allí.',
          '[Programa e información práctica]({{event.link}})',
          '{{sender}}',
        ].join(BREAK),
      },
      pt: {
        subject: 'Em breve: {{event}}',
        body: [
          'Olá, {{name}},',
          '**{{event}}** realiza-se {{event.dates}}, {{event.place}}. Será um prazer recebê-lo.',
          '[Programa e informações práticas]({{event.link}})',
          '{{sender}}',
        ].join(BREAK),
      },
    },
    fallbacks: {},
  },
  {
    id: 'announcement',
    kind: 'announcement',
    texts: {
      en: {
        subject: 'News from {{sender}}',
        body: ['Dear {{name}},', 'Write here what is new.', 'With kind regards,\n{{sender}}'].join(BREAK),
      },
      fr: {
        subject: 'Des nouvelles de {{sender}}',
        body: ['Bonjour {{name}},', 'Écrivez ici ce qu’il y a de nouveau.', 'Cordialement,\n{{sender}}'].join(BREAK),
      },
      es: {
        subject: 'Novedades de {{sender}}',
        body: ['Hola, {{name}}:', 'Escriba aquí las novedades.', 'Un saludo cordial,\n{{sender}}'].join(BREAK),
      },
      pt: {
        subject: 'Notícias de {{sender}}',
        body: ['Olá, {{name}},', 'Escreva aqui as novidades.', 'Com os melhores cumprimentos,\n{{sender}}'].join(BREAK),
      },
    },
    fallbacks: {},
  },
  {
    id: 'update',
    kind: 'update',
    texts: {
      en: {
        subject: 'What has changed: {{event}}',
        body: [
          'Dear {{name}},',
          'Something has changed about **{{event}}**, {{event.dates}}, {{event.place}}:',
          '- Write here what has changed.',
          '{{sender}}',
        ].join(BREAK),
      },
      fr: {
        subject: 'Ce qui a changé : {{event}}',
        body: [
          'Bonjour {{name}},',
          'Il y a du nouveau pour **{{event}}**, {{event.dates}}, {{event.place}} :',
          '- Écrivez ici ce qui a changé.',
          '{{sender}}',
        ].join(BREAK),
      },
      es: {
        subject: 'Qué ha cambiado: {{event}}',
        body: [
          'Hola, {{name}}:',
          'Hay cambios en **{{event}}**, {{event.dates}}, {{event.place}}:',
          '- Escriba aquí qué ha cambiado.',
          '{{sender}}',
        ].join(BREAK),
      },
      pt: {
        subject: 'O que mudou: {{event}}',
        body: [
          'Olá, {{name}},',
          'Há alterações em **{{event}}**, {{event.dates}}, {{event.place}}:',
          '- Escreva aqui o que mudou.',
          '{{sender}}',
        ].join(BREAK),
      },
    },
    fallbacks: {},
  },
  {
    id: 'questionnaire',
    kind: 'questionnaire',
    texts: {
      en: {
        subject: 'What did you think? {{questionnaire}}',
        body: [
          'Dear {{name}},',
          'Your answer is still missing from **{{questionnaire}}**. It takes a few minutes and helps us do better next time. You can answer until {{closes}}.',
          'Thank you,\n{{sender}}',
        ].join(BREAK),
      },
      fr: {
        subject: 'Qu’en avez-vous pensé ? {{questionnaire}}',
        body: [
          'Bonjour {{name}},',
          'Il nous manque encore votre réponse à **{{questionnaire}}**. Quelques minutes suffisent et nous aident à faire mieux. Vous pouvez répondre jusqu’au {{closes}}.',
          'Merci,\n{{sender}}',
        ].join(BREAK),
      },
      es: {
        subject: '¿Qué le ha parecido? {{questionnaire}}',
        body: [
          'Hola, {{name}}:',
          'Todavía nos falta su respuesta a **{{questionnaire}}**. Solo son unos minutos y nos ayuda a mejorar. Puede responder hasta el {{closes}}.',
          'Gracias,\n{{sender}}',
        ].join(BREAK),
      },
      pt: {
        subject: 'O que achou? {{questionnaire}}',
        body: [
          'Olá, {{name}},',
          'Ainda nos falta a sua resposta a **{{questionnaire}}**. São poucos minutos e ajuda-nos a melhorar. Pode responder até {{closes}}.',
          'Obrigado,\n{{sender}}',
        ].join(BREAK),
      },
    },
    fallbacks: {},
  },
];
