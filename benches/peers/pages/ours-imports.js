// Import of ours as `window.peer`: a bundle through the door into an empty browser, stored and read back.

window.peer = {
  prepare({ text }) { window.peer.text = text; },
  async load() {
    const report = await window.gangtu.importBundle(window.peer.text);
    return report.applied;
  },
};
