import type { Definition, Item, Per } from '../../server/forms/definition.ts';
import { evaluate } from '../../server/forms/evaluation.ts';
import { own } from '../../server/forms/own.ts';
import { choicesOf } from '../../server/forms/walk.ts';
import { countryName, formatDate, formatList } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { DefinitionList, type Fact } from '../ui/facts.tsx';

export interface AnswersListProps {
  ctx: PageContext;
  definition: Definition;
  answers: Record<string, unknown>;
  per: Per;
  /** Where the files of these answers are: `/registrations/…/files`. Without it they are only named. */
  filesAt?: string;
  files?: readonly { id: string; name: string }[];
}

/** What was answered, question by question, as its reader would say it. Nothing where nothing was. */
export function AnswersList(props: AnswersListProps) {
  const { definition, answers, per } = props;
  const kept = evaluate(definition, answers, { mode: 'draft', per }).answers;
  const facts = definition.pages.flatMap((page) => page.items.flatMap((item) => factsOf(props, item, own(kept, item.key))));
  return facts.length > 0 ? <DefinitionList facts={facts} /> : null;
}

function factsOf(props: AnswersListProps, item: Item, value: unknown): Fact[] {
  const { ctx, definition } = props;
  const read = (map: Record<string, string> | undefined) => {
    const text = readIn(map, [ctx.language], definition.defaultLanguage);
    return text && text.lang !== ctx.language ? <span lang={text.lang}>{text.text}</span> : (text?.text ?? '');
  };
  const plain = (map: Record<string, string> | undefined) => readIn(map, [ctx.language], definition.defaultLanguage)?.text ?? '';
  if (value === undefined || item.type === 'note') return [];
  const term = plain(item.label);
  const option = (code: unknown) =>
    plain(choicesOf(definition, item).find((choice) => choice.code === String(code))?.label) || String(code);
  switch (item.type) {
    case 'choice':
      return [{ term, value: read(choicesOf(definition, item).find((choice) => choice.code === value)?.label) }];
    case 'multiChoice':
    case 'ranking':
      return Array.isArray(value) ? [{ term, value: formatList(value.map(option), ctx.language) }] : [];
    case 'matrix':
      return item.rows.flatMap((row) => {
        const code = own(value, row.key);
        return code === undefined ? [] : [{ term: `${term} – ${plain(row.label)}`, value: option(code) }];
      });
    case 'consent':
      return [{ term, value: ctx.t('registrations.answers.yes') }];
    case 'country':
      return [{ term, value: countryName(String(value), ctx.language) }];
    case 'date':
      return [{ term, value: dateInWords(String(value), ctx.language) }];
    case 'file':
      return Array.isArray(value) ? [{ term, value: <Files props={props} ids={value.map(String)} /> }] : [];
    case 'repeat':
      return Array.isArray(value)
        ? value.flatMap((instance, n) =>
            item.items.flatMap((inner) =>
              factsOf(props, inner, own(instance, inner.key)).map((fact) => ({
                ...fact,
                term: `${plain(item.itemLabel) || term} ${n + 1}: ${fact.term}`,
              })),
            ),
          )
        : [];
    default:
      return [{ term, value: String(value) }];
  }
}

function dateInWords(iso: string, language: string): string {
  try {
    return formatDate(Temporal.PlainDate.from(iso), language);
  } catch {
    return iso;
  }
}

function Files({ props, ids }: { props: AnswersListProps; ids: string[] }) {
  return (
    <>
      {ids.map((id, at) => {
        const name =
          props.files?.find((file) => file.id === id)?.name ?? props.ctx.t('registrations.answers.file', { n: at + 1 });
        return (
          <span key={id}>
            {at > 0 && ', '}
            {props.filesAt ? <a href={`${props.filesAt}/${id}`}>{name}</a> : name}
          </span>
        );
      })}
    </>
  );
}
