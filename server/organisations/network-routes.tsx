import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EditNetworkPage } from '../../web/organisations/edit-network-page.tsx';
import { NetworksPage } from '../../web/organisations/networks-page.tsx';
import { Invalid, NotFound } from '../errors.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { mayManageNetworks } from './access.ts';
import { mustSeeSome } from './api.ts';
import { NetworkWrite } from './input.ts';
import { changeNetwork, createNetwork, networkBySlug, networkPage, renamedNetwork } from './networks.ts';
import { organisationBySlug } from './queries.ts';

type BySlug = { Params: { slug: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const secretariat = { config: { audience: 'secretariat' }, schema: { hide: true } } as const;

/** The pages of networks. */
export function networkRoutes(app: FastifyInstance): void {
  const { db } = app.system;

  app.get('/networks', person, async (request, reply) => {
    const viewer = mustSeeSome(signedIn(request));
    const page = await networkPage(db, viewer, { cursor: cursorOf(request), limit: PAGE_SIZE });
    return sendPage(reply, <NetworksPage ctx={pageContext(request)} page={page} mayManage={mayManageNetworks(viewer)} />);
  });

  app.get('/networks/new', secretariat, async (request, reply) =>
    sendPage(reply, <EditNetworkPage ctx={pageContext(request)} values={{ name: {}, coordinating: '' }} />),
  );

  app.post('/networks/new', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        await createNetwork(db, signedIn(request), await written(request));
        return goOn(reply, '/networks', 'saved');
      },
      (errors, status) => again(request, reply, undefined, errors, status),
    ),
  );

  app.get<BySlug>('/networks/:slug', secretariat, async (request, reply) => {
    const network = await networkBySlug(db, signedIn(request), request.params.slug);
    if (network) {
      const values = { name: network.name, coordinating: network.coordinating?.slug ?? '' };
      return sendPage(reply, <EditNetworkPage ctx={pageContext(request)} network={network} values={values} />);
    }
    const renamed = await renamedNetwork(db, request.viewer, request.params.slug);
    if (!renamed) throw new NotFound();
    return reply.redirect(`/networks/${renamed}`, 301);
  });

  app.post<BySlug>('/networks/:slug', secretariat, async (request, reply) => {
    const network = await networkBySlug(db, signedIn(request), request.params.slug);
    if (!network) throw new NotFound();
    return orAgain(
      request,
      async () => {
        await changeNetwork(db, signedIn(request), network.id, await written(request));
        return goOn(reply, '/networks', 'saved');
      },
      (errors, status) => again(request, reply, network, errors, status),
    );
  });

  // The form names the coordinating organisation by its address; a slug is what a person can type and read.
  async function written(request: FastifyRequest): Promise<NetworkWrite> {
    const { coordinating } = posted(request);
    const slug = typeof coordinating === 'string' ? coordinating.trim() : '';
    const organisation = slug === '' ? null : await organisationBySlug(db, signedIn(request), slug);
    if (organisation === undefined) throw new Invalid([{ path: 'coordinating', code: 'organisationUnknown' }]);
    return parse(NetworkWrite, { name: posted(request).name, coordinatingOrganisationId: organisation?.id ?? null });
  }

  function again(
    request: FastifyRequest,
    reply: FastifyReply,
    network: { slug: string; name: Record<string, string> } | undefined,
    errors: FormError[],
    status: number,
  ) {
    const { name, coordinating } = posted(request);
    const texts = Object.entries(typeof name === 'object' && name !== null ? name : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const values = { name: Object.fromEntries(texts), coordinating: typeof coordinating === 'string' ? coordinating : '' };
    return sendPage(
      reply,
      <EditNetworkPage ctx={pageContext(request)} network={network} values={values} errors={errors} />,
      status,
    );
  }
}
