import {LitElement} from 'lit';

/** A component in the page's own tree, so that one stylesheet, labels and plugins' styles reach it. */
export class SpaceElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
