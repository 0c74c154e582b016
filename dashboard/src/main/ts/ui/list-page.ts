import type {Operations} from '#generated/api';
import type {TemplateResult} from 'lit';
import type {Operation} from '../core/api';

/** What an operation answers: the rows of a bare array, or of a page. */
export type RowOf<K extends Operation> = Operations[K]['answer'] extends (infer Row)[]
  ? Row
  : Operations[K]['answer'] extends {items: (infer Row)[]}
    ? Row
    : never;

/** A column: a member by its name, or what a function makes of the row. */
export interface Column<Row> {
  header: string;
  value: (row: Row) => unknown;
  kind?: 'time' | 'state' | 'code' | 'number';
}

/** A filter, which is a query parameter of the operation and of the page. */
export interface Filter {
  name: string;
  label: string;
  /** The values that can be chosen; a text stands for itself. */
  options?: readonly (string | {value: string; label: string})[];
}

/** Something to do with a row. */
export interface Action<Row> {
  label: string;
  operation: Operation;
  path: (row: Row) => object;
  /** Query parameters of an action without a form. */
  query?: (row: Row) => object;
  /** The body of an action without a form. */
  body?: (row: Row) => unknown;
  /** Opens a form for the body, with these values. */
  form?: (row: Row) => Record<string, unknown>;
  when?: (row: Row) => boolean;
  /** What the action does, and what has to be typed to confirm it; for a destructive action, or one that should not be a slip. */
  confirm?: (row: Row) => {text: string; word?: string; extra?: TemplateResult};
  /** False for an action that is confirmed without being destructive. */
  destructive?: boolean;
  /** Shows the answer, for what is shown once. */
  answer?: (answer: never) => TemplateResult;
  /** Called when it is done. */
  after?: () => void;
}

/** Something to do with the whole list. */
export interface ListAction {
  label: string;
  operation: Operation;
  body: unknown;
  after?: () => void;
}

/** A page with a list, as data: see docs/DASHBOARD.md. */
export interface ListPage<K extends Operation = Operation, Row = RowOf<K>> {
  title: string;
  text: string;
  operation: K;
  path?: object;
  empty: string;
  columns: Column<Row>[];
  filters?: readonly Filter[];
  id: (row: Row) => string;
  /** Where a row leads to; without it a row opens its details. */
  link?: (row: Row) => string;
  actions?: Action<Row>[];
  listActions?: ListAction[];
  create?: {
    label: string;
    operation: Operation;
    /** Members of the operation's path that are entered with the body. */
    parts?: readonly string[];
    initial?: () => Record<string, unknown>;
    answer?: (answer: never) => TemplateResult;
  };
  /** More than the members in the details. */
  detail?: (row: Row) => TemplateResult;
  /** Shown above the list. */
  above?: () => TemplateResult;
  /** For the page of one row, which the operation answers: the path of the list that the row is of. */
  of?: string;
}

/** The page of one row of a list. */
export function itemPage(list: ListPage, of: string, operation: Operation, path: object): ListPage {
  const {title, text, empty, columns, id, actions, detail} = list;
  return {title, text, empty, columns, id, operation, path, of, ...(actions ? {actions} : {}), ...(detail ? {detail} : {})};
}

/** Types a declaration by the operation that it names. */
export function listPage<K extends Operation>(page: ListPage<K>): ListPage {
  return page as unknown as ListPage;
}

/** A list of a plugin's endpoint, which is in no document at build time: the rows' type is given. */
export function pluginList<Row>(page: Omit<ListPage<never, Row>, 'operation' | 'actions' | 'create'> & PluginParts<Row>): ListPage {
  return page as unknown as ListPage;
}

type PluginAction<Row> = Omit<Action<Row>, 'operation'> & {operation: string};

interface PluginParts<Row> {
  operation: string;
  actions?: PluginAction<Row>[];
  create?: {label: string; operation: string; initial?: () => Record<string, unknown>};
}
