import type { Decision } from '../../server/judging/decisions.ts';
import { Layout } from '../layout.tsx';
import { countryName } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Card, Cards } from '../ui/facts.tsx';
import { langOf, read } from './words.ts';

export interface LaureatesPageProps {
  ctx: PageContext;
  call: { slug: string; title: Record<string, string>; defaultLanguage: string };
  decisions: Pick<Decision, 'id' | 'kind' | 'place' | 'reasons' | 'entry'>[];
}

/** Who was chosen and why, for everybody. */
export function LaureatesPage({ ctx, call, decisions }: LaureatesPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  return (
    <Layout ctx={ctx} title={t('judging.laureates.title')} kicker={<span lang={langOf(ctx, title)}>{title.text}</span>} hero>
      {(['laureate', 'mention', 'void'] as const).map((kind) => {
        const some = decisions.filter((decision) => decision.kind === kind);
        return (
          some.length > 0 && (
            <section key={kind}>
              <h2>{t(`judging.laureates.${kind}`)}</h2>
              <Cards>
                {some.map((decision) => {
                  const name = decision.entry ? read(ctx, decision.entry.title, call.defaultLanguage) : null;
                  const reasons = read(ctx, decision.reasons, call.defaultLanguage);
                  return (
                    <Card
                      key={decision.id}
                      title={name?.text ?? t('judging.decision.void')}
                      lang={name ? langOf(ctx, name) : undefined}
                      kicker={
                        decision.entry && `${decision.entry.organisation}, ${countryName(decision.entry.country, ctx.language)}`
                      }
                    >
                      <p class="preserved" lang={langOf(ctx, reasons)}>
                        {reasons.text}
                      </p>
                    </Card>
                  );
                })}
              </Cards>
            </section>
          )
        );
      })}
    </Layout>
  );
}
