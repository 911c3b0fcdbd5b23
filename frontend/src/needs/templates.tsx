// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call, newKey } from '../api/call';
import { usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { role } from '../session/session';
import { Badge, Bdi, Button, Empty, Loaded, PageHeader, ProblemNotice, tell } from '../ui';
import './needs.css';
import type { Need, NeedTemplate } from './types';
import { needPath } from './words';

/** What a need can be begun from: a host's own templates, and those of the programme. */
export default function TemplatesPage() {
  const { route } = useLocation();
  const load = usePages<NeedTemplate>('/need-templates', {});
  const [problem, setProblem] = useState<Problem | undefined>();
  const act = async (what: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await what();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  const use = (one: NeedTemplate) => act(async () => {
    const { data } = await call<Need>('POST', `/need-templates/${one.id}/needs`, { idempotencyKey: newKey() });
    route(needPath(data, '/edit'));
  });
  const drop = (one: NeedTemplate) => act(async () => {
    await call('DELETE', `/need-templates/${one.id}`, {});
    tell(t('needs.template_dropped'));
    load.reload();
  });
  return (
    <>
      <PageHeader title={t('needs.templates')} lead={t('needs.templates_lead')} crumbs={[{ href: '/needs', label: t('needs.title') }]} />
      {problem && <ProblemNotice problem={problem} focus />}
      <Loaded load={load} waiting={t('needs.loading')}>
        {(items) => (items.length === 0 ? <Empty title={t('needs.no_templates')}>{t('needs.no_templates_text')}</Empty> : (
          <ul class="people">
            {items.map((one) => (
              <li key={one.id} class="person">
                <h2 class="person-name"><Bdi>{one.title}</Bdi></h2>
                {one.shared && <p><Badge tone="neutral">{t('needs.template_shared')}</Badge></p>}
                <div class="cluster">
                  {role.value === 'host' && <Button kind="primary" onClick={() => void use(one)}>{t('needs.template_use')}<span class="hidden"> {one.title}</span></Button>}
                  {one.mine && <Button kind="quiet" onClick={() => void drop(one)}>{t('needs.template_drop')}<span class="hidden"> {one.title}</span></Button>}
                </div>
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
    </>
  );
}
