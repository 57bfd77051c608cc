// Which microphone, headset and loudspeaker there are, and which of them are used.

import type { Choice, Tell, Troubles, Use } from './messages';

/** Entries that only repeat another device: the empty choice stands for them. */
const REPEATED = new Set(['', 'default', 'communications']);

const LOOK_MS = 1500;

const GONE = {
  microphone: 'microphone_gone',
  headset: 'headset_gone',
  loudspeaker: 'loudspeaker_gone',
} as const;

export class Devices {
  private known: MediaDeviceInfo[] = [];
  private seen = '';
  private choice: Choice = { microphone: '', headset: '', loudspeaker: '' };
  /** Called after each look: devices may have come, gone or been chosen anew. */
  moved: () => void = () => undefined;

  constructor(
    private readonly tell: Tell,
    private readonly troubles: Troubles,
  ) {}

  start(): void {
    navigator.mediaDevices.addEventListener('devicechange', () => void this.look());
    // On Linux a sound system that moves a device (Bluetooth, a dock) raises no such event.
    setInterval(() => void this.look(), LOOK_MS);
  }

  choose(choice: Choice): void {
    this.choice = choice;
    this.judge();
    this.moved();
  }

  /** Look what there is now. Names are known once the microphone was allowed. */
  async look(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    this.known = all.filter((one) => one.kind !== 'videoinput');
    const microphones = this.names('audioinput');
    const outputs = this.names('audiooutput');
    const seen = JSON.stringify([microphones, outputs]);
    if (seen !== this.seen) this.tell({ news: 'devices', microphones, outputs });
    this.seen = seen;
    this.judge();
    this.moved();
  }

  /** The browser's id of the chosen device; "" for the system's choice and for one that is not there. */
  id(use: Use): string {
    const wanted = this.choice[use];
    if (!wanted) return '';
    const kind = use === 'microphone' ? 'audioinput' : 'audiooutput';
    return this.real(kind).find((one) => one.label === wanted)?.deviceId ?? '';
  }

  get anyMicrophone(): boolean {
    return this.known.some((one) => one.kind === 'audioinput');
  }

  private judge(): void {
    for (const use of ['microphone', 'headset', 'loudspeaker'] as const) {
      this.troubles.set(GONE[use], this.choice[use] !== '' && this.id(use) === '');
    }
    this.troubles.set('no_microphone', !this.anyMicrophone);
  }

  private real(kind: MediaDeviceKind): MediaDeviceInfo[] {
    return this.known.filter((one) => one.kind === kind && !REPEATED.has(one.deviceId));
  }

  private names(kind: MediaDeviceKind): string[] {
    return [...new Set(this.real(kind).map((one) => one.label))].filter((name) => name !== '');
  }
}
