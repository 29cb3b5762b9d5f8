// Plain markup as Dash writes it (paragraphs, links, buttons) made into nodes, where React need not
// know of it. All text stays text.

import { make } from "../kernel/page.ts";

interface Component {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

const isComponent = (content: unknown): content is Component =>
  typeof content === "object" && content !== null && "type" in content && "props" in content;

export function nodes(content: unknown): (Node | string)[] {
  if (Array.isArray(content)) {
    return content.flatMap(nodes);
  }
  if (isComponent(content)) {
    return [element(content)];
  }
  return content === null || content === undefined ? [] : [String(content)];
}

function element({ type, props }: Component): HTMLElement {
  const { children, className, ...others } = props;
  const named = className === undefined ? others : { ...others, class: className };
  const attributes = Object.entries(named).filter(([, value]) => value !== null);
  const tag = type.toLowerCase() as keyof HTMLElementTagNameMap;
  return make(tag, Object.fromEntries(attributes) as Record<string, string>, ...nodes(children));
}

const filled = new WeakMap<Element, string>();

// Effect: an element holds this and nothing else; what it holds already stays.
export function fill(place: Element | null, content: unknown): void {
  const told = JSON.stringify(content);
  if (place && (filled.get(place) !== told || !place.childNodes.length)) {
    filled.set(place, told);
    place.replaceChildren(...nodes(content));
  }
}
