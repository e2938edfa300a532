export interface TestClock {
  (): Temporal.Instant;
  set(to: Temporal.Instant | string): void;
  advance(by: Temporal.DurationLike): void;
}

/** A clock that stands still until the test moves it. */
export function testClock(at: Temporal.Instant | string = Temporal.Now.instant()): TestClock {
  let now = Temporal.Instant.from(at);
  return Object.assign(() => now, {
    set: (to: Temporal.Instant | string) => void (now = Temporal.Instant.from(to)),
    advance: (by: Temporal.DurationLike) => void (now = now.toZonedDateTimeISO('UTC').add(by).toInstant()),
  });
}
