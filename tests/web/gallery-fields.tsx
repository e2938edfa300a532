import type { PageContext } from '../../web/page.ts';
import { Button, ButtonLink, ButtonRow } from '../../web/ui/button.tsx';
import { Checkbox, CheckboxList, RadioList } from '../../web/ui/choice.tsx';
import { DateInput, DateTimeInput, KnownDateInput } from '../../web/ui/date-input.tsx';
import { ErrorSummary } from '../../web/ui/error-summary.tsx';
import { FileInput } from '../../web/ui/file-input.tsx';
import { Notice } from '../../web/ui/notice.tsx';
import { CountrySelect, ZoneSelect } from '../../web/ui/place-select.tsx';
import { PostForm } from '../../web/ui/post-form.tsx';
import { Select } from '../../web/ui/select.tsx';
import { TextArea } from '../../web/ui/text-area.tsx';
import { TextInput } from '../../web/ui/text-input.tsx';
import { TextMapField } from '../../web/ui/text-map-field.tsx';

const errors = [
  { path: 'email', message: 'This is not an e-mail address, such as name@example.org' },
  { path: 'category', message: 'Please choose one of the options' },
  { path: 'title.fr', message: 'At most 200 characters' },
];

export function GalleryFields({ ctx }: { ctx: PageContext }) {
  const common = { ctx, errors };
  return (
    <section aria-labelledby="register">
      <h2 id="register">Who is coming?</h2>
      <ErrorSummary ctx={ctx} errors={errors} />
      <Notice kind="info" title="Places are kept for 30 minutes">
        You registered 4 people. Seats are kept for 2 more until 3 May.
      </Notice>
      <Notice kind="warning">Two people have no e-mail address: their mail goes to you.</Notice>
      <Notice kind="error">The workshop filled up while you were choosing. Nothing was lost.</Notice>
      <PostForm action="/registrations">
        <TextInput
          {...common}
          name="name"
          label="What is their name?"
          hint="As it should stand on a badge"
          required
          autocomplete="name"
        />
        <TextInput
          {...common}
          name="email"
          label="E-mail address"
          value="ana@praia"
          type="email"
          required
          size="medium"
          autocomplete="email"
        />
        <TextInput {...common} name="fee" label="Fee" prefix="€" value="120.50" inputmode="decimal" size="short" />
        <RadioList
          {...common}
          name="category"
          label="In which category?"
          required
          options={[
            { value: 'member', words: 'Member city', hint: '€120 until 31 March, then €160' },
            { value: 'other', words: 'Other city' },
            { value: 'speaker', words: 'Speaker', disabled: true },
          ]}
        />
        <CheckboxList
          {...common}
          name="visits"
          label="Which visits would they like?"
          values={['b']}
          options={[
            { value: 'a', words: 'The school without walls' },
            { value: 'b', words: 'Roca Umbert, factory of the arts' },
          ]}
        />
        <Checkbox {...common} name="share" label="Share their name with other participants" hint="They can change this later" />
        <TextArea {...common} name="needs" label="What should the kitchen know?" maxWords={50} value="No nuts, please" />
        <Select
          {...common}
          name="language"
          label="Language of mails"
          empty
          options={[{ value: 'pt', words: 'Português' }]}
          size="medium"
        />
        <CountrySelect {...common} name="country" label="Country" value="CV" />
        <ZoneSelect {...common} name="zone" label="Time zone" value="Atlantic/Cape_Verde" />
        <DateInput {...common} name="arrival" label="Day of arrival" value="2026-05-26" />
        <DateTimeInput
          {...common}
          name="startsAt"
          label="When does it start?"
          value="2026-05-26T09:00"
          zone="Europe/Madrid"
          required
        />
        <KnownDateInput {...common} name="born" label="Date of birth" hint="For example 31 3 1980" />
        <FileInput {...common} name="letter" label="Letter of the mayor" kinds="PDF" maxBytes={5_000_000} />
        <TextMapField
          {...common}
          name="title"
          label="Title"
          required
          value={{ en: 'Study visit', ca: 'Visita' }}
          languages={['en', 'fr', 'ca', 'ar']}
        />
        <TextMapField
          {...common}
          name="about"
          label="Description"
          value={{ en: 'Two days in the schools.' }}
          languages={['en', 'fr']}
          rows={4}
        />
        <ButtonRow>
          <Button>Register 4 people</Button>
          <Button kind="secondary" name="draft" value="1">
            Save as a draft
          </Button>
          <Button kind="danger">Give back all places</Button>
          <ButtonLink kind="quiet" href="/events">
            Not now
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </section>
  );
}
