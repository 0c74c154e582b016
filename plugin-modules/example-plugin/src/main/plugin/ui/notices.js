// The widget: the newest notices. The dashboard calls mount with an empty element and with fetch, which brings the token.
export function mount(element, { fetch }) {
  const list = document.createElement("ul");
  element.replaceChildren(list);
  fetch("/api/plugins/notice_board/notices?limit=5")
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`Notices answer ${answer.status}.`))))
    .then(({ items }) => {
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
