// SPDX-License-Identifier: AGPL-3.0-or-later
export { FormView } from './form-view';
export { useForm, type Bound, type Form, type FormOptions } from './form';
