// The widget: the newest notices. docs/UI_MODULES.md of the platform tells what a module is given.
export function mount(element, { plugin, api }) {
  const list = document.createElement("ul");
  element.replaceChildren(list);
  api(`/api/plugins/${plugin}/notices?limit=5`)
    .then(({ items }) => {
      if (items.length === 0) {
        element.textContent = "There are no notices yet.";
      }
      for (const { title, text } of items) {
        const item = document.createElement("li");
        const heading = document.createElement("strong");
        heading.textContent = title;
        item.append(heading, ` ${text}`); // as text, so that a notice cannot bring markup
        list.append(item);
      }
    })
    .catch((failure) => {
      element.textContent = failure.message;
    });
  return () => element.replaceChildren();
}
