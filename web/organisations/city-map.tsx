import type { PageContext } from '../page.ts';

export interface Point {
  slug: string;
  name: string;
  latitude: number;
  longitude: number;
}

const WIDTH = 900;
const MARGIN = 3;

/** Where cities lie, drawn from their coordinates alone: degrees as a plane, a line every ten, as near as the points allow. */
export function CityMap({ ctx, points }: { ctx: PageContext; points: Point[] }) {
  if (points.length < 2) return null;
  const longitudes = points.map((point) => point.longitude);
  const latitudes = points.map((point) => point.latitude);
  const [west, east] = [Math.min(...longitudes) - MARGIN, Math.max(...longitudes) + MARGIN];
  const [south, north] = [Math.min(...latitudes) - MARGIN, Math.max(...latitudes) + MARGIN];
  const scale = WIDTH / (east - west);
  const height = Math.max(120, (north - south) * scale);
  const x = (longitude: number) => ((longitude - west) * scale).toFixed(1);
  const y = (latitude: number) => ((north - latitude) * scale).toFixed(1);
  return (
    <section aria-labelledby="map">
      <h2 id="map">{ctx.t('organisations.list.map')}</h2>
      <p>{ctx.t('organisations.list.mapLead', { n: points.length })}</p>
      <svg class="city-map" viewBox={`0 0 ${WIDTH} ${height.toFixed(0)}`} role="img" aria-labelledby="map">
        {tens(west, east).map((longitude) => (
          <line key={longitude} x1={x(longitude)} x2={x(longitude)} y1="0" y2={height.toFixed(0)} />
        ))}
        {tens(south, north).map((latitude) => (
          <line key={latitude} x1="0" x2={WIDTH} y1={y(latitude)} y2={y(latitude)} />
        ))}
        {points.map((point) => (
          <circle key={point.slug} cx={x(point.longitude)} cy={y(point.latitude)} r="5">
            <title>{point.name}</title>
          </circle>
        ))}
      </svg>
    </section>
  );
}

function tens(from: number, to: number): number[] {
  const first = Math.ceil(from / 10) * 10;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / 10) + 1) }, (_, at) => first + at * 10);
}
