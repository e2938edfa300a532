import type { Page } from '../../server/http/cursor.ts';
import type { NetworkRow } from '../../server/organisations/networks.ts';
import { Layout } from '../layout.tsx';
import { readIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { number } from './words.ts';

export interface NetworksPageProps {
  ctx: PageContext;
  page: Page<NetworkRow>;
  /** Slugs of the organisations whose page the viewer may open. */
  mayManage: boolean;
}

/** The networks, who coordinates them and how many belong to each. */
export function NetworksPage({ ctx, page, mayManage }: NetworksPageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('organisations.networks.title')}
      lead={t('organisations.networks.lead')}
      actions={mayManage && <ButtonLink href="/networks/new">{t('organisations.networks.new')}</ButtonLink>}
    >
      {page.items.length === 0 ? (
        <p class="empty">{t('organisations.networks.none')}</p>
      ) : (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={t('organisations.networks.title')}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t('organisations.field.name')}</th>
                <th scope="col">{t('organisations.networks.coordinating')}</th>
                <th scope="col">{t('organisations.networks.coordinators')}</th>
                <th scope="col" class="number">
                  {t('organisations.networks.organisations')}
                </th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((network) => (
                <Row key={network.id} ctx={ctx} network={network} mayManage={mayManage} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {page.next && (
        <nav class="pages" aria-label={t('organisations.networks.title')}>
          <a rel="next" href={`/networks?cursor=${page.next}`}>
            {t('organisations.list.next')}
          </a>
        </nav>
      )}
    </Layout>
  );
}

function Row({ ctx, network, mayManage }: { ctx: PageContext; network: NetworkRow; mayManage: boolean }) {
  const name = readIn(network.name, [ctx.language, 'en']);
  return (
    <tr>
      <th scope="row" lang={name?.lang}>
        {mayManage ? <a href={`/networks/${network.slug}`}>{name?.text}</a> : name?.text}
      </th>
      <td>{network.coordinating?.name ?? '–'}</td>
      <td>{network.coordinators.join(', ') || '–'}</td>
      <td class="number">
        <a href={`/organisations?network=${network.slug}`} aria-label={ctx.t('organisations.networks.see')}>
          {number(ctx.language, network.organisations)}
        </a>
      </td>
    </tr>
  );
}
