import type { Attendee } from '../../server/documents/queries.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { at, queryOf } from '../ui/query.ts';
import { Table } from '../ui/table.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';

interface PresencesPageProps extends Of {
  people: Attendee[];
  q: string;
  next: string | null;
  first: boolean;
}

/** Who was there, for events without a door: marked by an organiser. */
export function PresencesPage({ people, q, next, first, ...of }: PresencesPageProps) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  const path = `${officePath(occasion)}/presences`;
  return (
    <DocumentsFrame {...of} title={t('documents.presences')} lead={t('documents.presences.lead')}>
      <ListTools ctx={ctx} action={path} search={q} />
      {people.length === 0 ? (
        <p>{t('documents.nobody.participation')}</p>
      ) : (
        <PostForm action={path} hidden={{ q: q || undefined }}>
          <Table
            ctx={ctx}
            caption={t('documents.presences')}
            captionUnseen
            rows={people}
            rowKey={({ registrationId }) => registrationId}
            select={{ name: 'registrations', rowName: ({ name }) => name }}
            columns={[
              { key: 'name', words: t('documents.name'), cell: ({ name }) => name },
              { key: 'organisation', words: t('documents.field.organisation'), cell: ({ organisation }) => organisation ?? '–' },
              {
                key: 'present',
                words: t('documents.presences'),
                cell: ({ present }) => (present ? t('documents.presences.yes') : t('documents.presences.no')),
              },
            ]}
          />
          <ButtonRow>
            <Button name="present" value="yes">
              {t('documents.presences.mark')}
            </Button>
            <Button kind="secondary" name="present" value="no">
              {t('documents.presences.unmark')}
            </Button>
          </ButtonRow>
        </PostForm>
      )}
      <Pager ctx={ctx} first={first ? null : at(path, queryOf({ q }))} next={next && at(path, queryOf({ q, cursor: next }))} />
    </DocumentsFrame>
  );
}
