import { expect, it } from 'vitest';
import { landPath } from '../../web/ui/land.ts';

const WORLD = { west: -180, east: 180, south: -60, north: 85 };
const plain = (longitude: number, latitude: number) => [longitude * 10, latitude * 10] as const;
const outlinesOf = (path: string) =>
  path
    .split('z')
    .filter(Boolean)
    .map((outline) =>
      outline
        .slice(1)
        .split('L')
        .map((point) => point.split(' ').map((number) => Number(number) / 10)),
    );

/** Whether a point is inside of an odd number of outlines (ray to the east). */
function onLand(longitude: number, latitude: number): boolean {
  const crossings = outlinesOf(landPath(WORLD, plain)).flatMap((outline) =>
    outline.filter(([x = 0, y = 0], n) => {
      const [u = 0, v = 0] = outline[(n + 1) % outline.length] ?? [];
      return y > latitude !== v > latitude && longitude < ((u - x) * (latitude - y)) / (v - y) + x;
    }),
  );
  return crossings.length % 2 === 1;
}

it('has land where there is land, and sea where there is sea', () => {
  const inland = {
    Madrid: [-3.7, 40.4],
    Rosario: [-61, -33.2],
    Torino: [7.7, 45.1],
    Wuhan: [114.3, 30.6],
    Bamako: [-8, 12.6],
    Brisbane: [151, -27],
  };
  const sea = { Atlantic: [-35, 30], Indian: [80, -20], Pacific: [-150, 0], Mediterranean: [18, 35.5] };
  const landed = ([, [longitude = 0, latitude = 0]]: [string, number[]]) => onLand(longitude, latitude);
  expect(Object.entries(inland).filter((place) => !landed(place))).toEqual([]);
  expect(Object.entries(sea).filter(landed)).toEqual([]);
});

it('is light, and left out where it would be too coarse', () => {
  expect(landPath(WORLD, plain).length).toBeLessThan(20_000);
  expect(landPath({ west: -5, east: 5, south: 38, north: 44 }, plain)).toBe('');
  const inside = (path: string) =>
    outlinesOf(path)
      .flat()
      .every(([x = 0, y = 0]) => x >= -12 && x <= 30 && y >= 35 && y <= 60);
  expect(inside(landPath({ west: -12, east: 30, south: 35, north: 60 }, plain))).toBe(true);
  const europe = outlinesOf(landPath({ west: -12, east: 30, south: 35, north: 60 }, plain)).length;
  expect([europe > 0, europe < outlinesOf(landPath(WORLD, plain)).length]).toEqual([true, true]);
});
