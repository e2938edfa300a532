import path from 'node:path';
import { toneOf } from '../../web/charts/diverging-bars.tsx';
import { formatPercent } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { projectFolder } from '../http/assets.ts';
import type { ItemResult, Results } from './results.ts';

const fonts = (weight: string) =>
  path.join(projectFolder(), `node_modules/@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`);
// The colours of the page (`toneOf`), from no to yes; what is not on a scale has one colour, and what is no answer has none.
const TONES = ['#8c510a', '#dfc27d', '#e2e2e2', '#80cdc1', '#01665e'];
const [PLAIN, NONE] = ['#0c7489', '#ffffff'];
const WIDTH = 483;
const LEFT = 56;

/** The report of a questionnaire as a PDF of A4 pages, tagged with its title and language. */
export async function reportPdf(results: Results, language: Language, installation: string): Promise<Buffer> {
  const t = translator(language);
  const say = (texts: Record<string, string>) => textIn(texts, [language], results.defaultLanguage);
  const title = t('questionnaires.results.title', { title: say(results.title) });
  const { default: Document } = await import('pdfkit');
  const pdf = new Document({
    size: 'A4',
    margins: { top: 56, bottom: 64, left: LEFT, right: LEFT },
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: installation },
  });
  pdf.registerFont('text', fonts('400Regular')).registerFont('bold', fonts('700Bold'));
  const chunks: Buffer[] = [];
  const made = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const room = (points: number) => {
    if (pdf.y + points > pdf.page.height - 64) pdf.addPage();
  };
  const line = (words: string, size = 10, font = 'text') =>
    void pdf.font(font).fontSize(size).fillColor('#18222b').text(words, LEFT, pdf.y, { width: WIDTH });
  line(installation, 9);
  line(title, 20, 'bold');
  pdf.moveDown(0.5);
  line(
    `${t('questionnaires.results.answeredOf', { answered: results.answered, asked: results.asked })} · ${t(`questionnaires.privacy.${results.privacy}`)}`,
  );
  pdf.moveDown();
  let under = '';
  for (const item of results.items) {
    room(90);
    const block = item.under ? say(item.under) : '';
    if (block !== '' && block !== under) line(block, 12, 'bold');
    under = block;
    drawItem(item);
    pdf.moveDown(0.8);
  }
  pdf.end();
  return made;

  function drawItem(item: ItemResult): void {
    line(say(item.label), item.under ? 10 : 12, item.under ? 'text' : 'bold');
    if (item.base === null) return line(t('questionnaires.results.few', { least: results.minimumGroup }), 9);
    const facts = [
      t('questionnaires.results.base', { n: item.base }),
      item.nps && `${t('questionnaires.results.nps')} ${item.nps.score}`,
      item.mean !== null && !item.nps && t('questionnaires.results.mean', { mean: item.mean }),
    ];
    line(facts.filter(Boolean).join(' · '), 9);
    const all = item.choices.find(({ code }) => code === item.nearlyAll);
    if (all) return line(t('questionnaires.results.nearlyAll', { words: say(all.label) }));
    for (const text of item.texts) {
      room(30);
      line(`– ${text}`, 9);
    }
    if (item.choices.length > 0 && item.kind !== 'text') drawShares(item);
  }

  function drawShares(item: ItemResult): void {
    for (const { code, label, percent } of item.choices) {
      room(16);
      const y = pdf.y + 1;
      pdf
        .font('text')
        .fontSize(8.5)
        .fillColor('#18222b')
        .text(say(label) || code, LEFT, y, { width: 170, height: 11, ellipsis: true, lineBreak: false });
      pdf.rect(LEFT + 180, y, (WIDTH - 230) * ((percent ?? 0) / 100), 10).fillAndStroke(colourOf(item, code), '#5b6872');
      pdf.fillColor('#18222b').text(formatPercent((percent ?? 0) / 100, language), LEFT + WIDTH - 44, y, {
        width: 44,
        align: 'right',
        lineBreak: false,
      });
      pdf.y = y + 14;
    }
  }
}

function colourOf({ nps, under, choices }: ItemResult, code: string): string {
  if (nps) return TONES[Number(code) <= 6 ? 0 : Number(code) <= 8 ? 2 : 4] ?? PLAIN;
  const scale = choices.filter(({ score }) => score !== null).toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0));
  if (!under || scale.length < 2) return PLAIN;
  const at = scale.findIndex((choice) => choice.code === code);
  return at < 0 ? NONE : (TONES[toneOf(at, scale.length) - 1] ?? PLAIN);
}
