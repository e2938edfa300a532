import { KINDS } from '../../server/events/input.ts';
import { textIn } from '../locales/text-map.ts';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { text } from './form-values.ts';
import type { FieldsProps } from './section-page.tsx';

/** What kind of event, of which series and network, with which host, at which address. */
export function AboutFields({ ctx, values, choices, errors }: FieldsProps) {
  const { t } = ctx;
  const named = (rows: { id: string; name: Record<string, string> }[]) =>
    rows.map(({ id, name }) => ({ value: id, words: textIn(name, [ctx.language, 'en']) }));
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  return (
    <>
      <Select
        {...field('kind')}
        label={t('events.field.kind')}
        required
        size="medium"
        options={KINDS.map((kind) => ({ value: kind, words: t(`events.kind.${kind}`) }))}
      />
      <Select
        {...field('networkId')}
        label={t('events.field.network')}
        required={!choices.anyNetwork}
        size="medium"
        empty={choices.anyNetwork ? t('events.field.noNetwork') : undefined}
        options={named(choices.networks)}
      />
      <TextInput {...field('host')} label={t('events.field.host')} hint={t('events.field.hostHint')} size="medium" list="hosts" />
      <Names id="hosts" names={choices.organisations} />
      <Select
        {...field('seriesId')}
        label={t('events.field.series')}
        hint={t('events.field.seriesHint')}
        size="medium"
        empty={t('events.field.noSeries')}
        options={[...named(choices.series), { value: 'new', words: t('events.field.newSeries') }]}
      />
      <div data-shows-when="seriesId=new">
        <TextInput {...field('seriesName')} label={t('events.field.seriesName')} maxlength={200} size="medium" />
      </div>
      <TextInput
        {...field('edition')}
        label={t('events.field.edition')}
        hint={t('events.field.editionHint')}
        inputmode="numeric"
        size="short"
      />
      <TextInput
        {...field('slug')}
        label={t('events.field.slug')}
        hint={t('events.field.slugHint')}
        prefix="/events/"
        required
        maxlength={80}
        spellcheck={false}
      />
    </>
  );
}

/** Names that a text field offers while one types. */
export function Names({ id, names }: { id: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
