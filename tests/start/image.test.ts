import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { BUNDLES, projectFolder } from '../../server/http/assets.ts';
import { testApp } from '../support/app.ts';
import { buildProgram, startProgram } from '../support/program.ts';

// What cannot be tried here, where there is no container engine: that the image has everything the program needs.
const app = await testApp();
beforeAll(buildProgram);

test('the image brings every source that the browser\u2019s scripts are bundled from', async () => {
  const folder = projectFolder();
  const stage =
    readFileSync(path.join(folder, 'Dockerfile'), 'utf8')
      .split(/^FROM /m)
      .at(-1) ?? '';
  const brought = [...stage.matchAll(/^COPY --from=build (?:\/app\/[\w.-]+ )*\/app\/([\w.-]+)/gm)].map(([, name]) => name);
  const { metafile } = await build({
    entryPoints: Object.values(BUNDLES).map(({ entry }) => path.join(folder, 'web/client', entry)),
    absWorkingDir: folder,
    bundle: true,
    write: false,
    outdir: 'none',
    metafile: true,
  });
  const { dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const missing = Object.keys(metafile.inputs).filter((file) => {
    const needed = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
    return needed ? !(needed in dependencies) : !brought.includes(file.split('/')[0]);
  });
  expect(missing).toEqual([]);
});

test('the first administrator is made by a command, which prints their way in', async () => {
  const settings = { DATABASE_URL: app.system.config.databaseUrl, SECRET: app.system.config.secret, LOG_LEVEL: 'silent' };
  const run = async (...args: string[]) => {
    const program = await startProgram('admin', { ...settings, PUBLIC_URL: 'https://cities.example.org' }, args);
    return [await program.exited, program.output()] as const;
  };
  expect(await run()).toEqual([1, expect.stringContaining('npm run admin -- EMAIL NAME')]);
  const [code, output] = await run('first@example.org', 'The first');
  expect([code, output]).toEqual([0, expect.stringMatching(/https:\/\/cities\.example\.org\/sign-in\/[\w-]{43}/)]);
  const token = /sign-in\/([\w-]{43})/.exec(output)?.[1];
  const signedIn = await app.post(`/sign-in/${token}`, {});
  expect(signedIn.statusCode).toBe(303);
  const rows = await app.db
    .selectFrom('roles')
    .innerJoin('people', 'people.id', 'roles.person_id')
    .select(['name', 'role'])
    .execute();
  expect(rows).toEqual([{ name: 'The first', role: 'admin' }]);
  // Said again, it changes nothing.
  expect((await run('first@example.org'))[0]).toBe(0);
  expect((await app.db.selectFrom('roles').selectAll().execute()).length).toBe(1);
}, 60_000);
