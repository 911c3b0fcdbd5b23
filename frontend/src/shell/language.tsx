// SPDX-License-Identifier: AGPL-3.0-or-later
import { language, languages, speak, t, type Language } from '../i18n';
import { problemOf } from '../api/problem';
import { rememberLanguage } from '../session/session';
import { Menu, tell } from '../ui';

const key = 'sankofa.language';

// Each language in its own words, so that whoever needs it can read it.
const own: Record<Language, string> = { en: 'English', fr: 'Français', ar: 'العربية', pt: 'Português' };

/** The language chosen on this device. */
export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

async function choose(wanted: Language): Promise<void> {
  try {
    localStorage.setItem(key, wanted);
  } catch {
    // Where storage is off the choice lasts as long as the page.
  }
  try {
    await speak(wanted);
    await rememberLanguage(wanted);
  } catch (thrown) {
    tell(problemOf(thrown).text);
  }
}

/** Every language at a glance, where there is room or nobody has chosen yet. */
export function LanguageSwitch() {
  return (
    <ul class="languages" aria-label={t('shell.language')}>
      {languages.map((one) => (
        <li key={one}>
          <button type="button" lang={one} class="language" aria-pressed={language.value === one} onClick={() => void choose(one)}>{own[one]}</button>
        </li>
      ))}
    </ul>
  );
}

/** The language of now; the others behind it. */
export function LanguageMenu() {
  return (
    <Menu name={t('shell.language')} label={<span lang={language.value}>{own[language.value]}</span>}>
      {(close) => (
        <ul class="menu-list">
          {languages.map((one) => (
            <li key={one}>
              <button type="button" lang={one} class="menu-item" aria-pressed={language.value === one} onClick={() => { close(); void choose(one); }}>{own[one]}</button>
            </li>
          ))}
        </ul>
      )}
    </Menu>
  );
}
