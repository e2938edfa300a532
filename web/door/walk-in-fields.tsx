import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface WalkInFieldsProps {
  ctx: PageContext;
  categories: { key: string; name: Record<string, string> }[];
  defaultLanguage: string;
  typed?: Record<string, unknown>;
  errors?: FieldError[] | undefined;
}

/** What a door asks somebody who has not registered. */
export function WalkInFields({ ctx, categories, defaultLanguage, typed = {}, errors }: WalkInFieldsProps) {
  const { t, language } = ctx;
  const value = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
  return (
    <>
      <TextInput
        ctx={ctx}
        name="name"
        label={t('door.walkIn.name')}
        value={value('name')}
        maxlength={200}
        required
        autocomplete="off"
        errors={errors}
      />
      <TextInput
        ctx={ctx}
        name="email"
        type="email"
        label={t('door.walkIn.email')}
        value={value('email')}
        autocomplete="off"
        errors={errors}
      />
      <TextInput
        ctx={ctx}
        name="organisation"
        label={t('door.walkIn.organisation')}
        hint={t('registrationsOffice.new.organisationHint')}
        value={value('organisation')}
        maxlength={300}
        autocomplete="off"
        errors={errors}
      />
      <Select
        ctx={ctx}
        name="category"
        label={t('door.walkIn.category')}
        value={value('category')}
        required
        errors={errors}
        options={categories.map(({ key, name }) => ({ value: key, words: textIn(name, [language], defaultLanguage) || key }))}
      />
    </>
  );
}
