// SPDX-License-Identifier: AGPL-3.0-or-later

// Paths into the values of a form, spelt as the server spells them: outputs[0].indicator

/** Brings a name from the server into our spelling: "body.a.0.b" is "a[0].b". */
export function pathOf(name: string): string {
  return name.replace(/^(body|query|path)\./, '').replace(/\.(\d+)(?=\.|\[|$)/g, '[$1]');
}

function steps(path: string): string[] {
  return path.split(/[.[\]]+/).filter(Boolean);
}

/** Reads the value at a path. */
export function valueAt(values: unknown, path: string): unknown {
  return steps(path).reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], values);
}

/** Returns a copy with the value at a path changed; what is not on the way is shared. */
export function withValue<V>(values: V, path: string, value: unknown): V {
  return put(values, steps(path), value) as V;
}

function put(at: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = put((at as Record<string, unknown> | null | undefined)?.[step], rest, value);
  if (Array.isArray(at) || (at === undefined && /^\d+$/.test(step))) {
    const copy = [...((at as unknown[] | undefined) ?? [])];
    copy[Number(step)] = inner;
    return copy;
  }
  return { ...(at as object | undefined), [step]: inner };
}

/** The id of the control that holds a path; the error summary links to it. */
export function idOf(form: string, path: string): string {
  return `${form}-${path}`.replace(/[^\w-]+/g, '-').replace(/-+$/, '');
}
