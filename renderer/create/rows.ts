/** Rows of a form: each keeps its key while it is changed and moved. */
export interface Row<T> {
  readonly key: number;
  readonly value: T;
}
export type Rows<T> = readonly Row<T>[];

export const rowsOf = <T>(values: readonly T[]): Rows<T> =>
  values.map((value, key) => ({ key, value }));

export const addRow = <T>(rows: Rows<T>, value: T): Rows<T> => [
  ...rows,
  { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, value },
];

export const changeRow = <T>(rows: Rows<T>, key: number, value: T): Rows<T> =>
  rows.map((row) => (row.key === key ? { key, value } : row));

export const removeRow = <T>(rows: Rows<T>, key: number): Rows<T> =>
  rows.filter((row) => row.key !== key);

/** Moves a row by `by` places and no further than the ends. */
export function moveRow<T>(rows: Rows<T>, key: number, by: number): Rows<T> {
  const from = rows.findIndex((row) => row.key === key);
  const row = rows[from];
  if (row === undefined) return rows;
  const to = Math.min(rows.length - 1, Math.max(0, from + by));
  return rows.toSpliced(from, 1).toSpliced(to, 0, row);
}
