import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../server/http/assets.ts';

// The rules of the house (docs/decisions/001-the-house.md), read from the import lines.

const root = projectFolder(import.meta.dirname);
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /^(server|web|db|emails|workers|tests)\//.test(file));

const FEATURES = [
  'accounts',
  'organisations',
  'forms',
  'places',
  'sends',
  'events',
  'activities',
  'programme',
  'registrations',
  'study-visits',
  'calls',
  'judging',
  'questionnaires',
  'mailings',
  'calendars',
  'door',
  'documents',
  'reports',
  'personal-data',
];

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function importsOf(file: string, text = readFileSync(path.join(root, file), 'utf8')): Import[] {
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"](\.{1,2}\/[^'"]+)['"]/gm);
  return [...found].map((match) => ({
    from: file,
    to: path.posix.join(path.posix.dirname(file), match[2] ?? ''),
    typeOnly: match[1] !== undefined,
  }));
}

const feature = (file: string) => /^server\/([^/]+)\//.exec(file)?.[1];
const part = (file: string) => path.posix.basename(file).replace(/\.tsx?$/, '');
const PLUMBING = new Set(['http', 'dev']);

/** Why an import may not be, or null. Exported to itself below: the test of the test. */
function forbidden({ from, to, typeOnly }: Import): string | null {
  const room = from.split('/')[0];
  const target = to.split('/')[0];
  const pure = /^(rules|access)$/.test(part(from)) && feature(from);
  if (room === 'db' && target !== 'db' && !from.startsWith('db/demo/')) return 'db imports nothing of ours';
  if (
    pure &&
    !typeOnly &&
    target === 'server' &&
    !/^(rules|access|input|definition|evaluation)$/.test(part(to)) &&
    !/^server\/(errors|fields)\.ts$/.test(to)
  ) {
    return 'rules and access are pure';
  }
  if (pure && !typeOnly && target === 'db') return 'rules and access know row types only';
  if ((room === 'web' || room === 'emails') && !typeOnly) {
    if (target === 'db' || target === 'workers') return 'web and emails know no database and no workers';
    if (target === 'server' && /^(queries|actions|routes|api|app|main)$/.test(part(to)))
      return 'web and emails know types, rules, access and input';
    if (to.startsWith('server/http/')) return 'web and emails know no HTTP';
  }
  if (feature(from) && /^(queries|actions)$/.test(part(from))) {
    if (/^(routes|api)$/.test(part(to)) || target === 'emails' || target === 'workers')
      return 'queries and actions know nothing above them';
    if (target === 'web' && !to.startsWith('web/locales/')) return 'queries and actions draw nothing';
  }
  if (
    room === 'workers' &&
    !typeOnly &&
    (/^(routes|api)$/.test(part(to)) || (target === 'web' && !to.startsWith('web/locales/')))
  )
    return 'workers know no routes and no pages';
  const [own, other] = [feature(from), feature(to)];
  if (
    own &&
    other &&
    own !== other &&
    !PLUMBING.has(own) &&
    !PLUMBING.has(other) &&
    /^(rules|queries|actions)$/.test(part(from)) &&
    !typeOnly
  ) {
    if (FEATURES.indexOf(other) > FEATURES.indexOf(own)) return `${own} stands below ${other}`;
  }
  return null;
}

describe('the house', () => {
  it('lets imports go one way', () => {
    const wrong = files
      .filter((file) => !file.startsWith('tests/'))
      .flatMap((file) => importsOf(file))
      .flatMap((line) => (forbidden(line) ? [`${line.from} → ${line.to}: ${forbidden(line)}`] : []));
    expect(wrong).toEqual([]);
  });

  it('would notice each kind of wrong import', () => {
    const wrong: [string, string][] = [
      ['db/outbox.ts', 'server/errors.ts'],
      ['server/events/rules.ts', 'server/events/queries.ts'],
      ['web/events/event-page.tsx', 'server/events/actions.ts'],
      ['emails/events/moved.tsx', 'db/database.ts'],
      ['server/places/actions.ts', 'workers/queue.ts'],
      ['server/places/actions.ts', 'server/registrations/actions.ts'],
      ['workers/events.ts', 'server/events/routes.tsx'],
    ];
    for (const [from, to] of wrong) expect(forbidden({ from, to, typeOnly: false }), `${from} → ${to}`).not.toBeNull();
    expect(forbidden({ from: 'server/registrations/actions.ts', to: 'server/places/actions.ts', typeOnly: false })).toBeNull();
    expect(
      importsOf('a/b.ts', "import {\n  x,\n  type Y,\n} from '../c.ts';\nimport type { Z } from './d.ts';").map((line) => [
        line.to,
        line.typeOnly,
      ]),
    ).toEqual([
      ['c.ts', false],
      ['a/d.ts', true],
    ]);
  });

  it('spells every feature as one of the list', () => {
    const rooms = new Set(files.flatMap((file) => feature(file) ?? []));
    expect([...rooms].filter((room) => !FEATURES.includes(room) && !PLUMBING.has(room))).toEqual([]);
  });

  it('has no barrels and no drawers', () => {
    const banned = /(^|\/)(index|utils?|helpers?|common|misc|types|constants|services?|managers?)\.tsx?$/;
    expect(files.filter((file) => banned.test(file))).toEqual([]);
  });

  it('has no default exports, no enums and no any', () => {
    const wrong = files
      .filter((file) => !file.startsWith('tests/'))
      .filter((file) =>
        /^export default |^(export )?(const )?enum |: any\b|as any\b|<any>/m.test(
          readFileSync(path.join(root, file), 'utf8').replace(/\/\/.*|\/\*[^]*?\*\//g, ''),
        ),
      );
    expect(wrong).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const wrong = files.filter(
      (file) => !file.startsWith('tests/') && /process\.env/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(wrong.filter((file) => !['server/config.ts', 'server/start.ts', 'emails/mailer.ts'].includes(file))).toEqual([]);
  });

  it('R11 computes local times in the application, never in SQL', () => {
    // PostgreSQL's table of zones and the application's are not of the same year: what both compute would differ.
    const localTime = /at\s+time\s+zone\s+(?!'UTC')|\btimezone\s*\((?!\s*'UTC')[^)]*,|set\s+(local\s+|session\s+)?time\s*zone\b/i;
    for (const sql of ["x at time zone 'Europe/Paris'", 'x AT TIME ZONE e.zone', 'timezone(e.zone, x)', 'set local timezone = x'])
      expect(localTime.test(sql), sql).toBe(true);
    expect(localTime.test("x at time zone 'UTC'")).toBe(false);
    const wrong = files.filter(
      (file) => /^(server|workers|db)\//.test(file) && localTime.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
