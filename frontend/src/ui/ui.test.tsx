// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { Button, Combobox, Dialog, Loaded, Menu, Meter, NumberInput, RepeatableList, Status, Table, Tabs, TextInput, type Option } from './index';

const fruits: Option[] = [{ value: '1', label: 'Wound care' }, { value: '2', label: 'Ward management' }];

function Choice({ find, onPick }: { find: () => Promise<Option[]>; onPick: (value: Option | null) => void }) {
  const [value, setValue] = useState<Option | null>(null);
  return <Combobox id="skill" label="Skill" value={value} find={find} onChange={(one) => { setValue(one); onPick(one); }} />;
}

describe('a combobox', () => {
  it('proposes while one types and picks with the keyboard', async () => {
    const picked = vi.fn();
    render(<Choice find={async () => fruits} onPick={picked} />);
    const field = screen.getByRole('combobox', { name: 'Skill' });
    fireEvent.input(field, { target: { value: 'wa' } });
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    expect(field.getAttribute('aria-expanded')).toBe('true');
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    await waitFor(() => expect(document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent).toBe('Ward management'));
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(picked).toHaveBeenCalledWith(fruits[1]);
    expect((field as HTMLInputElement).value).toBe('Ward management');
    expect(field.getAttribute('aria-expanded')).toBe('false');
  });

  it('forgets words that were not picked', async () => {
    render(<Choice find={async () => []} onPick={() => undefined} />);
    const field = screen.getByRole('combobox') as HTMLInputElement;
    fireEvent.input(field, { target: { value: 'zzz' } });
    expect(await screen.findByText('Nothing found for “zzz”.')).toBeTruthy();
    fireEvent.blur(field);
    await waitFor(() => expect(field.value).toBe(''));
  });

  it('says when the search failed', async () => {
    render(<Choice find={async () => { throw new Error('no'); }} onPick={() => undefined} />);
    fireEvent.input(screen.getByRole('combobox'), { target: { value: 'wa' } });
    expect(await screen.findByText('The search did not work. Please type again.')).toBeTruthy();
  });
});

function Rows({ start = ['a', 'b', 'c'] }: { start?: string[] }) {
  const [rows, setRows] = useState(start);
  return (
    <RepeatableList id="rows" label="Tasks" one="Task" add="Add a task" ordered value={rows} onChange={setRows} fresh={() => ''}
      row={(value, i) => <TextInput id={`row-${i}`} label={`Text ${i + 1}`} value={value} onChange={(next) => setRows(rows.map((one, at) => (at === i ? next : one)))} />} />
  );
}

const values = () => screen.getAllByRole('textbox').map((one) => (one as HTMLInputElement).value);

