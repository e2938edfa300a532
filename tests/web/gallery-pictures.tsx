import type { PageContext } from '../../web/page.ts';
import { BarChart, LineOverTime } from '../../web/ui/chart.tsx';
import { LangText, Markdown } from '../../web/ui/content.tsx';
import { Card, Cards, DefinitionList, Progress, Stats, Timeline } from '../../web/ui/facts.tsx';
import { MapOfCities } from '../../web/ui/map-of-cities.tsx';
import { Happened, When } from '../../web/ui/when.tsx';

const start = Temporal.Instant.from('2026-05-26T07:00Z');

export function GalleryPictures({ ctx }: { ctx: PageContext }) {
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures">The event at a glance</h2>
      <Stats
        ctx={ctx}
        stats={[
          { words: 'Confirmed', value: 1812, note: '+46 this week', href: '/confirmed' },
          { words: 'Waiting', value: 14 },
          { words: 'Cities', value: 203 },
          { words: 'Unpaid', value: '€12,400' },
        ]}
      />
      <Progress ctx={ctx} label="Places taken" value={1812} total={2000} />
      <Progress ctx={ctx} label="Workshop “Care”" value={40} total={40} />
      <h3>Facts</h3>
      <DefinitionList
        facts={[
          { term: 'When', value: <When ctx={ctx} at={start} until={start.add({ hours: 3 })} zone="Europe/Madrid" /> },
          { term: 'All days', value: <When ctx={ctx} at={start} until={start.add({ hours: 80 })} zone="Europe/Madrid" days /> },
          { term: 'Title', value: <LangText ctx={ctx} map={{ ca: 'Congrés de Ciutats Educadores' }} note /> },
        ]}
      />
      <Cards>
        <Card title="Praia" href="/organisations/praia" kicker="Cape Verde">
          <p>4 people, contact Ana Lúcia Évora</p>
        </Card>
        <Card title="Changwon" href="/organisations/changwon" kicker="Korea">
          <p>2 people</p>
        </Card>
      </Cards>
      <h3>History</h3>
      <Timeline
        moments={[
          { key: '1', what: 'Capacity raised from 1,800 to 2,000', by: 'Marina Canals', when: <Happened ctx={ctx} at={start} /> },
          { key: '2', what: 'Published', by: 'Marina Canals', when: <Happened ctx={ctx} at={start.subtract({ hours: 200 })} /> },
        ]}
      />
      <LineOverTime
        ctx={ctx}
        title="Places taken"
        columns={['Day', 'Places']}
        limit={{ words: '2,000 places', value: 2000 }}
        points={[0, 5, 12, 20, 30, 41].map((days, at) => ({
          date: Temporal.PlainDate.from('2026-02-01').add({ days }),
          value: [120, 380, 700, 950, 1500, 1812][at] ?? 0,
        }))}
      />
      <BarChart
        ctx={ctx}
        title="Where they come from"
        columns={['Country', 'People']}
        rows={[
          { words: 'Spain', value: 812 },
          { words: 'Portugal', value: 404 },
          { words: 'Brazil', value: 210 },
          { words: 'Cape Verde', value: 12 },
        ]}
      />
      <MapOfCities
        ctx={ctx}
        title="Cities"
        points={[
          { name: 'Granollers', latitude: 41.6, longitude: 2.3, count: 80 },
          { name: 'Praia', latitude: 14.9, longitude: -23.5, count: 4 },
          { name: 'Rosario', latitude: -32.9, longitude: -60.6, count: 22 },
          { name: 'Changwon', latitude: 35.2, longitude: 128.7, count: 9 },
          { name: 'Lisboa', latitude: 38.7, longitude: -9.1, count: 40 },
        ]}
      />
      <Markdown html="<h3>About</h3><p>A <strong>congress</strong> of <a href='https://example.org'>cities</a>.</p><ul><li>One</li><li>Two</li></ul>" />
    </section>
  );
}
