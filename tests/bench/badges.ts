import { type Badge, badgesPdf } from '../../server/documents/badges.ts';

const PEOPLE = 1000;
const NAMES = ['Delegate of Granollers', 'ماجدة القاضي', '창원시 담당자', 'Representative of Saint-Étienne-du-Rouvray'];

/** A thousand badges in several scripts, eight on a sheet. */
export async function badges(): Promise<void> {
  const all = Array.from(
    { length: PEOPLE },
    (_, n): Badge => ({
      name: `${NAMES[n % NAMES.length]} ${n}`,
      organisation: `Municipality of the educating city number ${n}`,
      country: 'Spain',
      role: ['Member', 'Speaker', 'Host'][n % 3] ?? '',
      colour: n % 3,
      languages: 'EN · ES',
      pass: `https://convivium.example.org/pass/${String(n).padStart(38, 'x')}`,
    }),
  );
  const begin = performance.now();
  const pdf = await badgesPdf(all, {
    layout: 'a4-8',
    event: 'International Congress of Educating Cities',
    language: 'en',
    created: Temporal.Now.instant(),
  });
  const seconds = Math.round((performance.now() - begin) / 10) / 100;
  const rssMB = Math.round(process.resourceUsage().maxRSS / 1024);
  const pages = pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
  console.log(JSON.stringify({ seconds, rssMB, pages }));
  process.exitCode = seconds < 5 && rssMB < 300 && pages === PEOPLE / 8 ? 0 : 1;
}
