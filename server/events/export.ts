import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { ExportColumn } from '../http/exports.ts';
import type { OfficeEvent } from './office.ts';
import { stateOf } from './rules.ts';

/** The list of events as a file: headers and words in the reader's language, keys and times the same in every one. */
export function eventExport(language: Language, now: Temporal.Instant): ExportColumn<OfficeEvent>[] {
  const t = translator(language);
  return [
    { key: 'slug', header: t('events.field.slug'), value: (event) => event.slug },
    { key: 'title', header: t('events.field.title'), value: (event) => textIn(event.title, [language], event.defaultLanguage) },
    { key: 'kind', header: t('events.list.kind'), value: (event) => t(`events.kind.${event.kind}`) },
    { key: 'edition', header: t('events.field.edition'), value: (event) => event.edition },
    { key: 'state', header: t('events.office.state'), value: (event) => t(`events.state.${stateOf(event, now)}`) },
    {
      key: 'network',
      header: t('events.page.network'),
      value: (event) => event.network && textIn(event.network.name, [language, 'en']),
    },
    { key: 'host', header: t('events.page.host'), value: (event) => event.host?.name },
    { key: 'country', header: t('events.list.country'), value: (event) => event.country },
    { key: 'languages', header: t('events.page.languages'), value: (event) => event.languages },
    { key: 'starts', header: t('events.field.starts'), value: (event) => event.starts },
    { key: 'ends', header: t('events.field.ends'), value: (event) => event.ends },
    { key: 'zone', header: t('events.field.zone'), value: (event) => event.zone },
    { key: 'confirmed', header: t('events.number.confirmed'), value: (event) => event.confirmed },
    { key: 'pending', header: t('events.number.pending'), value: (event) => event.pending },
    { key: 'waiting', header: t('events.number.waiting'), value: (event) => event.waitingPeople },
    { key: 'capacity', header: t('events.field.capacity'), value: (event) => event.places.capacity },
    { key: 'free', header: t('events.number.free'), value: (event) => event.places.free },
  ];
}
