// SPDX-License-Identifier: AGPL-3.0-or-later
// What jsdom does not have and every browser does.
import { cleanup, configure } from '@testing-library/preact';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { speak } from './i18n';

// A slow machine is given time; what never comes fails all the same.
configure({ asyncUtilTimeout: 10_000 });

const dialog = HTMLDialogElement.prototype as Partial<HTMLDialogElement> & HTMLDialogElement;
dialog.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
dialog.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};
globalThis.scrollTo = () => undefined;

beforeEach(async () => {
  localStorage.clear();
  await speak('en');
});
afterEach(cleanup);

// Preact puts effects off until after painting: 35 ms at most, and a timer more. That
// time passes while there still is a document, however late timers are.
const later = setTimeout;
const passes = (ms: number) => new Promise((done) => void later(done, ms));
afterAll(async () => {
  await passes(50);
  await passes(20);
});
