/** Saves a file where the browser keeps downloads. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The download has begun, but may not have read the URL yet.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
