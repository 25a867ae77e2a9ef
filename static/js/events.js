// Server-sent events of an answer to `fetch`, which can post a form, as `EventSource` cannot.

export async function* eventsOf(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    yield* blocks.map(eventOf);
  }
}

// A heartbeat is an event without a name.
function eventOf(block) {
  const name = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: (.*)$/m.exec(block)?.[1];
  return { name, data: data && JSON.parse(data) };
}
