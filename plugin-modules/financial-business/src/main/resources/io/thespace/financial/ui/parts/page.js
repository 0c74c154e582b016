// What the three modules share. Texts are only ever set as text, so that no name or message can become markup.

/** Makes an element: make('p', {class: 'hint'}, 'Some text', anotherElement). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...children);
  return element;
}

/** An amount as people of the locale read it. */
export function money(context, amount, currency) {
  return new Intl.NumberFormat(context.locale, {style: 'currency', currency}).format(amount);
}

/** Puts the module's own root, with its styles, into the element; gives back the root and how to take it away. */
export function open(element, title) {
  const root = make('section', {class: 'financial-business', 'aria-label': title});
  const styles = make('link', {rel: 'stylesheet', href: new URL('../financial.css', import.meta.url).href});
  element.append(styles, root);
  return {
    root,
    close() {
      styles.remove();
      root.remove();
    },
  };
}

/** A key with which a repeated request has one effect. Not crypto.randomUUID: browsers have it over HTTPS and on localhost only. */
export function idempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Says what went wrong, in the API's own words. */
export function complain(root, error) {
  root.replaceChildren(make('p', {role: 'alert'}, error.message));
}

/** Whether the caller is more than a guest: guests and viewers may not call the plugin's endpoints. */
export function isMember(context) {
  return context.user.roles.some((role) => role === 'user' || role === 'admin');
}
