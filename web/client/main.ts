import { copyFields } from './copying.ts';
import { countParty } from './delegation.ts';
import { autosave } from './entries.ts';
import { countDown, focusErrors, followAnswers, showCurrentTabs } from './fields.ts';
import './forms.ts';
import { keepReview } from './judging.ts';
import { refreshParts } from './refreshing.ts';
import { countSelected, showSelectAll } from './selecting.ts';
import { followFilters, sendOnce } from './sending.ts';
import { rememberTheme, showThemeSwitch } from './theme.ts';

// Better with it, complete without. It runs before the page is drawn, and again when all of the page is there.
rememberTheme();
sendOnce();
countSelected();
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', whenComplete);
else whenComplete();

function whenComplete(): void {
  showThemeSwitch();
  showCurrentTabs();
  showSelectAll();
  countDown();
  followAnswers();
  followFilters();
  autosave();
  countParty();
  copyFields();
  keepReview();
  refreshParts();
  focusErrors();
}
