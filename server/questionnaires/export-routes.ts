import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { type ExportColumn, type ExportFormat, sendExport } from '../http/exports.ts';
import { runQuestionnaire } from './api.ts';
import { dataFile } from './exporting.ts';
import type { Questionnaire } from './queries.ts';
import { reportPdf } from './report-pdf.ts';
import { type ItemResult, type Results, resultsOf } from './results.ts';
import { idOf } from './routes.tsx';
import { writtenTexts } from './sharing.ts';
import { rScript, spssSyntax } from './variables.ts';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
const HOMES = ['/back-office/questionnaires/:id', '/api/questionnaires/:id'] as const;

/** Reports and data files, on pages and for programs alike. */
export function questionnaireExports(app: FastifyInstance): void {
  const { db, clock, config } = app.system;
  const named = (one: Questionnaire, request: FastifyRequest) =>
    textIn(one.title, [request.language], one.event?.defaultLanguage).slice(0, 80) || 'questionnaire';

  for (const home of HOMES) {
    const get = (
      file: string,
      answer: (one: Questionnaire, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
    ) =>
      app.get(`${home}/${file}`, BACK_OFFICE, async (request, reply) =>
        answer(await runQuestionnaire(request, idOf(request)), request, reply),
      );

    get('answers.csv', async (one, _request, reply) => {
      const { variables, rows } = await dataFile(db, one);
      const columns = variables.map(
        ({ name }, at): ExportColumn<(string | number | null)[]> => ({ header: name, value: (row) => row[at] }),
      );
      return sendExport(reply, { name: 'answers', format: 'csv', columns, rows: Readable.from(rows) });
    });

    get('codebook.csv', async (one, request, reply) => {
      const { variables, definition } = await dataFile(db, one);
      const say = (texts: Record<string, string>) => textIn(texts, [request.language], definition.defaultLanguage);
      const lines = variables.flatMap(({ name, label, measure, values }) => [
        { name, label: say(label), kind: measure.kind, concept: measure.concept ?? '', code: '', meaning: '' },
        ...values.map((value) => ({ name, label: '', kind: '', concept: '', code: value.code, meaning: say(value.label) })),
      ]);
      const keys = ['name', 'label', 'kind', 'concept', 'code', 'meaning'] as const;
      const columns = keys.map((key): ExportColumn<(typeof lines)[number]> => ({ header: key, value: (row) => row[key] }));
      return sendExport(reply, { name: 'codebook', format: 'csv', columns, rows: Readable.from(lines) });
    });

    get('texts.csv', async (one, _request, reply) => {
      const texts = one.settledAt ? await writtenTexts(db, one.id) : [];
      const columns: ExportColumn<(typeof texts)[number]>[] = [
        { header: 'item', value: ({ item }) => item },
        { header: 'text', value: ({ text, redacted }) => redacted ?? text },
      ];
      const shown = texts.filter(({ redacted }) => redacted !== '');
      return sendExport(reply, { name: 'texts', format: 'csv', columns, rows: Readable.from(shown) });
    });

    for (const [ending, make] of [
      ['sps', spssSyntax],
      ['R', rScript],
    ] as const) {
      get(`answers.${ending}`, async (one, request, reply) => {
        const { variables, definition } = await dataFile(db, one);
        const say = (texts: Record<string, string>) => textIn(texts, [request.language], definition.defaultLanguage);
        return reply
          .type('text/plain; charset=utf-8')
          .header('content-disposition', `attachment; filename="answers.${ending}"`)
          .send(make('answers.csv', variables, say));
      });
    }

    for (const format of ['xlsx', 'csv'] as const)
      get(`report.${format}`, async (one, request, reply) =>
        sendReport(reply, await resultsOf(db, one, {}, clock()), request, format, named(one, request)),
      );

    get('report.pdf', async (one, request, reply) =>
      reply
        .type('application/pdf')
        .header('content-disposition', 'attachment; filename="report.pdf"')
        .send(await reportPdf(await resultsOf(db, one, {}, clock()), request.language, config.installationName)),
    );
  }
}

function sendReport(reply: FastifyReply, results: Results, request: FastifyRequest, format: ExportFormat, name: string) {
  const t = translator(request.language);
  const say = (texts: Record<string, string>) => textIn(texts, [request.language], results.defaultLanguage);
  type Line = { item: ItemResult; choice: ItemResult['choices'][number] | null };
  const lines = results.items.flatMap((item): Line[] =>
    item.choices.length > 0 ? item.choices.map((choice) => ({ item, choice })) : [{ item, choice: null }],
  );
  const columns: ExportColumn<Line>[] = [
    {
      header: t('questionnaires.compare.question'),
      value: ({ item }) => [item.under ? say(item.under) : '', say(item.label)].filter(Boolean).join(' – '),
    },
    { header: t('questionnaires.results.option'), value: ({ choice }) => choice && (say(choice.label) || choice.code) },
    { header: `${t('questionnaires.results.percent')} (%)`, value: ({ choice }) => choice?.percent },
    { header: t('questionnaires.results.n'), value: ({ item }) => item.base },
    { header: t('questionnaires.results.nps'), value: ({ item }) => item.nps?.score },
    { header: 'Ø', value: ({ item }) => item.mean },
  ];
  return sendExport(reply, { name, format, columns, rows: Readable.from(lines) });
}
