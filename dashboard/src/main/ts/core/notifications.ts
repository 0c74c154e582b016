/** Event: `change`, when notifications were marked as read here. */
export const notifications = new EventTarget();
