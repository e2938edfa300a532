import { Button, ButtonRow } from '../ui/button.tsx';
import { CheckboxList, RadioList } from '../ui/choice.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';

/** What the host's list is to hold. */
export function HostListPage({ questions, ...of }: Of & { questions: { key: string; words: string }[] }) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  return (
    <DocumentsFrame {...of} title={t('documents.hostList')} lead={t('documents.hostList.lead')} width="text">
      <form method="get" action={`${officePath(occasion)}/host-list/file`} class="form">
        {questions.length > 0 && (
          <CheckboxList
            ctx={ctx}
            name="answers"
            label={t('documents.hostList.questions')}
            values={[]}
            options={questions.map(({ key, words }) => ({ value: key, words }))}
          />
        )}
        <RadioList
          ctx={ctx}
          name="format"
          label={t('documents.hostList.format')}
          value="pdf"
          options={[
            { value: 'pdf', words: 'PDF' },
            { value: 'xlsx', words: 'XLSX' },
          ]}
        />
        <ButtonRow>
          <Button>{t('documents.hostList.get')}</Button>
        </ButtonRow>
      </form>
    </DocumentsFrame>
  );
}
