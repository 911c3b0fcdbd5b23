// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import { useKeys } from '../ui';

/** The key that leads to the search from everywhere; the search page has it for its box. */
export function SearchKey() {
  const { path, route } = useLocation();
  useKeys(path === '/search' ? [] : [{ key: '/', does: t('search.nav'), act: () => route('/search') }]);
  return null;
}
