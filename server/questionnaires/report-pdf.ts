import path from 'node:path';
import { formatPercent } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { projectFolder } from '../http/assets.ts';
import type { ItemResult, Results } from './results.ts';

const fonts = (weight: string) =>
  path.join(projectFolder(), `node_modules/@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`);
const TONES = ['#8c510a', '#dfc27d', '#e2e2e2', '#80cdc1', '#01665e'];
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
    `${t('questionnaires.results.answered')}: ${t('questionnaires.rate', { answered: results.answered, asked: results.asked })} · ${t(`questionnaires.privacy.${results.privacy}`)}`,
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
    item.choices.forEach(({ code, label, percent }, at) => {
      room(16);
      const y = pdf.y + 1;
      const tone = TONES[Math.round((at / Math.max(1, item.choices.length - 1)) * 4)] ?? '#0c5a68';
      pdf
        .font('text')
        .fontSize(8.5)
        .fillColor('#18222b')
        .text(say(label) || code, LEFT, y, { width: 170, height: 11, ellipsis: true, lineBreak: false });
      pdf.rect(LEFT + 180, y, (WIDTH - 230) * ((percent ?? 0) / 100), 10).fillAndStroke(tone, '#5b6872');
      pdf.fillColor('#18222b').text(formatPercent((percent ?? 0) / 100, language), LEFT + WIDTH - 44, y, {
        width: 44,
        align: 'right',
        lineBreak: false,
      });
      pdf.y = y + 14;
    });
  }
}
