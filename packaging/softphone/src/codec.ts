// Which codec a telephone speaks, and how the one that comes back in its place speaks another.

/** The codec that is sent, as `opus` or `PCMA`; "" while none is agreed. */
export function spoken(connection: RTCPeerConnection | undefined): string {
  const sender = connection?.getSenders().find((one) => one.track?.kind === 'audio');
  return sender?.getParameters().codecs[0]?.mimeType.replace(/^audio\//, '') ?? '';
}

/** An offer of one audio stream that leaves a codec out, and the repetition of it. */
export function without(codec: string, offer: string): string {
  const left = new Set([codec.toLowerCase(), 'red']);
  const types = [...offer.matchAll(/^a=rtpmap:(\d+) ([^/\r\n]+)/gm)]
    .filter(([, , name]) => left.has((name as string).toLowerCase()))
    .map(([, type]) => type as string);
  return offer
    .split('\r\n')
    .filter((line) => !types.includes(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1] ?? ''))
    .map((line) => (line.startsWith('m=audio') ? dropped(line, types) : line))
    .join('\r\n');
}

function dropped(line: string, types: string[]): string {
  const [media, port, protocol, ...offered] = line.split(' ');
  return [media, port, protocol, ...offered.filter((type) => !types.includes(type))].join(' ');
}
