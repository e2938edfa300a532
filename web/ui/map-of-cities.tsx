import { formatNumber } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Chart } from './chart.tsx';
import { landPath } from './land.ts';

export interface CityPoint {
  name: string;
  latitude: number;
  longitude: number;
  /** How many there are; the dot's area grows with it. */
  count: number;
  /** What it leads to. */
  href?: string;
  /** Dots of one kind look alike: 1 is the first kind beside the plain one. */
  kind?: 1 | 2;
}

const WIDTH = 720;

/** Where people or cities are: dots on outlines of the land, no tiles from outside. As near as the dots allow. */
export function MapOfCities({ ctx, title, points }: { ctx: PageContext; title: string; points: CityPoint[] }) {
  if (points.length === 0) return null;
  const frame = frameOf(points);
  const scale = WIDTH / (frame.east - frame.west);
  const x = (longitude: number) => ((longitude - frame.west) * scale).toFixed(1);
  const y = (latitude: number) => ((frame.north - latitude) * scale * STRETCH).toFixed(1);
  const height = (frame.north - frame.south) * scale * STRETCH;
  const land = landPath(frame, (longitude, latitude) => [
    (longitude - frame.west) * scale,
    (frame.north - latitude) * scale * STRETCH,
  ]);
  const most = Math.max(...points.map((point) => point.count), 1);
  const rows = [...points].sort((a, b) => b.count - a.count).map((point) => ({ words: point.name, value: point.count }));
  return (
    <Chart ctx={ctx} title={title} columns={[ctx.t('ui.map.place'), ctx.t('ui.map.number')]} rows={rows}>
      <svg
        viewBox={`0 0 ${WIDTH} ${height.toFixed(0)}`}
        role={points.some(({ href }) => href) ? 'group' : 'img'}
        aria-label={ctx.t('ui.map.label', { title })}
      >
        <rect class="chart-sea" width={WIDTH} height={height.toFixed(0)} rx="10" />
        {land && <path class="chart-land" d={land} />}
        {every(frame.west, frame.east, frame.degrees).map((longitude) => (
          <line key={longitude} class="chart-grid" x1={x(longitude)} x2={x(longitude)} y1="0" y2={height.toFixed(0)} />
        ))}
        {every(frame.south, frame.north, frame.degrees).map((latitude) => (
          <line key={latitude} class="chart-grid" x1="0" x2={WIDTH} y1={y(latitude)} y2={y(latitude)} />
        ))}
        {points.map((point) => {
          const words = `${point.name}: ${formatNumber(point.count, ctx.language)}`;
          const dot = (
            <circle
              key={point.name}
              class={`chart-dot${point.kind ? ` chart-dot-${point.kind}` : ''}`}
              cx={x(point.longitude)}
              cy={y(point.latitude)}
              r={most === 1 ? 6 : (4 + 12 * Math.sqrt(point.count / most)).toFixed(1)}
            >
              <title>{point.href ? point.name : words}</title>
            </circle>
          );
          return point.href ? (
            <a key={point.href} href={point.href} aria-label={point.name}>
              {dot}
            </a>
          ) : (
            dot
          );
        })}
      </svg>
    </Chart>
  );
}

// A degree of latitude is drawn longer than one of longitude: about right for the middle latitudes.
const STRETCH = 1.25;

// Nearer than that there is nothing on it but the dots: outlines of the land are too coarse.
const LEAST = { longitudes: 24, latitudes: 12 };

function frameOf(points: CityPoint[]) {
  const [west, east] = span(
    points.map((point) => point.longitude),
    LEAST.longitudes,
    180,
  );
  const [south, north] = span(
    points.map((point) => point.latitude),
    LEAST.latitudes,
    90,
  );
  return { west, east, south, north, degrees: east - west > 90 ? 30 : east - west > 30 ? 10 : 5 };
}

function span(values: readonly number[], least: number, limit: number): [number, number] {
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const around = Math.max(4, (least - (to - from)) / 2);
  return [Math.max(-limit, from - around), Math.min(limit, to + around)];
}

function every(from: number, to: number, degrees: number): number[] {
  const first = Math.ceil(from / degrees);
  return Array.from({ length: Math.max(0, Math.floor(to / degrees) - first + 1) }, (_, n) => (first + n) * degrees);
}