describe('a repeatable list', () => {
  it('adds a row and goes to it', async () => {
    render(<Rows />);
    fireEvent.click(screen.getByRole('button', { name: 'Add a task' }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Text 4')));
  });

  it('removes a row and goes on with the one that took its place', async () => {
    render(<Rows />);
    fireEvent.click(screen.getByRole('button', { name: 'Remove Task 2' }));
    expect(values()).toEqual(['a', 'c']);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove Task 2' })));
  });

  it('goes to the button that adds when the last row is gone', async () => {
    render(<Rows start={['a']} />);
    fireEvent.click(screen.getByRole('button', { name: 'Remove Task 1' }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add a task' })));
  });

  it('moves a row and stays with it', async () => {
    render(<Rows />);
    fireEvent.click(screen.getByRole('button', { name: 'Move Task 1 down' }));
    expect(values()).toEqual(['b', 'a', 'c']);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move Task 2 down' })));
  });
});

describe('small parts', () => {
  it('a number is read in any digits, and nothing else is', () => {
    const changed = vi.fn();
    render(<NumberInput id="n" label="Weeks" value={null} onChange={changed} />);
    fireEvent.input(screen.getByLabelText('Weeks'), { target: { value: '١٢ weeks' } });
    expect(changed).toHaveBeenCalledWith(12);
    expect((screen.getByLabelText('Weeks') as HTMLInputElement).value).toBe('12');
  });

  it('a busy button does nothing but keeps the focus', () => {
    const pressed = vi.fn();
    render(<Button busy onClick={pressed}>Send</Button>);
    fireEvent.click(screen.getByRole('button'));
    expect(pressed).not.toHaveBeenCalled();
    expect(screen.getByRole('button').hasAttribute('disabled')).toBe(false);
  });

  it('a state is a word, not only a colour', () => {
    render(<Status fit="partly" />);
    expect(screen.getByText('Partly')).toBeTruthy();
  });

  it('a meter says its value', () => {
    render(<Meter label="Match" value={82} />);
    const meter = screen.getByRole('meter', { name: 'Match' });
    expect(meter.getAttribute('aria-valuetext')).toBe('82 of 100');
  });

  it('a table keeps its roles and names its cells for the narrow view', () => {
    render(<Table caption="People" rows={[{ id: '1', name: 'Ama' }]} rowKey={(row) => row.id} columns={[{ key: 'n', header: 'Name', cell: (row) => row.name }, { key: 'x', header: 'Score', number: true, cell: () => 5 }]} />);
    expect(screen.getByRole('table', { name: 'People' })).toBeTruthy();
    expect(screen.getByRole('rowheader', { name: 'Ama' })).toBeTruthy();
    expect(screen.getByRole('cell', { name: '5' }).getAttribute('data-label')).toBe('Score');
  });

  it('tabs move with the arrows, the other way round in Arabic', () => {
    const changed = vi.fn();
    const tabs = ['a', 'b', 'c'].map((id) => ({ id, label: id, content: () => id }));
    const { container } = render(<Tabs label="Views" current="a" onChange={changed} tabs={tabs} />);
    fireEvent.keyDown(screen.getByRole('tablist'), { key: 'ArrowRight' });
    expect(changed).toHaveBeenLastCalledWith('b');
    expect(document.activeElement?.id).toBe('tab-b');
    (container.querySelector('.tab-list') as HTMLElement).style.direction = 'rtl';
    fireEvent.keyDown(screen.getByRole('tablist'), { key: 'ArrowRight' });
    expect(changed).toHaveBeenLastCalledWith('c');
  });

  it('a menu closes with Escape and gives the focus back', async () => {
    render(<Menu name="Account" label="Efua">{() => <button type="button">Sign out</button>}</Menu>);
    const button = screen.getByRole('button', { name: 'Account Efua' });
    fireEvent.click(button);
    await screen.findByText('Sign out');
    fireEvent.keyDown(document, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByText('Sign out')).toBeNull());
    expect(document.activeElement).toBe(button);
  });

  it('a dialog is named, and Escape asks its owner to close it', () => {
    const closed = vi.fn();
    render(<Dialog open title="Withdraw?" onClose={closed}>Really</Dialog>);
    const dialog = screen.getByRole('dialog', { name: 'Withdraw?' });
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(closed).toHaveBeenCalled();
  });
});

describe('what was loaded', () => {
  const idle = { data: undefined, problem: undefined, loading: false, etag: '', reload: vi.fn(), replace: vi.fn() };

  it('is shown', () => {
    render(<Loaded load={{ ...idle, data: 'Ama' }}>{(name) => <p>{name}</p>}</Loaded>);
    expect(screen.getByText('Ama')).toBeTruthy();
  });

  it('is waited for aloud', () => {
    render(<Loaded load={{ ...idle, loading: true }} waiting="Loading the needs">{() => null}</Loaded>);
    expect(screen.getByRole('status').textContent).toBe('Loading the needs');
  });

  it.each([[403, 'You may not do this', false], [404, 'Not found', false], [500, 'This did not work', true], [0, 'No connection', true]] as const)('tells of %i', (status, heading, again) => {
    render(<Loaded load={{ ...idle, problem: new Problem({ status, code: 'x', detail: 'Why.' }) }}>{() => null}</Loaded>);
    expect(screen.getByText(heading)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try again' }) !== null).toBe(again);
  });
});
