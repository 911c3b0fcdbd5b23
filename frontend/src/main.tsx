// SPDX-License-Identifier: AGPL-3.0-or-later
import './ui/styles.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app';
import { preferredLanguage, speak } from './i18n';
import { loadSession, session } from './session/session';
import { chosenLanguage } from './shell/language';
import { followTheme } from './shell/theme';

followTheme();
const root = document.getElementById('app');
if (root) {
  // The language file and the session are asked for at the same time.
  const language = preferredLanguage(chosenLanguage(), navigator.languages);
  const spoken = speak(language).catch(() => speak('en'));
  void loadSession();
  // The account's language counts where none was chosen on this device.
  effect(() => {
    const locale = session.value?.user.locale;
    if (locale && !chosenLanguage()) void speak(preferredLanguage(locale, []));
  });
  // Without any language there is nothing to show; these words need none.
  spoken.then(() => render(<App />, root), () => (root.textContent = 'Sankofa could not be loaded. Please load the page again.'));
}
