/** A decimal number as text: a JavaScript number has about 16 digits, an amount of money may have more. */
export type Decimal = `${number}`;

/** A request body that is JSON already. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** A string, which is left alone, or a number of a JSON text. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The JSON number for a text; null when the text is not a number. */
export function literal(text: string): Decimal | null {
  const [found, sign, whole, rest] = /^(-?)0*(?=\d|\.\d)(\d*)((?:\.\d+)?(?:[eE][+-]?\d+)?)$/.exec(text.trim()) ?? [];
  return found === undefined ? null : (`${sign}${whole || '0'}${rest}` as Decimal);
}

/** The value of a JSON text, with each number as a {@link Decimal}. */
export function parseDecimals(text: string): unknown {
  return JSON.parse(text.replace(STRING_OR_NUMBER, (each) => (each.startsWith('"') ? each : `"${each}"`)));
}

/** Whether no number of a JSON text loses digits as a JavaScript number. */
export function keepsDigits(text: string): boolean {
  return (text.match(STRING_OR_NUMBER) ?? []).every((each) => each.startsWith('"') || canonical(each) === canonical(String(Number(each))));
}

/** The significant digits of a number, and the power of ten that they are multiplied with. */
function canonical(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return significant === '' ? '0' : `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
