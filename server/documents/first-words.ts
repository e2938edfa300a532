import type { DocumentKind } from '../../db/tables/documents.ts';

type Texts = Record<string, string>;
export interface Words {
  title: Texts;
  body: Texts;
  signed: Texts;
}

const HOST = {
  en: 'The organisation of the event',
  fr: 'L’organisation de l’événement',
  es: 'La organización del evento',
  pt: 'A organização do evento',
};
const JURY = { en: 'The jury of the award', fr: 'Le jury du prix', es: 'El jurado del premio', pt: 'O júri do prémio' };
const OFFICE = { en: 'The secretariat', fr: 'Le secrétariat', es: 'La secretaría', pt: 'O secretariado' };

/** What each kind says until an organiser writes something else. Offices sign, never people. */
export const FIRST_WORDS: Record<DocumentKind, Words> = {
  attendance: {
    title: {
      en: 'Certificate of attendance',
      fr: 'Attestation de présence',
      es: 'Certificado de asistencia',
      pt: 'Certificado de presença',
    },
    body: {
      en: 'took part in {event}, {dates}, {place}.',
      fr: 'a participé à : {event}, {dates}, {place}.',
      es: 'ha participado en: {event}, {dates}, {place}.',
      pt: 'participou em: {event}, {dates}, {place}.',
    },
    signed: HOST,
  },
  participation: {
    title: {
      en: 'Letter of participation',
      fr: 'Lettre de participation',
      es: 'Carta de participación',
      pt: 'Carta de participação',
    },
    body: {
      en: 'To whom it may concern\n\nWe confirm that {name} is registered for {event}, which takes place {dates}, {place}.',
      fr: 'À qui de droit\n\nNous confirmons que {name} est inscrit(e) à : {event}, {dates}, {place}.',
      es: 'A quien corresponda\n\nConfirmamos que {name} tiene su inscripción en: {event}, {dates}, {place}.',
      pt: 'A quem possa interessar\n\nConfirmamos que {name} tem a sua inscrição em: {event}, {dates}, {place}.',
    },
    signed: HOST,
  },
  visa: {
    title: { en: 'Letter of invitation', fr: 'Lettre d’invitation', es: 'Carta de invitación', pt: 'Carta de convite' },
    body: {
      en: 'To {consulate}\n\nWe invite {name}, born on {born}, nationality {nationality}, passport {passport}, to {event}, which takes place {dates}, {place}. We ask you to grant the visa needed for it.',
      fr: 'À l’attention de : {consulate}\n\nNous invitons {name}, date de naissance : {born}, nationalité : {nationality}, passeport : {passport}, à : {event}, {dates}, {place}. Nous vous prions d’accorder le visa nécessaire.',
      es: 'A la atención de: {consulate}\n\nInvitamos a {name}, fecha de nacimiento: {born}, nacionalidad: {nationality}, pasaporte: {passport}, a: {event}, {dates}, {place}. Les rogamos que concedan el visado necesario.',
      pt: 'Ao cuidado de: {consulate}\n\nConvidamos {name}, data de nascimento: {born}, nacionalidade: {nationality}, passaporte: {passport}, para: {event}, {dates}, {place}. Solicitamos que concedam o visto necessário.',
    },
    signed: HOST,
  },
  laureate: {
    title: { en: 'Laureate', fr: 'Lauréat', es: 'Experiencia premiada', pt: 'Experiência premiada' },
    body: {
      en: 'The jury of “{call}” gives the award to “{entry}”.',
      fr: 'Le jury de « {call} » décerne le prix à « {entry} ».',
      es: 'El jurado de «{call}» otorga el premio a «{entry}».',
      pt: 'O júri de «{call}» atribui o prémio a «{entry}».',
    },
    signed: JURY,
  },
  mention: {
    title: { en: 'Special mention', fr: 'Mention spéciale', es: 'Mención especial', pt: 'Menção especial' },
    body: {
      en: 'The jury of “{call}” makes special mention of “{entry}”.',
      fr: 'Le jury de « {call} » accorde une mention spéciale à « {entry} ».',
      es: 'El jurado de «{call}» concede una mención especial a «{entry}».',
      pt: 'O júri de «{call}» concede uma menção especial a «{entry}».',
    },
    signed: JURY,
  },
  finalist: {
    title: { en: 'Finalist', fr: 'Finaliste', es: 'Finalista', pt: 'Finalista' },
    body: {
      en: 'The jury of “{call}” chose “{entry}” as a finalist.',
      fr: 'Le jury de « {call} » a retenu « {entry} » parmi les finalistes.',
      es: 'El jurado de «{call}» eligió «{entry}» como finalista.',
      pt: 'O júri de «{call}» escolheu «{entry}» como finalista.',
    },
    signed: JURY,
  },
  thanks: {
    title: { en: 'With thanks', fr: 'Remerciements', es: 'Agradecimiento', pt: 'Agradecimento' },
    body: {
      en: 'for the work done on the jury of “{call}”.',
      fr: 'pour le travail accompli au sein du jury de « {call} ».',
      es: 'por el trabajo realizado en el jurado de «{call}».',
      pt: 'pelo trabalho realizado no júri de «{call}».',
    },
    signed: OFFICE,
  },
};
