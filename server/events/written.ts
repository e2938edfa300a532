import type { EventWrite } from './input.ts';
import type { EventDetails } from './queries.ts';

/** An event as it would be written to become what it is: what a form shows, a change starts from and a copy takes. */
export function writtenOf(event: EventDetails): EventWrite {
  return {
    kind: event.kind,
    edition: event.edition,
    seriesId: event.seriesId,
    networkId: event.networkId,
    hostOrganisationId: event.hostOrganisationId,
    title: event.title,
    summary: event.summary,
    description: event.description,
    // The main language first, as whoever writes an event names it.
    languages: [event.defaultLanguage, ...event.languages.filter((tag) => tag !== event.defaultLanguage)],
    zone: event.zone,
    starts: event.starts,
    ends: event.ends,
    attendance: event.attendance,
    venue: event.venue,
    address: event.address,
    country: event.country,
    latitude: event.latitude,
    longitude: event.longitude,
    onlineUrl: event.onlineUrl,
    registrationOpens: event.registrationOpens,
    registrationCloses: event.registrationCloses,
    changesUntil: event.changesUntilLocal,
    approval: event.approval,
    waitingList: event.waitingList,
    selfRegistration: event.selfRegistration,
    limitMember: event.limitMember,
    limitNonMember: event.limitNonMember,
    currency: event.currency,
    lateFrom: event.lateFromLocal,
    reducedCountries: event.reducedCountries,
    paymentDetails: event.paymentDetails,
    formId: event.formId,
    capacity: event.places.capacity,
    categories: event.categories.map(({ key, name, note, openTo, priceEarly, priceLate, priceReduced, capacity }) => ({
      key,
      name,
      note,
      openTo,
      priceEarly,
      priceLate,
      priceReduced,
      capacity,
    })),
  };
}
