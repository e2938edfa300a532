import { formatMoney } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { DefinitionList } from '../ui/facts.tsx';
import type { EventLine } from './event-line.tsx';

/** What is still to be paid, with which reference, and where. Nothing where nothing is due. */
export function Payment({
  ctx,
  event,
  due,
  paid,
  reference,
}: {
  ctx: PageContext;
  event: Pick<EventLine, 'currency' | 'paymentDetails' | 'defaultLanguage'>;
  /** Minor units. */
  due: number;
  paid: number;
  reference: string;
}) {
  const { t } = ctx;
  if (due <= 0) return null;
  const details = readIn(event.paymentDetails, [ctx.language], event.defaultLanguage);
  return (
    <section aria-labelledby="pay" class="registration-pay">
      <h2 id="pay">{t('registrations.pay.title')}</h2>
      <p>{t('registrations.pay.lead')}</p>
      <DefinitionList
        facts={[
          { term: t('registrations.pay.due'), value: formatMoney(due, event.currency, ctx.language) },
          paid > 0 && { term: t('registrations.pay.paid'), value: formatMoney(paid, event.currency, ctx.language) },
          { term: t('registrations.pay.reference'), value: <code class="reference">{reference}</code> },
        ]}
      />
      {details && (
        <p class="pay-details" lang={details.lang === ctx.language ? undefined : details.lang} dir="auto">
          {details.text}
        </p>
      )}
    </section>
  );
}
