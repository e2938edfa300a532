import type { PlacesLeft as Left } from '../../server/registrations/delegation-queries.ts';
import type { PageContext } from '../page.ts';
import { Stats } from '../ui/facts.tsx';

export interface PlacesLeftProps {
  ctx: PageContext;
  left: Left;
  waitingList: boolean;
  /** How many are chosen; the page's script keeps it true. */
  chosen?: number;
}

/** How many more an organisation may register; null: as many as fit. */
export function roomOf({ allowance, used }: Pick<Left, 'allowance' | 'used'>): number | null {
  return allowance === null ? null : Math.max(0, allowance - used);
}

/** What is left for everybody and for one's own organisation, beside what is chosen. */
export function PlacesLeft({ ctx, left, waitingList, chosen }: PlacesLeftProps) {
  const { t } = ctx;
  const room = roomOf(left);
  const free = left.queueOpen ? 0 : left.free;
  return (
    <div class="places-left" data-places data-free={free} data-room={room ?? ''}>
      <Stats
        ctx={ctx}
        stats={[
          {
            words: t('registrations.left.everybody'),
            value: free,
            note:
              free > 0
                ? t('registrations.left.of', { n: left.capacity })
                : waitingList
                  ? t('registrations.left.queue')
                  : undefined,
          },
          {
            words: t('registrations.left.yours'),
            value: room ?? t('registrations.left.noLimit'),
            note: left.allowance === null ? undefined : t('registrations.left.used', { n: left.used, of: left.allowance }),
          },
        ]}
      />
      {chosen !== undefined && (
        <p class="chosen" aria-live="polite">
          {t('registrations.left.chosen')} <output data-chosen>{chosen}</output>
        </p>
      )}
    </div>
  );
}
