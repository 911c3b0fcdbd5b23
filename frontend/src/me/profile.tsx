// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { listed } from '../i18n/format';
import '../professionals/professionals.css';
import { readParts } from '../professionals/read';
import type { Professional } from '../professionals/types';
import { MemberState, nameOf, Visibility } from '../professionals/words';
import { Badge, Bdi, Loaded, PageHeader } from '../ui';
import { Completeness } from './completeness';
import { OwnPart } from './part';
import { asked, Standing } from './standing';
import { OwnPages } from './tabs';

/** The person's own page: whether they can be found, and everything that is written about them. */
export default function ProfilePage() {
  const load = useLoad<Professional>((signal) => call('GET', '/me/professional', { signal }), []);
  const own = load.data;
  // A link may lead to one part: "/me?part=skills" opens it for writing.
  const wanted = useLocation().query['part'];
  useEffect(() => {
    const part = readParts.find((one) => one === wanted);
    if (part) asked.value = { part, field: '' };
  }, [wanted]);
  return (
    <>
      <PageHeader title={t('me.title')} over={own && <Bdi>{nameOf(own)}</Bdi>} lead={t('me.lead')} facts={own && <Facts own={own} />} />
      <OwnPages current="profile" />
      <Loaded load={load} waiting={t('me.loading')}>
        {(data) => (
          <>
            <Standing own={data} load={load} />
            <Completeness version={data.version} />
            {readParts.map((part) => <OwnPart key={part} part={part} own={data} load={load} />)}
          </>
        )}
      </Loaded>
    </>
  );
}

function Facts({ own }: { own: Professional }) {
  return (
    <>
      <MemberState state={own.state} /><Visibility visible={own.visible} />
      <span>{t('me.pseudonym')} <span dir="ltr" class="pseudonym">{own.pseudonym}</span></span>
      {own.associations.length > 0 && <span>{t('me.associations', { names: listed(own.associations.map((one) => one.name)) })}</span>}
      {own.demo && <Badge>{t('professionals.demo')}</Badge>}
    </>
  );
}
