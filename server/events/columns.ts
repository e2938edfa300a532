import { json } from '../../db/database.ts';
import type { EventWrite } from './input.ts';
import { instantOf } from './rules.ts';

/** An event as its row. Planned times go in three: local, zone, and the instant that follows from them. */
export function columnsOf(event: EventWrite) {
  const at = (local: Temporal.PlainDateTime | null | undefined) => (local ? instantOf(local, event.zone) : null);
  const language = event.languages[0] ?? '';
  return {
    kind: event.kind,
    series_id: event.seriesId ?? null,
    edition: event.edition ?? null,
    network_id: event.networkId ?? null,
    host_organisation_id: event.hostOrganisationId ?? null,
    title: json(event.title),
    summary: json(event.summary),
    description: json(event.description),
    languages: event.languages,
    default_language: language,
    zone: event.zone,
    starts_local: event.starts,
    ends_local: event.ends,
    starts_at: instantOf(event.starts, event.zone),
    ends_at: instantOf(event.ends, event.zone),
    attendance: event.attendance,
    venue: json(event.venue),
    address: event.address,
    country: event.country ?? null,
    latitude: event.latitude ?? null,
    longitude: event.longitude ?? null,
    online_url: event.onlineUrl ?? null,
    registration_opens_local: event.registrationOpens ?? null,
    registration_opens_at: at(event.registrationOpens),
    registration_closes_local: event.registrationCloses ?? null,
    registration_closes_at: at(event.registrationCloses),
    changes_until_local: event.changesUntil ?? null,
    changes_until: at(event.changesUntil),
    approval: event.approval ?? false,
    waiting_list: event.waitingList ?? true,
    self_registration: event.selfRegistration ?? true,
    limit_member: event.limitMember ?? null,
    limit_non_member: event.limitNonMember ?? null,
    currency: event.currency,
    late_from_local: event.lateFrom ?? null,
    late_from: at(event.lateFrom),
    reduced_countries: event.reducedCountries,
    payment_details: json(event.paymentDetails),
    form_id: event.formId ?? null,
  };
}
