import {html, svg, type TemplateResult} from 'lit';

const PATHS = {
  home: 'M3 11 12 4l9 7v9h-6v-6H9v6H3z',
  plug: 'M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0zm6 9v4',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  flow: 'M4 4h6v6H4zm10 10h6v6h-6zM7 10v4a3 3 0 0 0 3 3h4',
  inbox: 'M4 13 7 4h10l3 9v7H4zm0 0h5a3 3 0 0 0 6 0h5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m0 4v5l3 3',
  money: 'M3 6h18v12H3zm9 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  users: 'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-7 10a7 7 0 0 1 14 0m1-18a4 4 0 0 1 0 8m5 10a7 7 0 0 0-4-6',
  key: 'M15 3a6 6 0 1 1-5.2 9L4 18v3h3l1-1v-2h2v-2l1.5-1.5M16 8h.01',
  agent: 'M5 9h14v10H5zm7-5v5M9 13v2m6-2v2M2 13v3m20-3v3',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zm0 13a3 3 0 0 1 3-3h11',
  memory: 'M12 4c4 0 8 1 8 3s-4 3-8 3-8-1-8-3 4-3 8-3M4 7v5c0 2 4 3 8 3s8-1 8-3V7M4 12v5c0 2 4 3 8 3s8-1 8-3v-5',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13m5 11.5L21 21',
  shield: 'M12 3 4 6v6c0 5 3.5 8 8 9 4.500-1 8-4 8-9V6z',
  chart: 'M4 20V4m0 16h16M8 16v-5m4 5V8m4 8v-3',
  route: 'M5 5h.01M19 19h.01M5 8v6a4 4 0 0 0 8 0v-4a3 3 0 0 1 6 0v6',
  tool: 'M14 6a4 4 0 0 1 5-3l-3 3 2 2 3-3a4 4 0 0 1-5 5l-9 9-3-3 9-9a4 4 0 0 1 1-1',
  list: 'M8 6h13M8 12h13M8 18h13M3 6h.01M3 12h.01M3 18h.01',
  gear: 'M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M12 2v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M5 19l2-2M17 7l2-2',
  mail: 'M3 5h18v14H3zm0 1 9 7 9-7',
  hook: 'M12 3a3 3 0 0 0-1 5.800L7 16m5-13a3 3 0 0 1 1 5.800l4 7M6 15a3 3 0 1 0 3 3h6m0 0a3 3 0 1 0 3-3',
  menu: 'M4 6h16M4 12h16M4 18h16',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  refresh: 'M20 11a8 8 0 1 0-2 6m2-11v5h-5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0-6v2m0 16v2M2 12h2m16 0h2M5 5l1.500 1.500m11 11L19 19M5 19l1.500-1.500m11-11L19 5',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-8 9a8 8 0 0 1 16 0',
  bell: 'M6 10a6 6 0 0 1 12 0v5l2 3H4l2-3zm4 10h4',
  scale: 'M12 3v18m-5 0h10M12 6 5 8m7-2 7 2M5 8l-3 6h6zm14 0-3 6h6z',
  cube: 'M12 3 4 7.500v9L12 21l8-4.500v-9zM4 7.500l8 4.500 8-4.500M12 12v9',
  trash: 'M4 7h16M9 7V4h6v3m-8 0 1 13h8l1-13',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d=${PATHS[name]}></path>`}</svg>`;
}
