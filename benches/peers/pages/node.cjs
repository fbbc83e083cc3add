// The little of node that some packages ask for in a page; also stands for `util` and `assert`.

const { Buffer } = require('buffer');
const inherits = require('inherits');

const channel = new MessageChannel();
const waiting = [];
channel.port1.onmessage = () => waiting.shift()();

globalThis.Buffer ??= Buffer;
globalThis.process ??= { browser: true, env: {}, version: 'v20.0.0', versions: {} };
globalThis.process.nextTick ??= (work, ...given) => queueMicrotask(() => work(...given));
globalThis.setImmediate ??= (work, ...given) => {
  waiting.push(() => work(...given));
  channel.port2.postMessage(0);
};

module.exports = (holds, said) => {
  if (!holds) throw new Error(said);
};
module.exports.strictEqual = (a, b, said) => module.exports(a === b, said);
module.exports.notStrictEqual = (a, b, said) => module.exports(a !== b, said);
module.exports.inherits = inherits;
