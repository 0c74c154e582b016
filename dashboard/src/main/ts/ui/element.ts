import {LitElement, render, type PropertyValues} from 'lit';
import {failed} from './states';

/** A component in the page's own tree, so that one stylesheet, labels and plugins' styles reach it. */
export class SpaceElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** A component that cannot be rendered says so; it would go on showing that it loads. */
  protected override update(changed: PropertyValues): void {
    try {
      super.update(changed);
    } catch (error) {
      console.error(error);
      render(failed(error, () => this.requestUpdate()), this.renderRoot, this.renderOptions);
    }
  }
}
