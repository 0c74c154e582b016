/** Whether an event repeats the one before: a further click of a double click, or a key that is held. */
export function repeated(event: Event): boolean {
  return (event instanceof MouseEvent && event.detail > 1) || (event instanceof KeyboardEvent && event.repeat);
}

/**
 * Lets a held key activate a control once. Browsers repeat Enter on buttons, links and fields, and Vaadin's buttons are
 * clicked by each keydown of Enter and Space.
 */
export function ignoreHeldKeys(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      const target = event.composedPath()[0];
      const writes = target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
      const activates = event.key === 'Enter' ? !writes : event.key === ' ' && target instanceof HTMLElement && target.localName === 'vaadin-button';
      if (event.repeat && activates) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
}
