import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';

const PARTS = ['kept', 'time', 'mixing', 'texts', 'groups', 'few', 'notCovered', 'named', 'check'] as const;

/** For the suspicious: how an anonymous answer is kept, what that does not protect from, and how to check it. */
export function PromisePage({
  ctx,
  version,
  sources,
}: {
  ctx: PageContext;
  version: string;
  sources: { file: string; digest: string }[];
}) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} width="text" title={t('questionnaires.how.title')} lead={t('questionnaires.how.lead')}>
      {PARTS.map((part) => (
        <section key={part}>
          <h2>{t(`questionnaires.how.${part}.title`)}</h2>
          <p>{t(`questionnaires.how.${part}`)}</p>
        </section>
      ))}
      <p>{t('questionnaires.how.version', { version })}</p>
      <pre class="command">sha256sum {sources.map(({ file }) => file).join(' ')}</pre>
      <ul class="digests">
        {sources.map(({ file, digest }) => (
          <li key={file}>
            {file}
            <code>{digest}</code>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
