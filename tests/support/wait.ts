/** Waits until `ask` answers something true, asking every few milliseconds; fails with `what` after ten seconds. */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  within = 10_000,
): Promise<NonNullable<Answer>> {
  const deadline = performance.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`Still waiting after ${within / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
