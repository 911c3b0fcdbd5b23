// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that a screen is made of. Nothing in this folder knows the domain.
export { ActionBar } from './bar';
export { Button, LinkButton } from './button';
export { Checkbox, CheckboxGroup, Fieldset, RadioGroup } from './choices';
export { Combobox } from './combobox';
export { Bdi, DefinitionList, ShowMore, type Fact } from './data';
export { Dialog } from './dialog';
export { Disclosure } from './disclosure';
export { Empty } from './empty';
export { ErrorSummary } from './error-summary';
export { Field } from './field';
export { Icon } from './icon';
export { DateInput, NumberInput, Select, TextArea, TextInput, type Option } from './inputs';
export { Keys, useKeys, type Key } from './keys';
export { announce, LiveRegion, tell } from './live';
export { Loaded } from './loaded';
export { Loading } from './loading';
export { Menu } from './menu';
export { Meter } from './meter';
export { Notice } from './notice';
export { Breadcrumbs, PageHeader, Section, useTitle } from './page';
export { ProblemNotice } from './problem-notice';
export { RepeatableList } from './repeatable';
export { SaveLine } from './save-line';
export { Badge, Status, type Fit, type Tone } from './status';
export { Table, type Column } from './table';
export { Tabs } from './tabs';
export { SearchBox, useFilters, Views, type ViewLink } from './views';
