import type { Guest, Seen } from '../../server/door/guests.ts';
import { entryRefusal, type Place } from '../../server/door/rules.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Unfold } from '../ui/unfold.tsx';
import { WalkInFields } from './walk-in-fields.tsx';

export interface DoorPageProps {
  ctx: PageContext;
  event: { slug: string; title: string; zone: string; cancelled: boolean };
  /** As whom the reader keeps this door; `volunteer` may leave it. */
  keeper: { name: string; volunteer: boolean; walkIns: boolean };
  /** Somebody who comes without having registered: what was typed, when it is shown again. */
  walkIn: { categories: { key: string; name: Record<string, string> }[]; typed: Record<string, unknown> };
  defaultLanguage: string;
  places: (Place & { words: string })[];
  place: Place;
  count: { expected: number; present: number };
  q: string;
  guests: Guest[] | null;
  errors?: FieldError[] | undefined;
}

/** The door without any script: find somebody, see whether they may come in, check them in. */
export function DoorPage(props: DoorPageProps) {
  const { ctx, event, keeper, places, place, count, q, guests, errors } = props;
  const { t } = ctx;
  const base = `/door/${event.slug}`;
  return (
    <Layout
      ctx={ctx}
      title={t('door.page.title')}
      kicker={event.title}
      lead={t('door.count', count)}
      width="text"
      errors={errors}
      bare={keeper.volunteer}
      head={<meta name="robots" content="noindex" />}
    >
      <form method="get" action={base} class="form" role="search">
        <Select
          ctx={ctx}
          name="place"
          unmarked
          label={t('door.page.place')}
          value={place.id ?? ''}
          options={places.map(({ id, words }) => ({ value: id ?? '', words }))}
        />
        <TextInput
          ctx={ctx}
          name="q"
          unmarked
          type="search"
          label={t('door.page.search')}
          hint={t('door.page.searchHint')}
          value={q}
          autocomplete="off"
          spellcheck={false}
        />
        <Button>{t('door.page.find')}</Button>
      </form>
      {guests && guests.length === 0 && <p class="door-none">{t('door.page.none')}</p>}
      {guests && guests.length > 0 && (
        <ul class="door-guests">
          {guests.map((guest) => (
            <GuestCard key={guest.registrationId} {...props} guest={guest} />
          ))}
        </ul>
      )}
      {keeper.walkIns && <WalkIn {...props} />}
      <p>
        <a href={`${base}/app`}>{t('door.app.open')}</a>
      </p>
      <p class="hint">{t('door.page.as', { name: keeper.name })}</p>
      {keeper.volunteer && (
        <PostForm action="/door-leaving">
          <Button kind="quiet">{t('door.page.leave')}</Button>
        </PostForm>
      )}
    </Layout>
  );
}

function WalkIn({ ctx, event, errors, defaultLanguage, walkIn }: DoorPageProps) {
  const { t } = ctx;
  return (
    <Unfold class="walk-in" actions={[`/door/${event.slug}/walk-ins`]}>
      <summary>{t('door.walkIn.title')}</summary>
      <PostForm action={`/door/${event.slug}/walk-ins`}>
        <WalkInFields ctx={ctx} {...walkIn} defaultLanguage={defaultLanguage} errors={errors} />
        <Button kind="secondary">{t('door.walkIn.go')}</Button>
      </PostForm>
    </Unfold>
  );
}

function GuestCard({ ctx, event, place, q, guest, defaultLanguage }: DoorPageProps & { guest: Guest }) {
  const { t } = ctx;
  const seen = guest.seen.find(({ sessionId }) => sessionId === place.id);
  const code = entryRefusal(guest, place, { cancelled: event.cancelled });
  const { name } = guest;
  const category = textIn(guest.categoryName, [ctx.language], defaultLanguage) || guest.category;
  const hidden = { registration: guest.registrationId, person: guest.personId, place: place.id ?? '', q };
  const may = code === null || code === 'door-no-place';
  return (
    <li class={`door-guest door-guest-${seen ? 'already' : code ? 'refused' : 'valid'}`}>
      <h2>{name}</h2>
      <p>{[guest.organisation, category].filter((words) => words !== null).join(' · ')}</p>
      <p class="door-verdict">{verdict(ctx, event.zone, seen, code)}</p>
      {!seen && may && (
        <PostForm action={`/door/${event.slug}/check-ins`} hidden={{ ...hidden, anyway: code ? 'on' : undefined }} inline>
          <Button label={code ? undefined : t('door.page.inOf', { name })} kind={code ? 'secondary' : 'primary'}>
            {code ? t('door.page.anyway') : t('door.page.in')}
          </Button>
        </PostForm>
      )}
      {seen && (
        <PostForm action={`/door/${event.slug}/check-ins/removal`} hidden={hidden} inline>
          <Button kind="secondary" label={t('door.page.undoOf', { name })}>
            {t('door.page.undo')}
          </Button>
        </PostForm>
      )}
    </li>
  );
}

function verdict(ctx: PageContext, zone: string, seen: Seen | undefined, code: string | null): string {
  if (seen) {
    const at = Temporal.Instant.from(seen.cameAt).toZonedDateTimeISO(zone).toPlainTime();
    return ctx.t('door.page.already', { when: at.toString({ smallestUnit: 'minute' }), by: seen.by });
  }
  return code ? (translateCode(ctx.language, `refusal.${code}`) ?? code) : ctx.t('door.page.valid');
}
