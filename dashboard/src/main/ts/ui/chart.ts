import type {ECharts, EChartsCoreOption} from 'echarts/core';
import {html, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {preferences} from '../core/preferences';
import {SpaceElement} from './element';

/** A series of values, one for each category; null for a gap. */
export interface Series {
  name: string;
  values: (number | null)[];
  kind?: 'line' | 'bar';
}

/** A chart of series over categories. The figures are also in a table for those who do not see it. */
@customElement('space-chart')
export class SpaceChart extends SpaceElement {
  @property() label = '';
  @property({attribute: false}) categories: string[] = [];
  @property({attribute: false}) series: Series[] = [];
  #chart: ECharts | null = null;
  #observer: ResizeObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    preferences.addEventListener('change', this.#draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    preferences.removeEventListener('change', this.#draw);
    this.#observer?.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
  }

  protected override async updated(_changed: PropertyValues): Promise<void> {
    const place = this.querySelector<HTMLElement>('.chart');
    if (this.#chart === null && place !== null) {
      const {init} = await import('./echarts');
      if (!this.isConnected || this.#chart !== null) {
        return;
      }
      this.#chart = init(place);
      this.#observer = new ResizeObserver(() => this.#chart?.resize());
      this.#observer.observe(place);
    }
    this.#draw();
  }

  #draw = (): void => this.#chart?.setOption(this.#options(), true);

  #options(): EChartsCoreOption {
    const style = getComputedStyle(document.documentElement);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    const axis = {axisLabel: {color: color('--mute')}, axisLine: {lineStyle: {color: color('--mute')}}};
    return {
      animation: false,
      color: [color('--info'), color('--success'), color('--warning'), color('--danger')],
      textStyle: {fontFamily: getComputedStyle(document.body).fontFamily},
      grid: {left: 8, right: 16, top: this.series.length > 1 ? 36 : 16, bottom: 8, containLabel: true},
      tooltip: {trigger: 'axis', renderMode: 'richText'},
      ...(this.series.length > 1 ? {legend: {type: 'scroll', top: 0, textStyle: {color: color('--mute')}}} : {}),
      xAxis: {type: 'category', data: this.categories, ...axis},
      yAxis: {type: 'value', splitLine: {lineStyle: {color: color('--mute'), opacity: 0.2}}, ...axis},
      series: this.series.map(({name, values, kind}) => ({name, type: kind ?? 'line', data: values, barMaxWidth: 40, symbolSize: 6})),
    };
  }

  protected override render(): TemplateResult {
    return html`<figure>
      <figcaption class="visually-hidden">${this.label}</figcaption>
      <div class="chart" aria-hidden="true"></div>
      <div class="visually-hidden"><table>
        <caption>${this.label}</caption>
        <thead><tr><th scope="col">Category</th>${this.series.map((each) => html`<th scope="col">${each.name}</th>`)}</tr></thead>
        <tbody>
          ${this.categories.map((category, index) => html`<tr><th scope="row">${category}</th>${this.series.map((each) => html`<td>${each.values[index] ?? ''}</td>`)}</tr>`)}
        </tbody>
      </table></div>
    </figure>`;
  }
}
