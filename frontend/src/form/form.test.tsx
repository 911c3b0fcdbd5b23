// SPDX-License-Identifier: AGPL-3.0-or-later
import { act, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { session } from '../session/session';
import { NumberInput, PageHeader, RepeatableList, TextInput } from '../ui';
import { dropDrafts, findDraft, keepDraft } from './draft';
import { LeaveGuard } from './guard';
import { FormView, useForm } from './index';
import { idOf, pathOf, valueAt, withValue } from './path';

interface Values { title: string; criteria: { name: string; weight: number | null }[] }
const initial: Values = { title: '', criteria: [{ name: 'Skills', weight: 60 }] };

function Example({ submit, draft = false }: { submit: (values: Values, key: string) => Promise<unknown>; draft?: boolean }) {
  const form = useForm<Values>({ id: 'need', initial, submit, draft });
  return (
    <LocationProvider>
      <PageHeader title="New need" />
      <FormView form={form} action="Send">
        <TextInput {...form.bind('title')} label="Title" />
        <RepeatableList {...form.bind<Values['criteria']>('criteria')} label="Criteria" one="Criterion" add="Add a criterion" fresh={() => ({ name: '', weight: null })}
          row={(_, i) => <NumberInput {...form.bind<number | null>(`criteria[${i}].weight`)} label="Weight" />} />
      </FormView>
      <a href="/elsewhere">Elsewhere</a>
      <LeaveGuard />
    </LocationProvider>
  );
}

const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Send' }));

beforeEach(() => {
  session.value = { user: { id: 'u1', name: 'Efua', email: 'e@example.org', locale: 'en', demo: false }, acting: null, memberships: [], professionalId: null, totp: { enrolled: false, required: false }, demo: false };
});

describe('paths', () => {
  it('read and write as the server spells them', () => {
    expect(pathOf('body.criteria.0.weight')).toBe('criteria[0].weight');
    expect(valueAt(initial, 'criteria[0].weight')).toBe(60);
    const changed = withValue(initial, 'criteria[0].weight', 5);
    expect(changed.criteria[0]).toEqual({ name: 'Skills', weight: 5 });
    expect(initial.criteria[0]?.weight).toBe(60);
    expect(withValue({}, 'a[0].b', 1)).toEqual({ a: [{ b: 1 }] });
    expect(idOf('need', 'criteria[0].weight')).toBe('need-criteria-0-weight');
  });
});

describe('a form', () => {
  it('shows the problems of its fields in a summary and beside them', async () => {
    const submit = vi.fn(async () => {
      throw new Problem({ status: 422, code: 'request.invalid', fields: [
        { field: 'title', code: 'x', message: 'Please name it.' },
        { field: 'criteria[0].weight', code: 'x', message: 'Too much.' },
        { field: 'elsewhere', code: 'x', message: 'Not on this page.' },
      ] });
    });
    render(<Example submit={submit} />);
    send();
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain('There is a problem');
    expect(summary.textContent).toContain('Not on this page.');
    await waitFor(() => expect(document.activeElement).toBe(summary));
    expect(document.title).toBe('Error: New need – Sankofa');
    fireEvent.click(screen.getByRole('link', { name: 'Weight: Too much.' }));
    const weight = screen.getByLabelText('Weight');
    expect(document.activeElement).toBe(weight);
    expect(weight.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(weight.getAttribute('aria-describedby') ?? '')?.textContent).toContain('Too much.');
    type('Weight', '10');
    expect(weight.getAttribute('aria-invalid')).toBeNull();
  });

  it('sends the same key for the same values, and another for others', async () => {
    const keys: string[] = [];
    const submit = async (_: Values, key: string) => {
      keys.push(key);
      throw new Problem({ status: 0, code: 'network.failed' });
    };
    render(<Example submit={submit} />);
    type('Title', 'Nurse');
    for (let i = 1; i <= 2; i++) {
      send();
      await waitFor(() => expect(keys).toHaveLength(i));
      await screen.findByText('Not saved');
    }
    type('Title', 'Midwife');
    send();
    await waitFor(() => expect(keys).toHaveLength(3));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('says that it saved', async () => {
    const submit = vi.fn(async () => undefined);
    render(<Example submit={submit} />);
    type('Title', 'Nurse');
    send();
    expect(await screen.findByText('Saved')).toBeTruthy();
    expect(submit).toHaveBeenCalledWith({ ...initial, title: 'Nurse' }, expect.any(String));
  });

  it('keeps a draft, brings it back, and drops it when saved', async () => {
    vi.useFakeTimers();
    const first = render(<Example draft submit={async () => undefined} />);
    type('Title', 'Nurse');
    await act(async () => {
      await vi.advanceTimersByTimeAsync(700);
    });
    expect(findDraft<Values>('u1', 'need')?.values.title).toBe('Nurse');
    expect(screen.getByText('Draft kept on this device')).toBeTruthy();
    first.unmount();
    vi.useRealTimers();
    render(<Example draft submit={async () => undefined} />);
    expect((screen.getByLabelText('Title') as HTMLInputElement).value).toBe('Nurse');
    expect(screen.getByText('Your draft is back')).toBeTruthy();
    send();
    await screen.findByText('Saved');
    expect(findDraft('u1', 'need')).toBeUndefined();
  });

  it('can discard its draft', () => {
    keepDraft('u1', 'need', { at: Date.now(), version: '', values: { ...initial, title: 'Old' } });
    render(<Example draft submit={async () => undefined} />);
    fireEvent.click(screen.getByRole('button', { name: 'Discard the draft' }));
    expect((screen.getByLabelText('Title') as HTMLInputElement).value).toBe('');
    expect(findDraft('u1', 'need')).toBeUndefined();
  });

  it('asks before a link leads away from what is not saved', async () => {
    render(<Example submit={async () => undefined} />);
    type('Title', 'Nurse');
    await act(async () => undefined);
    fireEvent.click(screen.getByText('Elsewhere'));
    expect(await screen.findByText('Leave without saving?')).toBeTruthy();
    expect(location.pathname).not.toBe('/elsewhere');
    fireEvent.click(screen.getByRole('button', { name: 'Stay here', hidden: true }));
    await waitFor(() => expect(screen.queryByText('Leave without saving?')).toBeNull());
  });
});

describe('drafts', () => {
  it('are a person’s own and go when that person signs out', () => {
    keepDraft('u1', 'a', { at: Date.now(), version: '', values: 1 });
    keepDraft('u2', 'a', { at: Date.now(), version: '', values: 2 });
    dropDrafts('u1');
    expect(findDraft('u1', 'a')).toBeUndefined();
    expect(findDraft<number>('u2', 'a')?.values).toBe(2);
  });

  it('are forgotten after two weeks', () => {
    keepDraft('u1', 'a', { at: Date.now() - 15 * 86_400_000, version: '', values: 1 });
    expect(findDraft('u1', 'a')).toBeUndefined();
  });
});
