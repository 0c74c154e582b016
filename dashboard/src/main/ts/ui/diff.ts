/** A line of a comparison: in both, only in the older, or only in the newer text. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

const MAX_LINES = 2_000;

/** Compares two texts line by line, by their longest common subsequence. */
export function diff(older: string, newer: string): DiffLine[] {
  const before = older.split('\n').slice(0, MAX_LINES);
  const after = newer.split('\n').slice(0, MAX_LINES);
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      lines.push({kind: 'same', text: before[row++] ?? ''});
      column++;
    } else if (column === after.length || (row < before.length && at(row + 1, column) >= at(row, column + 1))) {
      lines.push({kind: 'removed', text: before[row++] ?? ''});
    } else {
      lines.push({kind: 'added', text: after[column++] ?? ''});
    }
  }
  return lines;
}
