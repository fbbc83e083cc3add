// Flat cards, parents first, as one nested tree.

export function tree(cards) {
  const nodes = new Map();
  for (const { id, parent, title, holder } of cards) {
    const node = { id, name: title, holder, children: [] };
    nodes.set(id, node);
    nodes.get(parent)?.children.push(node);
  }
  return nodes.get(cards[0].id);
}
