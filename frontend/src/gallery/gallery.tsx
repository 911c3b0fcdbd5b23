// SPDX-License-Identifier: AGPL-3.0-or-later
// Every component in every state, with made-up content. The texts are English on
// purpose: the page is for those who build, and only they see it.
import { useState } from 'preact/hooks';
import { Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { country, date, languageName, listed, moment, percent, period } from '../i18n/format';
import {
  Badge, Bdi, Button, Checkbox, CheckboxGroup, Combobox, DateInput, DefinitionList, Dialog, Disclosure, Empty, Fieldset, LinkButton, Loaded,
  Loading, Meter, Notice, NumberInput, PageHeader, RadioGroup, RepeatableList, Section, Select, ShowMore, Status, Table, Tabs, tell, TextArea,
  TextInput, type Column, type Option,
} from '../ui';

export default function Gallery() {
  return (
    <>
      <PageHeader title="Nurse trainer for the regional hospital" over={<code dir="ltr">SKF-2026-0042</code>} crumbs={[{ href: '/', label: 'Overview' }, { href: '/needs', label: 'Needs' }]}
        lead="Every component in its states. The heading, the trail and the facts above and below belong to the page header."
        facts={<><Badge tone="accent">Published</Badge><span>{period('2026-03-02', '2026-05-29')}</span><span>{country('GH')}</span><span>Changed {moment('2026-02-11T09:30:00Z')}</span></>}
        actions={<><LinkButton href="/ui">Duplicate</LinkButton><Button kind="primary">Publish</Button></>} />
      <Buttons />
      <Ranking />
      <Tables />
      <FormExample />
      <Signs />
      <States />
    </>
  );
}

function Buttons() {
  const [open, setOpen] = useState(false);
  return (
    <Section title="Buttons, dialog, toast">
      <p class="cluster">
        <Button kind="primary">Primary</Button><Button>Normal</Button><Button kind="quiet">Quiet</Button><Button kind="danger">Withdraw</Button>
        <Button icon="print">Print</Button><Button small icon="plus">Small</Button><Button busy>Busy</Button><Button disabled>Disabled</Button>
        <Button icon="search" iconOnly>Search</Button>
        <Button id="open-dialog" onClick={() => setOpen(true)}>Open a dialog</Button>
        <Button id="show-toast" onClick={() => tell('Ama Boateng was put on the shortlist.', () => tell('Undone.'))}>Show a toast</Button>
      </p>
      <Dialog open={open} title="Withdraw the need?" onClose={() => setOpen(false)}
        actions={<><Button kind="danger" onClick={() => setOpen(false)}>Withdraw</Button><Button kind="quiet" onClick={() => setOpen(false)}>Keep it</Button></>}>
        <p>Four people are on the longlist. They will be told that the need is closed.</p>
        <TextInput id="dialog-reason" label="Reason" help="They will read it." value="" onChange={() => undefined} />
      </Dialog>
    </Section>
  );
}

function Ranking() {
  return (
    <Section title="Fit and scores" lead="A sign, a word and a colour; never the colour alone.">
      <p class="cluster"><Status fit="met" /><Status fit="partly" /><Status fit="missing" /><Status fit="unknown" /><Status fit="partly">French: B1, asked B2</Status></p>
      <p class="cluster"><Badge>Draft</Badge><Badge tone="accent">Submitted</Badge><Badge tone="good">Accepted</Badge><Badge tone="caution">Waiting</Badge><Badge tone="bad">Declined</Badge></p>
      <div class="stack">
        <Meter label="Overall" value={82} /><Meter label="Skills" value={64} tone="met" /><Meter label="Languages" value={45} tone="partly" />
        <Meter label="Availability" value={12} tone="missing" /><Meter label="References" value={0} tone="unknown" />
      </div>
    </Section>
  );
}

interface Row { id: string; name: string; trade: string; score: number; fit: 'met' | 'partly' | 'missing' | 'unknown'; from: string }

const rows: Row[] = [
  { id: '1', name: 'Ama Boateng', trade: 'Nurse educator', score: 91, fit: 'met', from: '2026-03-02' },
  { id: '2', name: 'أحمد بن عبد العزيز المنصوري', trade: 'Midwife', score: 78, fit: 'partly', from: '2026-04-01' },
  { id: '3', name: 'Jean-Baptiste Ouédraogo-Traoré', trade: 'Anaesthetic nurse, intensive care and emergency department', score: 55, fit: 'missing', from: '2026-09-14' },
];

function Tables() {
  const [tab, setTab] = useState('longlist');
  const columns: Column<Row>[] = [
    { key: 'name', header: 'Name', names: true, cell: (row) => <a href="/ui"><Bdi>{row.name}</Bdi></a> },
    { key: 'trade', header: 'Occupation', cell: (row) => row.trade },
    { key: 'fit', header: 'Must-haves', cell: (row) => <Status fit={row.fit} /> },
    { key: 'from', header: 'Free from', cell: (row) => date(row.from) },
    { key: 'score', header: 'Match', number: true, cell: (row) => row.score },
    { key: 'act', header: 'Action', hideHeader: true, cell: (row) => <Button small>Shortlist<span class="hidden"> {row.name}</span></Button> },
  ];
  const table = () => (
    <>
      <Table caption="Candidates" columns={columns} rows={rows} rowKey={(row) => row.id} />
      <ShowMore shown={3} more loadMore={() => new Promise((done) => setTimeout(done, 600))} />
    </>
  );
  return (
    <Section title="Table and tabs" actions={<Button small icon="plus">Invite somebody</Button>}>
      <Tabs label="Lists" current={tab} onChange={setTab} tabs={[
        { id: 'longlist', label: 'Longlist', content: table },
        { id: 'shortlist', label: 'Shortlist', content: () => <Empty title="Nobody is on the shortlist yet" action={<Button kind="primary">Look at the longlist</Button>}>The shortlist goes to the ministry. Put three to five people on it.</Empty> },
        { id: 'history', label: 'History', content: () => <ul class="ledger"><li class="ledger-row"><span>Published by <Bdi>Efua Mensah</Bdi></span><span class="muted">{date('2026-02-11')}</span></li></ul> },
      ]} />
      <DefinitionList facts={[
        { term: 'Host institution', value: <Bdi>Regional Hospital, Tamale</Bdi> },
        { term: 'Languages', value: listed([languageName('en'), languageName('fr'), languageName('ar'), languageName('pt')]) },
        { term: 'Share of remote work', value: percent(0.4) },
        { term: 'Counterparts', value: '' },
      ]} />
      <Disclosure summary="Why this score">Four of five must-haves are met; the fifth is met in part.</Disclosure>
      <Disclosure summary="What would raise it" open><p>Add a reference for the intensive care course.</p></Disclosure>
    </Section>
  );
}

const skills: Option[] = ['Wound care', 'Ward management', 'Infection control', 'Triage', 'Training of trainers'].map((label, i) => ({ value: String(i), label, hint: 'Health' }));

interface Example {
  title: string;
  text: string;
  weeks: number | null;
  kind: string;
  mode: string;
  from: string;
  skill: Option | null;
  remote: boolean;
  days: string[];
  tasks: { text: string; share: number | null }[];
}

const example: Example = {
  title: '', text: '', weeks: 12, kind: '', mode: 'onsite', from: '2026-03-02', skill: null, remote: false, days: ['mon'],
  tasks: [{ text: 'Train twelve ward nurses in triage', share: 60 }, { text: 'Write the hand-over protocol', share: 40 }],
};

function FormExample() {
  const form = useForm<Example>({
    id: 'example', initial: example, draft: true,
    // The example has no server; it answers as ours does.
    submit: async (values) => {
      await new Promise((done) => setTimeout(done, 300));
      if (values.title === 'conflict') throw new Problem({ status: 412, code: 'example', detail: 'Somebody saved a newer version while you were writing.', requestId: '01J9' });
      if (values.title) return;
      throw new Problem({ status: 422, code: 'request.invalid', fields: [
        { field: 'title', code: 'example', message: 'Please give the need a title.' },
        { field: 'body.tasks.1.share', code: 'example', message: 'The shares must add up to 100.' },
        { field: 'kind', code: 'example', message: 'Please choose one.' },
        { field: 'mode', code: 'example', message: 'Please choose where the work is done.' },
      ] });
    },
  });
  const { tasks } = form.values;
  return (
    <Section title="Form">
      <FormView form={form} action="Submit for validation" beside={<Button kind="quiet">Save as draft</Button>} onReload={() => form.reset(example)}>
        <TextInput {...form.bind('title')} label="Title" help="What the person will do, in a few words. Leave it empty to see errors; type conflict for a conflict." />
        <TextArea {...form.bind('text')} label="Background" optional />
        <div class="form-row">
          <NumberInput {...form.bind<number | null>('weeks')} label="Length" unit="weeks" />
          <DateInput {...form.bind('from')} label="Earliest start" />
          <Select {...form.bind('kind')} label="Kind of stay" empty="Choose one" options={[{ value: 'a', label: 'Teaching' }, { value: 'b', label: 'Advice' }]} />
        </div>
        <RadioGroup {...form.bind('mode')} label="Where the work is done" inline options={[{ value: 'onsite', label: 'On site' }, { value: 'remote', label: 'From a distance' }, { value: 'both', label: 'Both' }]} />
        <CheckboxGroup {...form.bind<string[]>('days')} label="Working days" optional inline options={[{ value: 'mon', label: 'Monday' }, { value: 'tue', label: 'Tuesday' }]} />
        <Combobox {...form.bind<Option | null>('skill')} label="Most important skill" help="Type at least two letters." find={async (text) => skills.filter((one) => one.label.toLowerCase().includes(text.toLowerCase()))} />
        <RepeatableList section {...form.bind<Example['tasks']>('tasks')} label="Tasks" help="Their shares add up to 100." one="Task" add="Add a task" ordered fresh={() => ({ text: '', share: null })}
          row={(_, i) => (
            <div class="form-row">
              <TextInput {...form.bind(`tasks[${i}].text`)} label="What is to be done" />
              <NumberInput {...form.bind<number | null>(`tasks[${i}].share`)} label="Share" unit="%" />
            </div>
          )} />
        <p class="muted">{tasks.length} rows</p>
        <Fieldset section id="example-consent" label="Consent">
          <Checkbox {...form.bind<boolean>('remote')} label="The ministry may see the profile" help="You can take this back at any time, in two clicks." />
        </Fieldset>
      </FormView>
    </Section>
  );
}

function Signs() {
  return (
    <Section title="Notices">
      <div class="stack">
        <Notice tone="info" title="Two people are waiting for you">They applied more than five days ago.</Notice>
        <Notice tone="success" title="Saved">The need is with the ministry now.</Notice>
        <Notice tone="warning" title="The agreement ends in 20 days" action={<Button>Extend it</Button>}>Placements after {date('2026-06-30')} need a new one.</Notice>
        <Notice tone="problem" title="The letter was not sent">The mail server refused the address.</Notice>
      </div>
    </Section>
  );
}

function States() {
  const idle = { data: undefined, loading: false, etag: '', reload: () => undefined, replace: () => undefined };
  const broken = (status: number, code: string, detail: string) => ({ ...idle, problem: new Problem({ status, code, detail, requestId: '01JB3ZK8Q5' }) });
  return (
    <Section title="Loading, problems, nothing there">
      <div class="stack">
        <Loading label="Loading the candidates" />
        <Loaded load={broken(0, 'network.failed', '')}>{() => null}</Loaded>
        <Loaded load={broken(403, 'example', 'Only the host institution may open this.')}>{() => null}</Loaded>
        <Loaded load={broken(404, 'example', '')}>{() => null}</Loaded>
        <Empty title="No needs yet" action={<Button kind="primary">Describe the first need</Button>}>Here stands what institutions at home are looking for.</Empty>
      </div>
    </Section>
  );
}
