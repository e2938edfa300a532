import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { MailingKind, MailingText } from '../../db/tables/mailings.ts';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { mayKeepTemplate } from './access.ts';
import { FIRST_TEMPLATES } from './first-templates.ts';
import { runMailing } from './found.ts';

export interface Template {
  id: string;
  name: string;
  kind: MailingKind;
  networkId: string | null;
  defaultLanguage: string;
  languages: string[];
  /** Comes with the software; nobody can remove it. */
  builtIn: boolean;
}

export interface TemplateText {
  defaultLanguage: string;
  texts: Record<string, MailingText>;
  fallbacks: Record<string, Record<string, string>>;
}

const MOST = 200;

/** The library: what the house kept, those of the viewer's networks, and those that come with the software. */
export async function templatesFor(db: Db, viewer: Viewer): Promise<Template[]> {
  const { rows } = await sql<Omit<Template, 'builtIn'>>`
    select id, name, kind, network_id as "networkId", default_language as "defaultLanguage",
      array(select jsonb_object_keys(texts) order by 1) as languages
    from mailing_templates where removed_at is null and ${visible(viewer)} order by created_at desc, id desc limit ${MOST}`.execute(
    db,
  );
  const first = FIRST_TEMPLATES.map(({ id, kind, texts }) => ({
    id,
    kind,
    name: id,
    networkId: null,
    defaultLanguage: 'en',
    languages: Object.keys(texts),
    builtIn: true,
  }));
  return [...rows.map((row) => ({ ...row, builtIn: false })), ...first];
}

const visible = (viewer: Viewer) =>
  sql`(${isSecretariat(viewer)} or network_id is null or network_id = any (${coordinated(viewer)}::uuid[]))`;

/** What a template says. Errors: Invalid('template'). */
export async function templateText(db: Db | Transaction, viewer: Viewer, id: string): Promise<TemplateText> {
  const first = FIRST_TEMPLATES.find((template) => template.id === id);
  if (first) return { defaultLanguage: 'en', texts: first.texts, fallbacks: first.fallbacks };
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Invalid([{ path: 'template', code: 'choice' }]);
  const { rows } = await sql<TemplateText>`
    select default_language as "defaultLanguage", texts, fallbacks from mailing_templates
    where id = ${id} and removed_at is null and ${visible(viewer)}`.execute(db);
  if (!rows[0]) throw new Invalid([{ path: 'template', code: 'choice' }]);
  return rows[0];
}

/** Keeps the text of a mailing for others to begin with. Returns its id. Errors: NotFound, NotAllowed. */
export async function keepTemplate(
  db: Db,
  viewer: Viewer,
  mailingId: string,
  { name, networkId }: { name: string; networkId?: string },
  now: Temporal.Instant,
): Promise<string> {
  const mailing = await runMailing(db, viewer, mailingId);
  const network = networkId ?? (isSecretariat(viewer) ? null : (mailing.networkId ?? coordinated(viewer)[0] ?? null));
  if (!mayKeepTemplate(viewer, network)) throw new NotAllowed();
  return inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('mailing_templates')
      .values({
        name,
        kind: mailing.kind,
        network_id: network,
        default_language: mailing.defaultLanguage,
        texts: json(mailing.texts),
        fallbacks: json(mailing.fallbacks),
        created_by: viewer.personId,
        created_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, { actor: viewer.personId, feature: 'mailings', row: id, action: 'template-kept', after: { name } });
    return id;
  });
}

/** Takes a template out of the library. Errors: NotFound, NotAllowed. */
export async function removeTemplate(db: Db, viewer: Viewer, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ networkId: string | null; name: string }>`
      select network_id as "networkId", name from mailing_templates where id = ${id} and ${visible(viewer)} for update`.execute(
      tx,
    );
    const [template] = rows;
    if (!template) throw new NotFound();
    if (!mayKeepTemplate(viewer, template.networkId)) throw new NotAllowed();
    await tx
      .updateTable('mailing_templates')
      .set({ removed_at: now })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'mailings',
      row: id,
      action: 'template-removed',
      before: { name: template.name },
    });
  });
}
